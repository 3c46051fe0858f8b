using System.Globalization;
using System.Reflection;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Story;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>
/// The built server with many members on Telegram, of whom one coordinates: announces from the chat, pauses, resumes, and reads the
/// report. What really reached whom is told by the emulator.
/// </summary>
internal sealed class Campaign : IAsyncDisposable
{
    public const long FirstId = 100_000;

    private const string Unmistakable = "Skelbimas 74231 visiems";

    /// <summary>Jobs that would write to many of the invented members, when the clock happens to start them, before the announcement's turn.</summary>
    private static readonly string[] Silenced = ["call-expiry", "event-reminders", "event-waiting-lists", "follow-ups", "introductions", "rematch", "rounds"];

    /// <summary>The verb that fills the network makes the third member its coordinator.</summary>
    private const long CoordinatorId = FirstId + 2;

    private static readonly ModelParts Model = new([typeof(Conversation).Assembly, typeof(Member).Assembly, Assembly.Load("CrossBorderNetwork.Channels.WebChat")]);

    private readonly List<EmulatedUser> _people = [];
    private readonly HashSet<string> _claims = [];
    private readonly Dictionary<long, int> _hits = [];
    private TelegramTalker _coordinator = null!;
    private TestDatabase? _database;
    private int _before;

    private Campaign(BotApiEmulator api, int members) => (Api, Members) = (api, members);

    public BotApiEmulator Api { get; }

    public ServerProcess Server { get; private set; } = null!;

    public int Members { get; }

    /// <summary>What makes another server work beside the first, where the settings name a database that can be shared.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; private set; } = [];

    /// <summary>How many messages were on the wire at each unclean stop.</summary>
    public List<int> OnTheWire { get; } = [];

    public static async Task<Campaign> StartAsync(int members, BotApiOptions options, params IEnumerable<(string Name, string Value)> settings)
    {
        var campaign = new Campaign(await BotApiEmulator.StartAsync(options), members);
        try
        {
            if (TestDatabase.Chosen() == DatabaseProvider.PostgreSql)
            {
                campaign._database = await TestDatabase.CreateAsync("", Model, DatabaseProvider.PostgreSql);
                settings = [.. settings, ("Database__Provider", "PostgreSql"), ("Database__ConnectionString", campaign._database.ConnectionString)];
            }
            for (var i = 0; i < members; i++) campaign._people.Add(campaign.Api.User(FirstId + i, "Ona", "lt", started: true));
            campaign.Settings =
            [
                .. ServerProcess.BotOf(campaign.Api), ("Schedules__broadcasts", "* * * * * ?"), ("Broadcasts__SecondYesAbove", "1000000"), ("Backup__Daily", "false"),
                ("Logging__LogLevel__Default", "Warning"), .. Silenced.Select(job => ($"Schedules__{job}", "0 0 0 1 1 ? 2099")), .. settings,
            ];
            // A setting that is named twice holds as it is named last.
            campaign.Settings = [.. campaign.Settings.GroupBy(setting => setting.Name).Select(named => named.Last())];
            campaign.Server = await ServerProcess.StartAsync(campaign.FillAsync, campaign.Settings);
            campaign._coordinator = new TelegramTalker(new Words(Stage.Content, "lt"), campaign._people[(int)(CoordinatorId - FirstId)]);
            return campaign;
        }
        catch
        {
            await campaign.DisposeAsync();
            throw;
        }
    }

    /// <summary>The coordinator writes to everybody and confirms; the minute for taking it back is over.</summary>
    public async Task AnnounceAsync()
    {
        var words = _coordinator.Words;
        var skip = words.Of("common", "buttons.skip");
        await _coordinator.Types("/announce", "announce", "lt.ask");
        await _coordinator.Types(Unmistakable, "announce", "pl.ask");
        await _coordinator.Presses(skip, "announce", "en.ask");
        await _coordinator.Presses(skip, "announce", "kind.ask");
        await _coordinator.Presses(words.Label("message-kinds", "news"), "announce", "facet.ask");
        await _coordinator.Presses(words.Of("announce", "facet.options.done"), "announce", "extras.ask");
        await _coordinator.Presses(words.Of("common", "buttons.done"), "announce", "confirm.ask");
        await _coordinator.Presses(words.Of("announce", "confirm.options.now"), "desk", "messages.soon.text");
        _before = Api.Truth.Effects.Count;
        await Server.SqlAsync("UPDATE broadcast SET due_at = @now WHERE state = 'Scheduled'", ("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    /// <summary>The coordinator pauses or resumes, under the message that shows how it goes.</summary>
    public async Task SteersAsync(bool isPause)
    {
        var button = _coordinator.Words.Of("desk", isPause ? "messages.going.buttons.pause" : "messages.paused.buttons.resume");
        await UntilAsync(() => Task.FromResult(_coordinator.Screen.Contains(button, StringComparison.Ordinal)), button);
        await _coordinator.Presses(button);
        var state = isPause ? "Paused" : "Sending";
        await UntilAsync(async () => (await Server.SqlAsync("SELECT state FROM broadcast")).Single() == state, state);
    }

    /// <summary>How many copies have arrived.</summary>
    public int Arrived => Api.Truth.Effects.Skip(_before).Count(IsCopy);

    /// <summary>Waits until another copy has arrived, or the time is over.</summary>
    public async Task MoreArriveAsync(TimeSpan patience)
    {
        var (before, started) = (Arrived, TimeProvider.System.GetTimestamp());
        while (Arrived == before && TimeProvider.System.GetElapsedTime(started) < patience) await Task.Delay(5);
    }

    /// <summary>SIGKILL, a look at what was on the wire, and the next start at once.</summary>
    public async Task KillAsync()
    {
        await Server.KillAsync();
        // What a server killed before has left is still there until its lease is over; each claim counts once.
        var claims = await Server.SqlAsync("SELECT id || ':' || attempts FROM outbox WHERE state = 1 AND source LIKE 'broadcast:%'");
        var onTheWire = claims.Where(_claims.Add).Select(claim => long.Parse(claim.Split(':')[0], CultureInfo.InvariantCulture)).ToList();
        OnTheWire.Add(onTheWire.Count);
        foreach (var id in onTheWire) _hits[id] = _hits.GetValueOrDefault(id) + 1;
        Server.Spawn();
    }

    /// <summary>Waits until nothing of it is open any more and the report is written.</summary>
    public Task EndsAsync() => UntilAsync(async () => (await Server.SqlAsync("SELECT 1 FROM broadcast WHERE state = 'Ended'")).Count == 1, "the end");

    /// <summary>Counts by the names of the outbox's states, as the database has them.</summary>
    public async Task<IReadOnlyDictionary<string, int>> StatesAsync()
    {
        string[] names = ["Delivered", "Failed", "Expired", "Cancelled", "InDoubt", "Unreachable"];
        var rows = await Server.SqlAsync("SELECT state || ' ' || count(*) FROM outbox WHERE source LIKE 'broadcast:%' GROUP BY state");
        return rows.Select(row => row.Split(' ')).ToDictionary(row => names[int.Parse(row[0], CultureInfo.InvariantCulture) - 2], row => int.Parse(row[1], CultureInfo.InvariantCulture));
    }

    /// <summary>What must hold however it went: nobody is lost, nobody has more than two copies, and the report tells what happened.</summary>
    /// <returns>How many copies came beyond the first, and how many people are in doubt.</returns>
    public async Task<(int Duplicates, int InDoubt)> CheckAsync()
    {
        var copies = Api.Truth.Effects.Skip(_before).Where(IsCopy).CountBy(effect => effect.ChatId).ToDictionary();
        var states = await StatesAsync();
        var rows = (await Server.SqlAsync(
            "SELECT o.id || ' ' || c.address || ' ' || o.state || ' ' || coalesce(o.message_id, '') FROM outbox o JOIN conversation c ON c.id = o.conversation_id WHERE o.source LIKE 'broadcast:%'"))
            .Select(row => row.Split(' ')).Select(row => (Id: long.Parse(row[0], CultureInfo.InvariantCulture), Chat: long.Parse(row[1], CultureInfo.InvariantCulture), State: row[2], MessageId: row[3])).ToList();

        // Each member of the audience ends in exactly one state.
        rows.Select(row => row.Chat).Order().ShouldBe(Enumerable.Range(0, Members).Select(i => FirstId + i));
        states.Values.Sum().ShouldBe(Members);
        // Who is told to have it has it, under the id that was recorded; and nobody else is without it but those of whom it is said.
        var shown = Api.Truth.Effects.Where(IsCopy).Select(effect => (effect.ChatId, effect.MessageId.ToString(CultureInfo.InvariantCulture))).ToHashSet();
        rows.Where(row => row.State == "2" && !shown.Contains((row.Chat, row.MessageId))).ShouldBeEmpty();
        rows.Where(row => row.State is not ("2" or "6") && copies.ContainsKey(row.Chat)).ShouldBeEmpty();
        copies.Values.ShouldAllBe(count => count <= 2);
        // In doubt is only who was on the wire at two unclean stops.
        if (OnTheWire.Count > 0) rows.Where(row => row.State == "6" && _hits.GetValueOrDefault(row.Id) < 2).ShouldBeEmpty();

        // The report in the chat says the same as the outbox.
        var report = (await Server.SqlAsync(
            "SELECT result_delivered || ' ' || result_failed || ' ' || result_late || ' ' || result_in_doubt || ' ' || result_unreachable || ' ' || result_cancelled || ' ' || result_waiting FROM broadcast")).Single();
        report.ShouldBe($"{Count("Delivered")} {Count("Failed")} {Count("Expired")} {Count("InDoubt")} {Count("Unreachable")} {Count("Cancelled")} 0");
        return (copies.Values.Sum(count => count - 1), Count("InDoubt"));

        int Count(string state) => states.GetValueOrDefault(state);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null) await Server.DisposeAsync();
        await Api.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    private async Task FillAsync(ServerProcess server)
    {
        await server.RunAsync("demo", "--members", Members.ToString(CultureInfo.InvariantCulture), "--telegram-from", FirstId.ToString(CultureInfo.InvariantCulture));
        // Everybody wants the announcement, and nothing else is said meanwhile.
        await server.SqlAsync("UPDATE member SET wants_announcements = TRUE, muted_kinds = '', paused_until = NULL, next_digest_at = NULL");
    }

    /// <summary>The deadline only ends a test that has failed.</summary>
    public async Task UntilAsync(Func<Task<bool>> isTrue, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMinutes(3))
            {
                var states = await Server.SqlAsync("SELECT state || ': ' || count(*) FROM outbox GROUP BY state");
                throw new TimeoutException($"Nothing came of {what}: {string.Join(", ", states)}; {Arrived} arrived.\n{_coordinator.Screen}\n{Server.Log[^Math.Min(8000, Server.Log.Length)..]}");
            }
            await Task.Delay(50);
        }
    }

    /// <summary>The announcement itself; what the desk says of it quotes it without its heading.</summary>
    private static bool IsCopy(Effect effect) => effect.Kind == EffectKind.Sent
        && effect.Text.StartsWith("📣", StringComparison.Ordinal) && effect.Text.Contains(Unmistakable, StringComparison.Ordinal);
}
