using System.CommandLine;
using System.Data.Common;
using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>The verbs of the server. Anything else starts it.</summary>
internal static class CommandLine
{
    private const int UsageError = 2;

    private static readonly string[] Verbs = ["backup", "demo", "dialogs", "doctor", "match", "restore", "settle", "help", "--help", "-h", "-?"];

    /// <returns>The exit code, or null when the server is to be started.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args.Length == 0 || !Verbs.Contains(args[0])) return null;
        var root = new RootCommand("Cross-border Early Education Network: the messaging bot. Without a verb the server starts.")
        {
            BackupCommand.Create(),
            DemoCommand.Create(),
            DialogsCommand.Create(),
            DoctorCommand.Create(),
            MatchCommand.Create(),
            RestoreCommand.Create(),
            SettleCommand.Create(),
        };
        var parsed = root.Parse(args[0] == "help" ? ["--help"] : args);
        try
        {
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? UsageError : exitCode;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException or NewerSchemaException or InvalidDataException)
        {
            return Refuse(fault.Message);
        }
    }

    /// <summary>Says why a verb was not carried out.</summary>
    public static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
