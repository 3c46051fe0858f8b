using System.Globalization;
using CrossBorderNetwork.Members;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Members;

public sealed class DigestClockTests
{
    private static readonly string[] Zones = ["Europe/Vilnius", "Europe/Warsaw"];

    [Theory]
    [InlineData("Europe/Vilnius", "2026-10-18T00:00Z", "2026-10-19T05:00Z")]
    [InlineData("Europe/Vilnius", "2026-10-20T00:00Z", "2026-10-26T06:00Z")]
    [InlineData("Europe/Vilnius", "2027-03-21T00:00Z", "2027-03-22T06:00Z")]
    [InlineData("Europe/Vilnius", "2027-03-23T00:00Z", "2027-03-29T05:00Z")]
    [InlineData("Europe/Warsaw", "2026-10-18T00:00Z", "2026-10-19T06:00Z")]
    [InlineData("Europe/Warsaw", "2026-10-20T00:00Z", "2026-10-26T07:00Z")]
    [InlineData("Europe/Warsaw", "2027-03-21T00:00Z", "2027-03-22T07:00Z")]
    [InlineData("Europe/Warsaw", "2027-03-23T00:00Z", "2027-03-29T06:00Z")]
    public void Monday_at_eight_stays_at_eight_when_the_clocks_change(string zone, string after, string due) =>
        DigestClock.Next(DayOfWeek.Monday, 8, zone, Instant(after)).ShouldBe(Instant(due));

    [Fact]
    public void The_hour_itself_is_not_after_itself() =>
        DigestClock.Next(DayOfWeek.Monday, 8, "Europe/Vilnius", Instant("2026-10-19T05:00Z")).ShouldBe(Instant("2026-10-26T06:00Z"));

    [Fact]
    public void An_hour_that_the_clock_leaps_over_comes_as_the_leap_ends() =>
        DigestClock.Next(DayOfWeek.Sunday, 3, "Europe/Vilnius", Instant("2027-03-27T00:00Z")).ShouldBe(Instant("2027-03-28T01:00Z"));

    [Fact]
    public void Of_an_hour_that_the_clock_strikes_twice_the_first_is_meant() =>
        DigestClock.Next(DayOfWeek.Sunday, 3, "Europe/Vilnius", Instant("2026-10-24T00:00Z")).ShouldBe(Instant("2026-10-25T00:00Z"));

    [Property]
    public bool It_is_always_later_within_a_week_on_the_day_and_at_the_hour(uint minutes, byte day, byte hour, bool inPoland)
    {
        var zone = Zones[inPoland ? 1 : 0];
        var after = Instant("2026-01-01T00:00Z").AddMinutes(minutes % (4 * 366 * 24 * 60));
        var (wantedDay, wantedHour) = ((DayOfWeek)(day % 7), hour % 24);

        var next = DigestClock.Next(wantedDay, wantedHour, zone, after);

        var local = TimeZoneInfo.ConvertTime(next, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var leapt = local.Hour != wantedHour && local.Hour == wantedHour + 1;
        return next > after && next - after <= TimeSpan.FromDays(7) + TimeSpan.FromHours(1) && next.Offset == TimeSpan.Zero
            && local.DayOfWeek == wantedDay && local.Minute == 0 && (local.Hour == wantedHour || leapt);
    }

    [Property]
    public bool Nothing_lies_between_one_digest_and_the_next(uint minutes, byte day, byte hour)
    {
        var after = Instant("2026-01-01T00:00Z").AddMinutes(minutes % (4 * 366 * 24 * 60));
        var (wantedDay, wantedHour) = ((DayOfWeek)(day % 7), hour % 24);
        var next = DigestClock.Next(wantedDay, wantedHour, "Europe/Vilnius", after);

        return DigestClock.Next(wantedDay, wantedHour, "Europe/Vilnius", next.AddMinutes(-1)) == next;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
