using System.Globalization;
using System.Net;
using System.Text;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>The built server on a disk that fills up, and on one whose power fails.</summary>
public sealed class DiskTests
{
    private const string Secret = "secret-of-the-story";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_full_disk_acknowledges_nothing_says_so_and_works_on_when_there_is_room(bool webhook)
    {
        using var disk = new WatchedDisk();
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null, WebhookRetryScale = 0.05 });
        await using var server = await ServerProcess.StartAsync([.. ServerProcess.BotOf(api, webhook), .. disk.Settings]);
        using var http = new HttpClient();
        var (ona, jan) = (api.User(1001, "Ona", "lt"), api.User(1002, "Jan", "pl"));
        ona.Says("/start");
        await ona.GetsMessage("Sveiki", Patience);

        disk.IsFull = true;
        (await HealthAsync(http, server)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        ona.Says("/help");
        jan.Says("/start");
        await UntilAsync(() => Task.FromResult(server.Log.Contains("SqliteException", StringComparison.Ordinal)));
        await Task.Delay(500);

        api.PendingUpdates.ShouldBe(2, "What is not stored must not be acknowledged.");
        server.IsRunning.ShouldBeTrue();
        api.Truth.MessagesIn(1002).ShouldBeEmpty();

        disk.IsFull = false;
        await UntilAsync(async () => await HealthAsync(http, server) == HttpStatusCode.OK);
        await jan.GetsMessage("Dzień dobry", Patience);
        await UntilAsync(() => Task.FromResult(api.PendingUpdates == 0));
        (await server.SqlAsync("SELECT reason FROM inbox WHERE state = 2")).ShouldBeEmpty();
        api.Truth.Duplicates.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_acknowledged_or_answered_is_on_disk_before_and_survives_a_power_cut_at_that_moment()
    {
        const int alone = 20, together = 100;
        using var disk = new WatchedDisk();
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var answered = new List<(long At, long Chat)>();
        api.Truth.Arrived = request =>
        {
            if (request is not { Method: "sendMessage", ChatId: { } chat }) return;
            lock (answered) answered.Add((WatchedDisk.Now(), chat));
        };
        List<(long At, int Update)> acknowledged = [];
        await using (var server = await ServerProcess.StartAsync([.. ServerProcess.BotOf(api, webhook: true), ("Backup__Daily", "false"), .. disk.Settings]))
        {
            using var http = new HttpClient();
            for (var i = 1; i <= alone + together; i++) api.User(i, "Ona", "lt", started: true);
            var began = new List<long>();
            for (var i = 1; i <= alone; i++)
            {
                began.Add(WatchedDisk.Now());
                acknowledged.Add(await PostAsync(http, server, i));
            }
            await UntilAsync(() => Task.FromResult(api.Truth.Effects.Count >= alone));
            var syncs = disk.Events().Where(happened => happened.IsSync && happened.At >= began[0]).Select(happened => happened.At).ToList();
            // A sync between each update and its acknowledgement; with the turns and records at most three for each, and some when the log returns to the file.
            foreach (var (i, fact) in acknowledged.Index()) syncs.ShouldContain(at => at > began[i] && at < fact.At);
            syncs.Count.ShouldBeInRange(alone, (3 * alone) + 20);

            acknowledged.AddRange(await Task.WhenAll(Enumerable.Range(alone + 1, together).Select(i => Task.Run(() => PostAsync(http, server, i)))));
            await UntilAsync(() => Task.FromResult(api.Truth.Effects.Count >= alone + together));
        }

        var events = disk.Events();
        var moments = acknowledged.Select(fact => (fact.At, Fact: $"SELECT count(*) FROM inbox WHERE external_id = '{fact.Update}'"))
            .Concat(answered.Select(fact => (fact.At, Fact: $"SELECT count(*) FROM outbox o JOIN conversation c ON c.id = o.conversation_id WHERE c.address = '{fact.Chat}'")))
            .OrderBy(moment => moment.At).ToList();
        moments.Count.ShouldBeGreaterThanOrEqualTo(2 * (alone + together));
        var (after, next, chance) = (new DiskAfterPowerCut(), 0, new Random(7));
        var folder = TestFolders.Create();
        try
        {
            foreach (var (index, (at, fact)) in moments.Index())
            {
                while (next < events.Count && events[next].At <= at) after.Apply(events[next++]);
                // Nothing, or any part of what was not synced, may have reached the disk.
                var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index}.db"));
                after.Save(path, _ => index % 2 == 1 && chance.Next(2) == 0);
                (await ReadAsync(path, fact)).ShouldBe(1L, fact);
                if (index % 20 == 0) (await ReadAsync(path, "PRAGMA integrity_check")).ShouldBe("ok");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(long At, int Update)> PostAsync(HttpClient http, ServerProcess server, int person)
    {
        using var body = new StringContent(
            $$$"""{"update_id":{{{person}}},"message":{"message_id":1,"date":1,"chat":{"id":{{{person}}},"type":"private"},"from":{"id":{{{person}}},"is_bot":false,"first_name":"Ona","language_code":"lt"},"text":"/help"}}""",
            Encoding.UTF8, "application/json");
        body.Headers.Add("X-Telegram-Bot-Api-Secret-Token", Secret);
        using var answer = await http.PostAsync(new Uri(server.Address, "/telegram/webhook"), body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (WatchedDisk.Now(), person);
    }

    private static async Task<HttpStatusCode> HealthAsync(HttpClient http, ServerProcess server)
    {
        using var answer = await http.GetAsync(new Uri(server.Address, "/health"));
        return answer.StatusCode;
    }

    private static async Task<object?> ReadAsync(string path, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Numbers of this test only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await isTrue()) return;
            await Task.Delay(100);
        }
        throw new TimeoutException("It did not become true within a minute.");
    }
}
