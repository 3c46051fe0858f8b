using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Digests;

public class DigestJobTests
{
    private static readonly DateTimeOffset Monday = DigestNetwork.Monday;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("LT", "2026-10-19T05:00Z", "2026-10-26T06:00Z", "2027-03-22T06:00Z", "2027-03-29T05:00Z")]
    [InlineData("PL", "2026-10-19T06:00Z", "2026-10-26T07:00Z", "2027-03-22T07:00Z", "2027-03-29T06:00Z")]
    public async Task Eight_on_Monday_is_eight_by_the_clock_on_the_members_wall(string side, params string[] expected)
    {
        await using var network = await StartAsync();
        var first = DigestClock.Next(DayOfWeek.Monday, 8, side == "PL" ? "Europe/Warsaw" : "Europe/Vilnius", DigestNetwork.Tuesday);
        await network.MemberAsync("Ona", side, nextDigestAt: first);

        await RunHourlyAsync(network, until: new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero));

        var sent = (await network.SentAsync()).Select(digest => digest.At.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture)).ToList();
        sent.ShouldBeSubsetOf(sent.Distinct());
        foreach (var instant in expected) sent.ShouldContain(instant);
        sent.Count.ShouldBe(25);
    }

    [Fact]
    public async Task A_year_with_downtimes_and_a_wrong_clock_brings_each_member_at_most_one_digest_a_week_and_none_late()
    {
        await using var network = await StartAsync();
        (string Name, string Side, DayOfWeek Day, int Hour)[] people =
            [("Ona", "LT", DayOfWeek.Monday, 8), ("Jan", "PL", DayOfWeek.Monday, 8), ("Rūta", "LT", DayOfWeek.Wednesday, 18), ("Ewa", "PL", DayOfWeek.Sunday, 23)];
        var zones = new Dictionary<long, (string Zone, DayOfWeek Day, int Hour)>();
        foreach (var (name, side, day, hour) in people)
        {
            var zone = side == "PL" ? "Europe/Warsaw" : "Europe/Vilnius";
            var member = await network.MemberAsync(name, side, nextDigestAt: DigestClock.Next(day, hour, zone, DigestNetwork.Tuesday), adjust: m => (m.DigestDay, m.DigestHour) = (day, hour));
            zones[await member.PersonIdAsync()] = (zone, day, hour);
        }

        // Nine hours down over a Monday morning: caught up. Three weeks down over the turn of the year: not.
        await RunHourlyAsync(network, until: At(11, 9, 4));
        network.Clock.Advance(TimeSpan.FromHours(9));
        await RunHourlyAsync(network, until: At(12, 15, 4));
        network.Clock.Advance(TimeSpan.FromDays(21));
        await RunHourlyAsync(network, until: At(2, 1, 12, 2027));
        // The clock is set back by two days; a week later it is twice set forward, once onto a digest's hour, and put right again.
        network.Clock.AdjustTime(network.Clock.GetUtcNow().AddDays(-2));
        await RunHourlyAsync(network, until: At(2, 8, 12, 2027));
        foreach (var ahead in new[] { At(2, 15, 6, 2027) - At(2, 8, 12, 2027), TimeSpan.FromDays(30) })
        {
            network.Clock.AdjustTime(network.Clock.GetUtcNow() + ahead);
            await network.RunJobAsync("digest");
            network.Clock.AdjustTime(network.Clock.GetUtcNow() - ahead);
            await network.RunJobAsync("digest");
        }
        await RunHourlyAsync(network, until: At(10, 5, 9, 2027));

        var sent = await network.SentAsync();
        foreach (var (memberId, (zone, day, hour)) in zones)
        {
            var own = sent.Where(digest => digest.MemberId == memberId).ToList();
            own.Select(digest => digest.Week).Distinct().Count().ShouldBe(own.Count);
            // 52 weeks, of which the three of the long downtime are lost.
            own.Count.ShouldBe(49);
            foreach (var digest in own)
            {
                var due = DigestClock.Next(day, hour, zone, digest.At.AddHours(-12));
                (digest.At - due).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromHours(12));
                // Late is only what was caught up, after the downtime and by the wrong clock.
                if (digest.At != due) digest.At.ShouldBeOneOf(At(11, 9, 13), At(2, 15, 6, 2027));
            }
        }
        await using var db = network.Read();
        (await db.Outbox.CountAsync(message => message.Source == "digest" && message.State == OutboxState.Delivered, Ct)).ShouldBe(sent.Count);

        static DateTimeOffset At(int month, int day, int hour, int year = 2026) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);
    }

    [Fact]
    public async Task After_more_than_twelve_hours_down_the_digest_is_skipped_and_the_next_week_is_as_usual()
    {
        await using var network = await StartAsync();
        var ona = await network.MemberAsync("Ona", nextDigestAt: Monday);

        await network.AdvanceAsync(Monday.AddHours(12) - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");
        ona.Screen.ShouldBeEmpty();

        await network.AdvanceAsync(TimeSpan.FromDays(7) - TimeSpan.FromHours(12));
        await network.RunJobAsync("digest");
        ona.Sees("Seminaras");
    }

    [Fact]
    public async Task Two_runs_at_once_and_a_restart_send_one_digest()
    {
        await using var network = await StartAsync();
        var ona = await network.MemberAsync("Ona", nextDigestAt: Monday);
        await network.AdvanceAsync(Monday - DigestNetwork.Tuesday);

        await Task.WhenAll(RunJobAsync(network), RunJobAsync(network), RunJobAsync(network));
        await network.SettleAsync();
        await network.KillAsync();
        await network.RestartAsync();
        await network.RunJobAsync("digest");

        ona.Phone.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_digest_planned_for_a_later_day_of_a_week_that_had_one_is_not_sent()
    {
        await using var network = await StartAsync();
        var ona = await network.MemberAsync("Ona", nextDigestAt: Monday);
        await network.AdvanceAsync(Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");
        await using (var db = network.Read()) await db.Members.ExecuteUpdateAsync(set => set.SetProperty(m => m.NextDigestAt, Monday.AddDays(4)), Ct);

        await network.AdvanceAsync(TimeSpan.FromDays(4));
        await network.RunJobAsync("digest");

        ona.Phone.Messages.ShouldHaveSingleItem();
        (await NextAsync(network, ona)).ShouldBe(Monday.AddDays(7));
    }

    [Fact]
    public async Task A_member_who_pauses_or_withdrew_or_blocked_the_bot_gets_none()
    {
        await using var network = await StartAsync();
        var paused = await network.MemberAsync("Ona", nextDigestAt: Monday, adjust: member => member.PausedUntil = Monday.AddDays(10));
        var withdrew = await network.MemberAsync("Rūta", wantsDigest: false, nextDigestAt: Monday);
        var gone = await network.MemberAsync("Jonas", nextDigestAt: Monday);
        await gone.Sends(ActivityKind.Left);

        await network.AdvanceAsync(Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        network.Channel.Sent.ShouldBeEmpty();
        // By then it is winter time.
        (await NextAsync(network, paused)).ShouldBe(Monday.AddDays(14).AddHours(1));
        (await NextAsync(network, withdrew)).ShouldBeNull();
        (await NextAsync(network, gone)).ShouldBe(Monday.AddDays(7));
    }

    [Fact]
    public async Task Up_to_five_hundred_digests_leave_at_once()
    {
        await using var network = await StartAsync();
        await AddMembersAsync(network, 500);
        await network.AdvanceAsync(Monday - DigestNetwork.Tuesday);

        await RunJobAsync(network);

        (await DueAsync(network)).ShouldAllBe(due => due == Monday);
    }

    [Fact]
    public async Task More_than_five_hundred_are_spread_over_a_quarter_of_an_hour_each_member_at_the_same_place()
    {
        await using var network = await StartAsync();
        await AddMembersAsync(network, 501);
        await network.AdvanceAsync(Monday - DigestNetwork.Tuesday);

        await RunJobAsync(network);
        var first = await DueAsync(network);
        network.Clock.Advance(TimeSpan.FromDays(7));
        await RunJobAsync(network);
        var both = await DueAsync(network);

        first.Count.ShouldBe(501);
        first.ShouldAllBe(due => due >= Monday && due < Monday.AddMinutes(15));
        first.Select(due => due.Minute).Distinct().Count().ShouldBe(15);
        both.Skip(501).Select(due => due.AddDays(-7)).ShouldBe(first);
    }

    private static Task<TestNetwork> StartAsync() => DigestNetwork.StartAsync(new FixedSection(DigestNetwork.Item("Seminaras")));

    /// <summary>Runs the job without waiting for delivery.</summary>
    private static Task RunJobAsync(TestNetwork network) => network.Services.GetServices<IScheduledJob>().Single(job => job.Name == "digest").RunAsync(Ct);

    private static async Task RunHourlyAsync(TestNetwork network, DateTimeOffset until)
    {
        while (network.Clock.GetUtcNow() < until)
        {
            await network.RunJobAsync("digest");
            network.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private static async Task AddMembersAsync(TestNetwork network, int count)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct);
        for (var i = 1; i <= count; i++)
        {
            work.Db.Conversations.Add(new Conversation { Id = i, Channel = TestChannel.Name, Address = $"member-{i}", SenderId = $"member-{i}", PersonId = i, Language = "lt" });
            work.Db.Members.Add(new Member
            {
                Id = i, Name = $"Narys {i}", Contact = "", Side = "LT", Municipality = "LT01", Zone = "Europe/Vilnius", Role = "teacher",
                Languages = [], Topics = [], JoinedAt = DigestNetwork.Tuesday, WantsDigest = true, NextDigestAt = Monday,
            });
        }
        await work.CommitAsync(Ct);
    }

    private static async Task<List<DateTimeOffset>> DueAsync(TestNetwork network)
    {
        await using var db = network.Read();
        var due = await db.Outbox.Where(message => message.Source == "digest").Select(message => new { message.CreatedAt, message.ConversationId, message.DueAt }).ToListAsync(Ct);
        return [.. due.OrderBy(message => message.CreatedAt).ThenBy(message => message.ConversationId).Select(message => message.DueAt)];
    }

    private static async Task<DateTimeOffset?> NextAsync(TestNetwork network, ScriptedMember member)
    {
        var id = await member.PersonIdAsync();
        await using var db = network.Read();
        return (await db.Members.SingleAsync(m => m.Id == id, Ct)).NextDigestAt;
    }
}
