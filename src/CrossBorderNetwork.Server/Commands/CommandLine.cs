using System.CommandLine;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>The verbs of the server. Anything else starts it.</summary>
internal static class CommandLine
{
    private const int UsageError = 2;

    private static readonly string[] Verbs = ["demo", "dialogs", "match", "help", "--help", "-h", "-?"];

    /// <returns>The exit code, or null when the server is to be started.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args.Length == 0 || !Verbs.Contains(args[0])) return null;
        var root = new RootCommand("Cross-border Early Education Network: the messaging bot. Without a verb the server starts.")
        {
            DemoCommand.Create(),
            DialogsCommand.Create(),
            MatchCommand.Create(),
        };
        var parsed = root.Parse(args[0] == "help" ? ["--help"] : args);
        var exitCode = await parsed.InvokeAsync();
        return parsed.Errors.Count > 0 ? UsageError : exitCode;
    }
}
