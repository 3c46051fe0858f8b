using System.Globalization;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

public sealed class PauseTests
{
    [Theory]
    [InlineData("Two weeks", "2026-10-18T21:00Z")]
    [InlineData("A month", "2026-11-04T22:00Z")]
    [InlineData("Until 1 September", "2027-08-31T21:00Z")]
    public async Task A_break_lasts_until_the_day_begins_where_the_member_lives(string length, string until)
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/pause");
        await ona.Presses(length);

        var member = await MemberAsync(network);
        member.PausedUntil.ShouldBe(Instant(until));
        member.NextDigestAt.ShouldBe(DigestClock.Next(DayOfWeek.Monday, 8, "Europe/Vilnius", Instant(until)));
    }

    [Fact]
    public async Task A_break_until_a_day_that_is_written_can_be_moved_and_ended()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/pause");
        await ona.Presses("Until another day");
        await ona.Types("yesterday");
        ona.Sees("Please write a date");
        await ona.Types("5 December");
        ona.Sees("you are on a break until: Saturday, 5 December 2026");
        await ona.Types("/pause");
        await ona.Presses("Change the date");
        await ona.Presses("Two weeks");
        ona.Sees("Monday, 19 October 2026");
        await ona.Types("/profile");
        ona.Sees("On a break until: Monday, 19 October 2026");
        await ona.Types("/pause");
        await ona.Presses("End the break now");

        ona.Sees("The break is over.");
        var member = await MemberAsync(network);
        (member.PausedUntil, member.NextDigestAt).ShouldBe((null, DigestClock.Next(member, network.Clock.GetUtcNow())));
    }

    [Fact]
    public async Task A_break_ends_by_itself()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        await ona.Types("/pause");
        await ona.Presses("Two weeks");

        await network.AdvanceAsync(TimeSpan.FromDays(15));
        await ona.Types("/pause");

        ona.Sees("How long would you like to pause?");
    }

    private static async Task<Member> MemberAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Members.SingleAsync();
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
