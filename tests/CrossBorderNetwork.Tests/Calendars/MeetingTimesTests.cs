using System.Globalization;
using CrossBorderNetwork.Calendars;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Calendars;

public sealed class MeetingTimesTests
{
    private static readonly (string Side, TimeZoneInfo Zone)[] Sides =
        [("LT", TimeZoneInfo.FindSystemTimeZoneById("Europe/Vilnius")), ("PL", TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"))];

    [Property]
    public bool Every_proposal_lies_in_the_working_hours_of_a_working_day_on_both_sides(uint minutes, byte skip)
    {
        var now = DateTimeOffset.Parse("2026-01-01T00:00Z", CultureInfo.InvariantCulture).AddMinutes(minutes % (5 * 366 * 24 * 60));

        var proposed = MeetingTimes.Propose(now, skip % 12);

        return proposed.Count == MeetingTimes.AtOnce && proposed.All(at => at > now.AddDays(2) && at < now.AddDays(60) && Sides.All(side =>
        {
            var (begin, end) = (TimeZoneInfo.ConvertTime(at, side.Zone), TimeZoneInfo.ConvertTime(at + MeetingTimes.Length, side.Zone));
            return WorkingDays.Is(side.Side, DateOnly.FromDateTime(begin.DateTime)) && begin.Hour >= 8 && end.TimeOfDay <= TimeSpan.FromHours(17);
        }));
    }

    [Property]
    public bool Proposals_at_once_lie_on_other_days_and_at_other_hours_and_never_come_again(uint minutes)
    {
        var now = DateTimeOffset.Parse("2026-01-01T00:00Z", CultureInfo.InvariantCulture).AddMinutes(minutes % (5 * 366 * 24 * 60));

        var first = MeetingTimes.Propose(now, 0);
        var next = MeetingTimes.Propose(now, MeetingTimes.AtOnce);

        return first.Select(at => TimeZoneInfo.ConvertTime(at, Sides[0].Zone).TimeOfDay).Distinct().Count() == 3 && first.Concat(next).Select(at => at.UtcDateTime.Date).Distinct().Count() == 6;
    }
}
