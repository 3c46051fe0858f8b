using CrossBorderNetwork.Data;
using CrossBorderNetwork.Scheduling;
using CrossBorderNetwork.Server;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrossBorderNetwork.Tests.Scheduling;

/// <summary>Servers on one PostgreSQL share the schedule: each start of a job happens on one of them.</summary>
public sealed class SharedScheduleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_start_happens_on_one_server_and_the_other_goes_on_when_one_stops()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        var cluster = await PostgresCluster.SharedAsync();
        var settings = cluster.SettingsFor(await cluster.CreateAsync()).ToList();
        var starts = 0;
        TestJob[] jobs = [Job(), Job()];
        var began = TimeProvider.System.GetTimestamp();
        using var first = await StartAsync(jobs[0], settings);
        using var second = await StartAsync(jobs[1], settings);
        await UntilAsync(() => Volatile.Read(ref starts) >= 6);

        await first.StopAsync(Ct);
        var (before, ofSecond) = (Volatile.Read(ref starts), jobs[1].Runs);
        await UntilAsync(() => Volatile.Read(ref starts) >= before + 3);
        await second.StopAsync(Ct);
        var passed = TimeProvider.System.GetElapsedTime(began);

        jobs[1].Runs.ShouldBeGreaterThan(ofSecond);
        // A busy machine may start a job late, but each second of the schedule starts it once.
        starts.ShouldBeLessThanOrEqualTo((int)passed.TotalSeconds + 1, "the same second has started the job on both servers");

        TestJob Job() => new("digest", () => Interlocked.Increment(ref starts), schedule: "* * * * * ?");
    }

    private static async Task<IHost> StartAsync(TestJob job, IEnumerable<(string Name, string Value)> settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.Services.AddSingleton<IScheduledJob>(job).AddSingleton(TimeProvider.System).AddSingleton<JobRunner>().AddSchedules(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(Ct);
        return host;
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isTrue()) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }
}
