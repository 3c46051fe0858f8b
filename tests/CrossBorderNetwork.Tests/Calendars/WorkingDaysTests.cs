using System.Globalization;
using CrossBorderNetwork.Calendars;

namespace CrossBorderNetwork.Tests.Calendars;

public sealed class WorkingDaysTests
{
    /// <summary>The holidays that fall on Monday to Friday, as printed calendars of both countries show them.</summary>
    [Theory]
    [InlineData("LT", 2026, "01-01 02-16 03-11 04-06 05-01 06-24 07-06 11-02 12-24 12-25")]
    [InlineData("LT", 2027, "01-01 02-16 03-11 03-29 06-24 07-06 11-01 11-02 12-24")]
    [InlineData("LT", 2028, "02-16 04-17 05-01 07-06 08-15 11-01 11-02 12-25 12-26")]
    [InlineData("LT", 2029, "01-01 02-16 04-02 05-01 07-06 08-15 11-01 11-02 12-24 12-25 12-26")]
    [InlineData("LT", 2030, "01-01 03-11 04-22 05-01 06-24 08-15 11-01 12-24 12-25 12-26")]
    [InlineData("PL", 2026, "01-01 01-06 04-06 05-01 06-04 11-11 12-24 12-25")]
    [InlineData("PL", 2027, "01-01 01-06 03-29 05-03 05-27 11-01 11-11 12-24")]
    [InlineData("PL", 2028, "01-06 04-17 05-01 05-03 06-15 08-15 11-01 12-25 12-26")]
    [InlineData("PL", 2029, "01-01 04-02 05-01 05-03 05-31 08-15 11-01 12-24 12-25 12-26")]
    [InlineData("PL", 2030, "01-01 04-22 05-01 05-03 06-20 08-15 11-01 11-11 12-24 12-25 12-26")]
    public void On_the_public_holidays_of_the_year_nobody_works(string side, int year, string holidays) =>
        DaysOf(year).Where(day => IsWeekday(day) && !WorkingDays.Is(side, day)).Select(Short).ShouldBe(holidays.Split(' '));

    [Theory]
    [InlineData("LT", 2026, "04-05 05-03 06-07 08-15 11-01 12-26")]
    [InlineData("PL", 2026, "04-05 05-03 05-24 08-15 11-01 12-26")]
    [InlineData("LT", 2030, "02-16 04-21 05-05 06-02 07-06 11-02")]
    [InlineData("PL", 2030, "01-06 04-21 06-09")]
    public void Holidays_on_a_weekend_are_holidays_too(string side, int year, string holidays) =>
        DaysOf(year).Where(day => !IsWeekday(day) && PublicHolidays.Include(side, day)).Select(Short).ShouldBe(holidays.Split(' '));

    [Theory]
    [InlineData("1961-04-02")]
    [InlineData("2000-04-23")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2028-04-16")]
    [InlineData("2029-04-01")]
    [InlineData("2030-04-21")]
    [InlineData("2038-04-25")]
    [InlineData("2285-03-22")]
    public void Easter_is_when_the_churches_keep_it(string sunday)
    {
        var day = DateOnly.Parse(sunday, CultureInfo.InvariantCulture);
        PublicHolidays.EasterSunday(day.Year).ShouldBe(day);
    }

    [Fact]
    public void Days_of_both_sides_leave_out_what_only_one_side_keeps() =>
        WorkingDays.OnBothSidesFrom(new DateOnly(2026, 11, 1)).Take(8).Select(Short)
            .ShouldBe(["11-03", "11-04", "11-05", "11-06", "11-09", "11-10", "11-12", "11-13"]);

    [Fact]
    public void A_side_that_does_not_exist_is_named() =>
        Should.Throw<ArgumentException>(() => WorkingDays.Is("DE", new DateOnly(2026, 11, 2))).Message.ShouldContain("LT, PL");

    private static IEnumerable<DateOnly> DaysOf(int year)
    {
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1)) yield return day;
    }

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static string Short(DateOnly day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);
}
