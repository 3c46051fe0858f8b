using System.Diagnostics;

namespace CrossBorderNetwork.TestKit;

/// <summary>What a verb of the server said and how it ended.</summary>
public sealed record VerbResult(int ExitCode, string Output)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A verb of the built server, such as <c>backup</c>, run as its operators run it: in a process of its own.</summary>
public static class ServerVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <param name="folder">Where it runs; the database is <c>data/network.db</c> in it, as with <see cref="ServerProcess"/>.</param>
    /// <param name="settings">Names as in the environment: <c>Delivery__Window</c>.</param>
    /// <param name="arguments">The verb and what follows it; none starts the server.</param>
    public static async Task<VerbResult> RunAsync(string folder, IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        var program = Path.Combine(TestFolders.Repository, "artifacts", "bin", "CrossBorderNetwork.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "CrossBorderNetwork.Server.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["Database__ConnectionString"] = $"Data Source={Path.Combine(folder, "data", "network.db")}";
        start.Environment["Urls"] = "http://127.0.0.1:0";
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill();
            throw new TimeoutException($"{string.Join(' ', arguments)} did not end. It said:\n{await output}{await errors}", late);
        }
        return new VerbResult(process.ExitCode, await output + await errors);
    }

    public static Task<VerbResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, [], arguments);
}
