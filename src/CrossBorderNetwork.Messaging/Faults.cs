namespace CrossBorderNetwork.Messaging;

/// <summary>Describes an exception for the log without its message, which may quote what a person wrote or a token.</summary>
public static class Faults
{
    public static string Describe(Exception fault)
    {
        var inner = fault.InnerException is { } cause ? " <- " + cause.GetType().Name : "";
        return fault.GetType().Name + inner + Environment.NewLine + fault.StackTrace;
    }
}
