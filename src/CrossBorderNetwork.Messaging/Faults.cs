using System.Data.Common;

namespace CrossBorderNetwork.Messaging;

/// <summary>Describes an exception for the log without its message, which may quote what a person wrote or a token.</summary>
public static class Faults
{
    public static string Describe(Exception fault)
    {
        var inner = fault.InnerException is { } cause ? " <- " + Name(cause) : "";
        return Name(fault) + inner + Environment.NewLine + fault.StackTrace;
    }

    private static string Name(Exception fault) => fault is DbException { SqlState: { } state } ? $"{fault.GetType().Name} {state}" : fault.GetType().Name;
}
