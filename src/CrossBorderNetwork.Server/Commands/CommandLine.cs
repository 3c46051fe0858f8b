using System.CommandLine;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>The verbs of the server. Anything else starts it.</summary>
internal static class CommandLine
{
    private static readonly string[] Verbs = ["demo", "dialogs", "help", "--help", "-h", "-?"];

    /// <returns>The exit code, or null when the server is to be started.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        if (args.Length == 0 || !Verbs.Contains(args[0])) return null;
        var root = new RootCommand("Cross-border Early Education Network: the messaging bot. Without a verb the server starts.")
        {
            DemoCommand.Create(),
            DialogsCommand.Create(),
        };
        return await root.Parse(args[0] == "help" ? ["--help"] : args).InvokeAsync();
    }
}
