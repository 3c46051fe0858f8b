using System.Diagnostics;
using System.Text;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.TestKit;

/// <summary>
/// An independent client proves the emulator: grammY, with its own reading of the Bot API, must hold a conversation through it.
/// </summary>
public sealed class GrammyPeerTests
{
    [Theory]
    [InlineData("polling")]
    [InlineData("webhook")]
    public async Task A_grammY_bot_talks_through_the_emulator(string mode)
    {
        await using var api = await BotApiEmulator.StartAsync();
        await using var peer = await NodePeer.StartAsync("grammy", "echo-bot.mjs", new()
        {
            ["API_ROOT"] = api.BaseUrl.GetLeftPart(UriPartial.Authority), ["BOT_TOKEN"] = api.Token, ["MODE"] = mode,
        });
        var ona = api.User(1001, "Ona", "lt");

        ona.Says("/start");
        await ona.Sees("Which country?");
        ona.Presses("Lietuva");
        await ona.Sees("Your country: lt");
        ona.Says("/broken");
        await ona.Sees("400: Bad Request: can't parse entities: Unsupported start tag \"\" at byte offset 2");
        ona.Says("/file");
        await ona.Sees("(document event.ics) Event");
        ona.Says("ačiū 👍");
        await ona.Sees("Echo: ačiū 👍");

        api.UnansweredPresses.ShouldBeEmpty();
        peer.Errors.ShouldBe("");
        ona.Transcript.ShouldBe(
            """
            > /start
            < Which country?
              [Lietuva] [Polska]
            [Lietuva]
            < notice: Noted
            < edited: Your country: lt
            > /broken
            < 400: Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2
            > /file
            < (document event.ics) Event
            > ačiū 👍
            < Echo: ačiū 👍
            """);
    }

    /// <summary>A Node.js program that says "ready" and ends with its standard input; killed by its id if it does not.</summary>
    private sealed class NodePeer(Process process, StringBuilder errors) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public string Errors
        {
            get
            {
                lock (errors)
                    return errors.ToString();
            }
        }

        public static async Task<NodePeer> StartAsync(string peer, string script, Dictionary<string, string> environment)
        {
            var folder = Folder(peer);
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
                throw new InvalidOperationException($"Run `npm ci` in {folder} first; tests/run.sh does it.");
            var start = new ProcessStartInfo("node", script)
            {
                WorkingDirectory = folder, UseShellExecute = false,
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            var process = Process.Start(start)!;
            var errors = new StringBuilder();
            process.ErrorDataReceived += (_, line) =>
            {
                lock (errors)
                    errors.Append(line.Data);
            };
            process.BeginErrorReadLine();
            var started = new NodePeer(process, errors);
            var first = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            if (first == "ready")
                return started;
            await started.DisposeAsync();
            throw new InvalidOperationException($"{script} did not become ready: {started.Errors}");
        }

        public async ValueTask DisposeAsync()
        {
            process.StandardInput.Close();
            try
            {
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
            }
            catch (TimeoutException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
            process.Dispose();
        }

        private static string Folder(string peer)
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (root is not null && !File.Exists(Path.Combine(root.FullName, "CrossBorderNetwork.sln")))
                root = root.Parent;
            return root is null
                ? throw new InvalidOperationException("The tests run outside the repository, so the peers cannot be found.")
                : Path.Combine(root.FullName, "tests", "peers", peer);
        }
    }
}
