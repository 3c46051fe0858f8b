using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Guarantee;

namespace CrossBorderNetwork.Tests.Nodes;

/// <summary>
/// Three of our servers on one PostgreSQL, real processes, while an announcement to everybody goes out: each stands still in turn for
/// a minute and wakes again, and then the database is restarted twenty times, every other time as if its power were cut.
/// </summary>
public sealed class ThreeNodesTests
{
    private const int Members = 1000;
    private const int Window = 4;
    private const int Restarts = 20;

    /// <summary>So few that they are not spread over a quarter of an hour.</summary>
    private const string WithDigest = "id % 20 = 0";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Servers_that_stand_still_and_a_database_that_restarts_lose_nobody_and_send_little_twice()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        (string, string)[] settings =
        [
            .. cluster.SettingsFor(await cluster.CreateAsync()), ("Delivery__MessagesPerSecond", "4"), ("Delivery__Window", $"{Window}"), ("Schedules__digest", "* * * * * ?"),
        ];
        await using var campaign = await Campaign.StartAsync(Members, new BotApiOptions { Rates = null, Seed = 1 }, settings);
        await using var second = await ServerProcess.StartAsync([.. campaign.Settings]);
        await using var third = await ServerProcess.StartAsync([.. campaign.Settings]);
        campaign.Api.Faults.Add(Fault.RandomDelay(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(60)));
        await campaign.AnnounceAsync();
        await campaign.UntilAsync(() => Task.FromResult(campaign.Arrived > 0), "the first copy");

        foreach (var server in new[] { campaign.Server, second, third })
        {
            await campaign.MoreArriveAsync(TimeSpan.FromSeconds(20));
            await server.SignalAsync("STOP");
            var arrived = campaign.Arrived;
            await Task.Delay(Pause, TimeProvider.System);
            campaign.Arrived.ShouldBeGreaterThan(arrived, $"the others go on meanwhile:\n{second.Log}\n{third.Log}");
            await server.SignalAsync("CONT");
        }
        campaign.Arrived.ShouldBeLessThan(Members, "there must be something left to lose");
        await DigestsAreDueAsync(second);
        for (var restart = 0; restart < Restarts; restart++)
        {
            await campaign.MoreArriveAsync(TimeSpan.FromSeconds(20));
            await cluster.RestartAsync(restart % 2 == 0 ? "fast" : "immediate");
        }
        await campaign.EndsAsync();

        var (duplicates, inDoubt) = await campaign.CheckAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{duplicates} second copies, {inDoubt} in doubt");
        // Each server that woke has said so; where the machine was so slow that another lapsed, too, that counts as a pause.
        var lapses = new[] { campaign.Server, second, third }.Sum(server => server.Log.Split("was silent for so long").Length - 1);
        lapses.ShouldBeGreaterThanOrEqualTo(3);
        duplicates.ShouldBeLessThanOrEqualTo(lapses * Window);

        await campaign.UntilAsync(async () => (await second.SqlAsync("SELECT id FROM outbox WHERE source = 'digest' AND state < 2")).Count == 0, "the digests");
        (await second.SqlAsync($"SELECT id FROM member WHERE {WithDigest} AND next_digest_at IS NOT NULL AND next_digest_at > @now", ("@now", Now()))).Count.ShouldBeGreaterThan(20);
        (await second.SqlAsync($"SELECT id FROM member WHERE {WithDigest} AND next_digest_at <= @now", ("@now", Now()))).ShouldBeEmpty();
        var digests = await second.SqlAsync("SELECT key FROM outbox WHERE source = 'digest'");
        digests.Count.ShouldBeGreaterThan(20);
        digests.Distinct().Count().ShouldBe(digests.Count);
        (await second.SqlAsync("SELECT member_id || week FROM digest_sent")).Count.ShouldBe(digests.Count(key => key.Split(':').Length == 3), "one digest a member");
        (await second.SqlAsync("SELECT id FROM outbox WHERE source = 'digest' AND state NOT IN (2, 6)")).ShouldBeEmpty();
    }

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static Task<IReadOnlyList<string>> DigestsAreDueAsync(ServerProcess server) =>
        server.SqlAsync($"UPDATE member SET next_digest_at = @now, wants_digest = TRUE WHERE {WithDigest}", ("@now", Now()));
}
