using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Operations;

/// <summary>A network of forty members on Telegram, its server and its verbs in processes of their own, as their operator has them.</summary>
internal sealed class OperatedNetwork : IAsyncDisposable
{
    public const int Members = 40;
    public const long FirstId = 5000;

    private static readonly DialogContent Content = DialogContent.Load(TestFolders.Dialogs);

    private readonly IReadOnlyList<(string Name, string Value)> _settings;

    private OperatedNetwork(BotApiEmulator api, ServerProcess server, IReadOnlyList<(string Name, string Value)> settings)
    {
        Api = api;
        Server = server;
        _settings = settings;
        // Members by turns from Lithuania and Poland: see the verb 'demo'.
        People = [.. Enumerable.Range(0, Members).Select(n => api.User(FirstId + n, $"Member {n}", n % 2 == 0 ? "lt" : "pl", started: true))];
    }

    public BotApiEmulator Api { get; }

    public ServerProcess Server { get; }

    public IReadOnlyList<EmulatedUser> People { get; }

    public string Data => Path.GetDirectoryName(Server.DatabaseFile)!;

    public static async Task<OperatedNetwork> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        ServerProcess? server = null;
        (string, string)[] all = [.. ServerProcess.BotOf(api), .. settings];
        try
        {
            // Digests come only where a test makes them due, and then at once.
            server = await ServerProcess.StartAsync([.. all, ("Schedules__digest", "* * * * * ?")]);
            (await server.StopAsync()).ShouldBe(0, server.Log);
            var filled = await ServerVerb.RunAsync(server.Folder, all, "demo", "--members", "40", "--telegram-from", "5000");
            filled.ExitCode.ShouldBe(0, filled.Output);
            var network = new OperatedNetwork(api, server, all);
            await server.SqlAsync("UPDATE member SET next_digest_at = NULL");
            await server.StartAsync();
            return network;
        }
        catch
        {
            if (server is not null) await server.DisposeAsync();
            await api.DisposeAsync();
            throw;
        }
    }

    public Task<VerbResult> RunAsync(params string[] arguments) => ServerVerb.RunAsync(Server.Folder, _settings, arguments);

    /// <summary>A member asks to be forgotten and confirms it twice.</summary>
    public async Task ForgetAsync(EmulatedUser person, string language)
    {
        person.Says("/forget");
        await PressAsync(person, Say("explain.options.go-on", language));
        await PressAsync(person, Say("sure.options.delete", language));
        await UntilAsync(async () => (await Server.SqlAsync("SELECT id FROM conversation WHERE address = @a", ("@a", person.Id.ToString(CultureInfo.InvariantCulture)))).Count == 0);
    }

    /// <summary>Waits until every update is handled and every message is sent.</summary>
    public Task SettleAsync() => UntilAsync(async () => Api.PendingUpdates == 0
        && (await Server.SqlAsync("SELECT 1 FROM inbox WHERE state = 0 UNION ALL SELECT 1 FROM outbox WHERE state = 1 OR (state = 0 AND due_at <= @now)", ("@now", Now()))).Count == 0);

    public static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Waits until something is true; the deadline only ends a test that has failed.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        for (var i = 0; i < 1200; i++)
        {
            if (await isTrue()) return;
            await Task.Delay(50);
        }
        throw new TimeoutException("It did not become true within a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Api.DisposeAsync();
    }

    private static string Say(string key, string language) => Content.Text("forget", key, language, []).ToString();

    private static async Task PressAsync(EmulatedUser person, string button)
    {
        await UntilAsync(() => Task.FromResult(person.Screen.Contains(button, StringComparison.Ordinal)));
        person.Presses(button);
    }
}
