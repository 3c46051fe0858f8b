using System.Diagnostics;
using System.Globalization;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Nodes;

/// <summary>The schedule that several servers share on one PostgreSQL.</summary>
public sealed class SharedScheduleTests
{
    private const int Looks = 600;

    /// <summary>The deadline only ends a test that has failed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

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
        for (var look = 0; look < Looks && !isLocked; look++)
        {
            await SignalAsync(first, "CONT");
            await Task.Delay(look % 40);
            await SignalAsync(first, "STOP");
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

    private static async Task SignalAsync(ServerProcess server, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", server.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
