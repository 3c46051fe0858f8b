using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Scheduling;

public class JobTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_fails_is_recorded_without_its_message_and_does_not_stop_the_others()
    {
        var done = new TestJob("z-last", () => { });
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions
        {
            Services = services => services
                .AddSingleton<IScheduledJob>(new TestJob("a-first", () => throw new InvalidOperationException("Ona Petraitė wrote this")))
                .AddSingleton<IScheduledJob>(done),
        });

        await network.Services.GetRequiredService<JobRunner>().RunAllAsync(Ct);

        done.Runs.ShouldBe(1);
        network.Log.Lines.ShouldContain(line => line.Contains("The job a-first failed", StringComparison.Ordinal) && line.Contains(nameof(InvalidOperationException), StringComparison.Ordinal));
        network.Log.Lines.ShouldNotContain(line => line.Contains("Petraitė", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_job_is_refused_with_the_names_of_those_there_are()
    {
        await using var network = await TestNetwork.StartAsync();

        var fault = await Should.ThrowAsync<ArgumentException>(() => network.Services.GetRequiredService<JobRunner>().RunAsync("digests", Ct));

        fault.Message.ShouldContain("There is no job 'digests' (known: backup, broadcasts, ");
    }

    [Fact]
    public async Task Housekeeping_forgets_what_became_of_messages_after_sixty_days_but_nothing_that_is_open()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona");
        await PostAsync(network, ona, "old", due: TimeSpan.Zero);
        await PostAsync(network, ona, "open", due: TimeSpan.FromDays(100));
        await network.SettleAsync();

        await network.AdvanceAsync(TimeSpan.FromDays(59));
        await network.RunJobAsync("housekeeping");
        (await KeysAsync(network)).ShouldBe(["old", "open"]);

        await PostAsync(network, ona, "young", due: TimeSpan.Zero);
        await network.AdvanceAsync(TimeSpan.FromDays(2));
        await network.RunJobAsync("housekeeping");
        (await KeysAsync(network)).ShouldBe(["open", "young"]);
    }

    private static async Task PostAsync(TestNetwork network, ScriptedMember to, string key, TimeSpan due)
    {
        var id = await to.PersonIdAsync();
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct);
        network.Services.GetRequiredService<Outbox>().Post(work, id, new Message { Text = RichText.Plain(key) },
            new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(1), Key = key, DueAt = network.Clock.GetUtcNow() + due });
        await work.CommitAsync(Ct);
    }

    private static async Task<List<string?>> KeysAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Outbox.Select(message => message.Key).Where(key => key != null).OrderBy(key => key).ToListAsync(Ct);
    }
}

/// <summary>A job that counts its runs.</summary>
internal sealed class TestJob(string name, Action run, string schedule = "0 * * * * ?") : IScheduledJob
{
    private int _runs;

    public int Runs => Volatile.Read(ref _runs);

    public string Name => name;

    public string Schedule => schedule;

    public Task RunAsync(CancellationToken ct)
    {
        run();
        Interlocked.Increment(ref _runs);
        return Task.CompletedTask;
    }
}
