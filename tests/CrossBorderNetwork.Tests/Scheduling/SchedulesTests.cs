using CrossBorderNetwork.Scheduling;
using CrossBorderNetwork.Server;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderNetwork.Tests.Scheduling;

public sealed class SchedulesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_at_its_times_by_the_clock_of_the_server()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 10, 5, 4, 59, 30, TimeSpan.Zero));
        var times = new List<DateTimeOffset>();
        var job = new TestJob("digest", () => times.Add(clock.GetUtcNow()), schedule: "0 0 5 ? * MON");
        using var host = await StartAsync(clock, [job]);

        for (var i = 0; i < 2; i++)
        {
            await RunsAsync(job, i + 1, () => clock.Advance(TimeSpan.FromSeconds(10)));
            clock.Advance(TimeSpan.FromDays(6.99));
        }

        times.Select(time => time.AddSeconds(-time.Second).AddMinutes(-time.Minute)).ShouldBe([At(5), At(12)]);
        await host.StopAsync(Ct);

        static DateTimeOffset At(int day) => new(2026, 10, day, 5, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public async Task Settings_override_the_schedule_of_a_job_and_a_name_that_is_no_jobs_is_reported()
    {
        var job = new TestJob("digest", () => { }, schedule: "0 0 0 1 1 ? 2099");
        using var log = new LogRecorder();
        using var host = await StartAsync(TimeProvider.System, [job], log, ("Schedules:digest", "* * * * * ?"), ("Schedules:digests", "0 0 6 ? * MON"));

        await RunsAsync(job, 1);

        log.Lines.ShouldContain(line => line.Contains("The setting Schedules:digests names no job (known: digest)", StringComparison.Ordinal));
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_does_not_stop_the_jobs()
    {
        var clock = new JumpingClock();
        var job = new TestJob("digest", () => { }, schedule: "* * * * * ?");
        using var host = await StartAsync(clock, [job]);
        await RunsAsync(job, 1);

        clock.Forward = TimeSpan.FromDays(5);
        await RunsAsync(job, job.Runs + 2);

        await host.StopAsync(Ct);
    }

    [Fact]
    public void A_schedule_that_cannot_be_read_is_reported_with_its_setting()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Schedules:digest", "every Monday"), new("Schedules:housekeeping", "0 0 3 * * ?"), new("Schedules:empty", "")]).Build();

        var faults = Schedules.Faults(configuration).ToList();

        faults.Count.ShouldBe(2);
        faults.ShouldContain(fault => fault.StartsWith("Schedules:digest is 'every Monday'", StringComparison.Ordinal));
    }

    private static async Task<IHost> StartAsync(TimeProvider clock, IScheduledJob[] jobs, LogRecorder? log = null, params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        if (log is not null) builder.Logging.AddProvider(log);
        foreach (var job in jobs) builder.Services.AddSingleton(job);
        builder.Services.AddSingleton(clock).AddSingleton<JobRunner>().AddSchedules(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync(Ct);
        return host;
    }

    /// <summary>Waits until the job ran so often, moving the clock meanwhile if asked.</summary>
    private static async Task RunsAsync(TestJob job, int times, Action? meanwhile = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (job.Runs < times)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            if (job.Runs < times) meanwhile?.Invoke();
        }
    }

    private sealed class JumpingClock : TimeProvider
    {
        private long _forward;

        public TimeSpan Forward
        {
            set => Volatile.Write(ref _forward, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _forward));
    }
}
