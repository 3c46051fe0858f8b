namespace CrossBorderNetwork.Calendars;

/// <summary>
/// The public holidays of both countries, computed for any year of the Gregorian calendar by the law as it stands: Lithuania's Labour
/// Code, Art. 123 (2 November since 2020); Poland's Act of 18 January 1951 on days free from work (24 December since 2025).
/// A holiday made for one year only is not known here.
/// </summary>
public static class PublicHolidays
{
    private static readonly HashSet<(int Month, int Day)> Lithuanian =
        [(1, 1), (2, 16), (3, 11), (5, 1), (6, 24), (7, 6), (8, 15), (11, 1), (11, 2), (12, 24), (12, 25), (12, 26)];

    private static readonly HashSet<(int Month, int Day)> Polish =
        [(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26)];

    /// <param name="side"><c>LT</c> or <c>PL</c>.</param>
    /// <param name="day">A day there.</param>
    public static bool Include(string side, DateOnly day)
    {
        var afterEaster = day.DayNumber - EasterSunday(day.Year).DayNumber;
        return side switch
        {
            // Easter's Monday; the days of mothers and of fathers, on the first Sundays of May and June.
            "LT" => Lithuanian.Contains((day.Month, day.Day)) || afterEaster is 0 or 1
                || day is { Month: 5 or 6, Day: <= 7, DayOfWeek: DayOfWeek.Sunday },
            // Easter's Monday, Pentecost and Corpus Christi.
            "PL" => Polish.Contains((day.Month, day.Day)) || afterEaster is 0 or 1 or 49 or 60,
            _ => throw new ArgumentException($"There is no side '{side}' (known: LT, PL).", nameof(side)),
        };
    }

    /// <summary>Easter of the Western churches, by the rule of Meeus, Jones and Butcher.</summary>
    public static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = Math.DivRem(year, 100);
        var moon = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (ofCentury / 4)) - moon - (ofCentury % 4)) % 7;
        var correction = (golden + (11 * moon) + (22 * weekday)) / 451;
        var (month, day) = Math.DivRem(moon + weekday - (7 * correction) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
