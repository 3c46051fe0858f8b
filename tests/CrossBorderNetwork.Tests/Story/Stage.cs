using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>A Telegram with one bot, the bot's server as a process, and the people of the story.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public const long CoordinatorId = 9001;

    public static readonly DialogContent Content = DialogContent.Load(TestFolders.Dialogs);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<TelegramTalker> _people = [];
    private TimeSpan _offset;
    private Func<Action, Task>? _around;

    private Stage(BotApiEmulator api, ServerProcess server)
    {
        Api = api;
        Server = server;
    }

    public BotApiEmulator Api { get; }

    public ServerProcess Server { get; }

    /// <summary>What Telegram refused.</summary>
    public IEnumerable<string> Refusals => RefusalsBut(_ => false);

    /// <summary>How often the server was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Settings that make these people coordinators from the first start on.</summary>
    public static IEnumerable<(string Name, string Value)> Coordinators(params long[] telegramIds) => telegramIds.SelectMany((id, i) => new[]
    {
        (string.Create(CultureInfo.InvariantCulture, $"Network__Coordinators__{i}__Telegram"), id.ToString(CultureInfo.InvariantCulture)),
        (string.Create(CultureInfo.InvariantCulture, $"Network__Coordinators__{i}__Country"), i % 2 == 0 ? "LT" : "PL"),
    });

    /// <param name="webhook">Telegram calls the server, instead of being asked.</param>
    /// <param name="settings">More settings of the server.</param>
    public static Task<Stage> SetAsync(bool webhook, params IEnumerable<(string Name, string Value)> settings) =>
        SetAsync(webhook, (_, _) => Task.CompletedTask, settings);

    /// <param name="webhook">Telegram calls the server, instead of being asked.</param>
    /// <param name="before">What happens before the server starts.</param>
    /// <param name="settings">More settings of the server.</param>
    public static async Task<Stage> SetAsync(
        bool webhook, Func<BotApiEmulator, ServerProcess, Task> before, params IEnumerable<(string Name, string Value)> settings)
    {
        // The story is about what is said, not about Telegram's pace; and a webhook that was away is tried again soon.
        var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null, WebhookRetryScale = 0.05 });
        try
        {
            return new Stage(api, await ServerProcess.StartAsync(
                server => before(api, server), [.. ServerProcess.BotOf(api, webhook), ("Schedules__digest", "* * * * * ?"), .. settings]));
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fills the empty database with invented members, at the hour when most of their digests are due.</summary>
    public static async Task FillAsync(ServerProcess server, int members, long telegramFrom)
    {
        await server.RunAsync("demo", "--members", members.ToString(CultureInfo.InvariantCulture), "--telegram-from", telegramFrom.ToString(CultureInfo.InvariantCulture));
        await SetClockAsync(server, UntilMonday("Europe/Warsaw", TimeSpan.Zero));
    }

    public TelegramTalker Person(long id, string firstName, string language)
    {
        var person = new TelegramTalker(new Words(Content, language), Api.User(id, firstName, language), deed => _around is null ? Plainly(deed) : _around(deed));
        _people.Add(person);
        return person;
    }

    /// <summary>
    /// From now on the server dies at every second deed: by turns before it, so that nobody is there to hear it, and right behind it,
    /// in whatever it is doing then.
    /// </summary>
    /// <param name="spared">How many deeds come before the first.</param>
    public void KillAtEverySecondDeed(int spared)
    {
        var deeds = 0;
        _around = async deed =>
        {
            if ((deeds++ - spared) % 2 != 0)
            {
                deed();
                return;
            }
            var isBefore = Kills++ % 2 == 0;
            if (!isBefore) deed();
            await Server.KillAsync();
            if (isBefore) deed();
            await Server.StartAsync();
        };
    }

    /// <summary>
    /// Lets the coming Monday, eight o'clock of this zone, be there. Only a demonstration's clock can be set, and only forward: so the
    /// network becomes one and starts anew.
    /// </summary>
    public async Task MondayComesAsync(string zone)
    {
        _offset = UntilMonday(zone, _offset);
        (await Server.StopAsync()).ShouldBe(0);
        await SetClockAsync(Server, _offset);
        await Server.StartAsync();
    }

    /// <summary>Waits until every update is handled, every message that is due is sent, and every press acknowledged.</summary>
    public async Task IsQuietAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await OpenAsync() is { Length: > 0 } open)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"Still open: {open}");
            await Task.Delay(100);
        }
    }

    private async Task<string> OpenAsync() => string.Join(", ", (await Server.SqlAsync(
        """
        SELECT 'update ' || id FROM inbox WHERE state = 0
        UNION ALL
        SELECT 'message ' || id FROM outbox WHERE state = 1 OR (state = 0 AND due_at <= @now)
        """,
        ("@now", (TimeProvider.System.GetUtcNow() + _offset).ToUnixTimeMilliseconds())))
        .Concat(Api.UnansweredPresses.Select(press => $"press of {press.UserId}"))
        .Concat(Enumerable.Repeat("an update at Telegram", Api.PendingUpdates)).Take(10));

    /// <summary>What must hold after any story: nobody waits, nothing failed, nothing was refused, nothing leaked.</summary>
    /// <param name="secrets">What must not be in the log, beside the token.</param>
    public Task CheckAsync(params IEnumerable<string> secrets) => CheckAsync(_ => false, secrets);

    /// <param name="isHarmless">What Telegram may refuse.</param>
    /// <param name="secrets">As above.</param>
    public async Task CheckAsync(Predicate<ApiRequest> isHarmless, params IEnumerable<string> secrets)
    {
        await IsQuietAsync();
        RefusalsBut(isHarmless).CountBy(refusal => refusal).ShouldBeEmpty();
        await NothingFailedAsync();
        var log = Server.Log;
        foreach (var secret in secrets.Append(Api.Token.Split(':')[1])) log.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"“{secret}” stands in the log.");
    }

    /// <summary>No update was parked, no message given up, and no part of the server complained.</summary>
    public async Task NothingFailedAsync()
    {
        (await Server.SqlAsync("SELECT reason FROM inbox WHERE state = 2")).ShouldBeEmpty();
        (await Server.SqlAsync("SELECT reason FROM outbox WHERE state = 3")).ShouldBeEmpty();
        var log = Server.Log;
        log.Split('\n').Where(line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
            || line.Contains("Unhandled exception", StringComparison.Ordinal)).ShouldBeEmpty(log[^Math.Min(20_000, log.Length)..]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Api.DisposeAsync();
    }

    /// <summary>The transcript of everybody, for a failed story.</summary>
    public string Transcripts => string.Join("\n\n", _people.Select(person => $"=== {person.User.Id} ({person.Words.Language})\n{person.User.Transcript}"));

    private IEnumerable<string> RefusalsBut(Predicate<ApiRequest> isHarmless) => Api.Truth.Requests
        .Where(request => request.Refusal is not null && !isHarmless(request))
        .Select(request => $"{request.Method}: {request.Refusal}");

    private static TimeSpan UntilMonday(string zone, TimeSpan offset)
    {
        var now = TimeProvider.System.GetUtcNow();
        return DigestClock.Next(DayOfWeek.Monday, 8, zone, now + offset) - now;
    }

    private static async Task SetClockAsync(ServerProcess server, TimeSpan offset) => await server.SqlAsync(
        """
        INSERT INTO network_state (key, value) VALUES ('demo', '1') ON CONFLICT DO NOTHING;
        INSERT INTO network_state (key, value) VALUES ('demo-clock-offset', @offset) ON CONFLICT DO UPDATE SET value = @offset;
        """,
        ("@offset", offset.ToString("c", CultureInfo.InvariantCulture)));

    private static Task Plainly(Action deed)
    {
        deed();
        return Task.CompletedTask;
    }
}
