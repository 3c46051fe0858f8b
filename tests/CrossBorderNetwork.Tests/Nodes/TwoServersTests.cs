using System.Globalization;
using System.Net;
using System.Text;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Channels.WebChat;
using CrossBorderNetwork.Tests.Story;

namespace CrossBorderNetwork.Tests.Nodes;

/// <summary>Two of our servers on one PostgreSQL, as behind a load balancer that sends each request to whichever it likes.</summary>
public sealed class TwoServersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly NewMember Ona = new()
    {
        Name = "Ona Petraitė", Side = "LT", Town = "birstonas", Role = "teacher", Organisation = "Vyturėlis", Languages = new Dictionary<string, int> { ["lt"] = 3, ["pl"] = 2 },
        Topics = ["folklore"], Contact = "ona@example.org",
    };

    [Fact]
    public async Task A_visitor_who_writes_at_one_server_is_answered_on_the_line_to_the_other()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        var cluster = await PostgresCluster.SharedAsync();
        var settings = cluster.SettingsFor(await cluster.CreateAsync()).ToList();
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync(settings);
        var cookies = new CookieContainer();
        using var here = new Visitor(first.Address, cookies);
        using var there = new Visitor(second.Address, cookies);
        (await here.OpenAsync()).ShouldBe(HttpStatusCode.Created);
        await there.OpenAsync();
        there.Conversation.ShouldBe(here.Conversation, "the other server knows the visitor by the same cookie");

        using var line = await there.ListenAsync();
        using (var said = await here.SayAsync("/help")) said.StatusCode.ShouldBe(HttpStatusCode.OK);

        var (hasSaid, answer) = (false, "");
        while (answer.Length == 0 && await line.NextAsync() is { } activity)
        {
            var text = activity.GetProperty("text").GetString()!;
            if (activity.GetProperty("from").GetProperty("id").GetString() != "bot") hasSaid = text == "/help";
            else if (hasSaid) answer = text;
        }
        answer.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Case_28_of_two_servers_one_asks_Telegram_and_the_other_takes_over_in_the_middle_of_a_dialog()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var settings = ServerProcess.BotOf(api).Concat((await PostgresCluster.SharedAsync()).SettingsFor(await NewDatabaseAsync())).ToList();
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync(settings);
        var deeds = 0;
        var ona = new TelegramTalker(new Words(Stage.Content, "lt"), api.User(1001, "Ona", "lt"), async deed =>
        {
            if (++deeds == 12) await first.KillAsync();
            deed();
        });

        await Ona.Enrols(ona);

        deeds.ShouldBeGreaterThan(20);
        (await second.SqlAsync("SELECT name FROM member")).ShouldBe([Ona.Name]);
        (await second.SqlAsync("SELECT id FROM inbox WHERE state <> 1")).ShouldBeEmpty();
        second.Log.ShouldNotContain("409");
        api.Truth.Requests.ShouldAllBe(request => request.Status != 409);
        api.Truth.Duplicates.ShouldBeLessThanOrEqualTo(1, "what was on the wire at the kill");
    }

    [Fact]
    public async Task Case_28_what_one_person_does_at_two_servers_at_once_is_handled_once_and_in_order()
    {
        const int messages = 40;
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var settings = ServerProcess.BotOf(api, webhook: true).Concat((await PostgresCluster.SharedAsync()).SettingsFor(await NewDatabaseAsync())).ToList();
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync([.. settings, ("Telegram__WebhookUrl", first.Address.ToString())]);
        var ona = api.User(1001, "Ona", "lt", started: true);
        using var http = new HttpClient();

        // Each update is offered to both, as a load balancer does that did not hear the first answer.
        for (var update = 1; update <= messages; update++)
            await Task.WhenAll(PostAsync(first, update), PostAsync(second, update));
        await DoneAsync(first);

        (await first.SqlAsync("SELECT count(*) FROM inbox")).ShouldBe([messages.ToString(CultureInfo.InvariantCulture)]);
        (await first.SqlAsync("SELECT id FROM inbox WHERE state <> 1")).ShouldBeEmpty();
        (await first.SqlAsync("SELECT count(*) FROM outbox WHERE state = 2")).ShouldBe([ona.Messages.Count(message => message.FromBot).ToString(CultureInfo.InvariantCulture)]);
        api.Truth.Effects.Select(effect => effect.MessageId).ShouldBeUnique();
        (await first.SqlAsync("SELECT id FROM outbox ORDER BY id")).ShouldBe(await first.SqlAsync("SELECT id FROM outbox ORDER BY message_id::bigint"), "they arrived as they were decided");

        async Task PostAsync(ServerProcess server, int update)
        {
            using var body = new StringContent(
                $$$"""{"update_id":{{{update}}},"message":{"message_id":{{{update}}},"date":1,"chat":{"id":1001,"type":"private"},"from":{"id":1001,"is_bot":false,"first_name":"Ona","language_code":"lt"},"text":"/help"}}""",
                Encoding.UTF8, "application/json");
            body.Headers.Add("X-Telegram-Bot-Api-Secret-Token", "secret-of-the-story");
            using var answer = await http.PostAsync(new Uri(server.Address, "/telegram/webhook"), body);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_server_that_stands_still_while_it_has_the_schedule_locked_does_not_hold_up_the_others()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        var cluster = await PostgresCluster.SharedAsync();
        var settings = cluster.SettingsFor(await cluster.CreateAsync())
            .Concat(new[] { "broadcasts", "digest", "call-expiry", "event-reminders" }.Select(job => ($"Schedules__{job}", "* * * * * ?"))).ToList();
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync(settings);

        var isLocked = false;
        for (var look = 0; look < 600 && !isLocked; look++)
        {
            await first.SignalAsync("CONT");
            await Task.Delay(look % 40);
            await first.SignalAsync("STOP");
            isLocked = await IsLockedAsync(second);
        }
        isLocked.ShouldBeTrue("it was stopped in the middle of a transaction of the schedule");

        var (stopped, started) = (await LastAsync(second), TimeProvider.System.GetTimestamp());
        while (await LastAsync(second) <= stopped)
        {
            TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(Patience, "the other server goes on with the schedule");
            await Task.Delay(200);
        }
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_acknowledged_and_everything_is_handled_when_it_is_back()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        await using var server = await ServerProcess.StartAsync([.. ServerProcess.BotOf(api), .. cluster.SettingsFor(await cluster.CreateAsync())]);
        using var http = new HttpClient();
        var (ona, jan) = (api.User(1001, "Ona", "lt"), api.User(1002, "Jan", "pl"));
        ona.Says("/start");
        await ona.GetsMessage("Sveiki", Patience);

        await cluster.StopServerAsync();
        ona.Says("/help");
        jan.Says("/start");
        await UntilAsync(() => HealthAsync(HttpStatusCode.ServiceUnavailable));
        await UntilAsync(() => Task.FromResult(server.Log.Contains("Npgsql", StringComparison.Ordinal)));
        api.PendingUpdates.ShouldBe(2, "What is not stored must not be acknowledged.");
        api.Truth.MessagesIn(1002).ShouldBeEmpty();

        await cluster.StartServerAsync();
        await jan.GetsMessage("Dzień dobry", Patience);
        await UntilAsync(() => HealthAsync(HttpStatusCode.OK));
        await DoneAsync(server);
        (await server.SqlAsync("SELECT reason FROM inbox WHERE state = 2")).ShouldBeEmpty();
        api.Truth.Duplicates.ShouldBe(0);

        async Task<bool> HealthAsync(HttpStatusCode wanted)
        {
            using var answer = await http.GetAsync(new Uri(server.Address, "/health"));
            return answer.StatusCode == wanted;
        }
    }

    private static async Task<string> NewDatabaseAsync() => await (await PostgresCluster.SharedAsync()).CreateAsync();

    private static Task DoneAsync(ServerProcess server) =>
        UntilAsync(async () => (await server.SqlAsync("SELECT id FROM inbox WHERE state = 0 UNION ALL SELECT id FROM outbox WHERE state < 2")).Count == 0);

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException("It did not become true in time.");
            await Task.Delay(50);
        }
    }

    /// <summary>Whether a transaction of the schedule is open and stays so.</summary>
    private static async Task<bool> IsLockedAsync(ServerProcess other)
    {
        const string open =
            """
            SELECT pid || ' ' || xact_start FROM pg_stat_activity
            WHERE application_name = 'CrossBorderNetwork schedule' AND datname = current_database() AND state = 'idle in transaction'
                AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = pg_stat_activity.pid AND l.relation = 'qrtz_locks'::regclass)
            """;
        var before = await other.SqlAsync(open);
        if (before.Count == 0) return false;
        await Task.Delay(400);
        return before.Intersect(await other.SqlAsync(open)).Any();
    }

    /// <summary>When a job last began, in Quartz's ticks.</summary>
    private static async Task<long> LastAsync(ServerProcess server) =>
        long.Parse((await server.SqlAsync("SELECT max(prev_fire_time) FROM qrtz_triggers")).Single(), CultureInfo.InvariantCulture);
}
