namespace CrossBorderNetwork.Calendars;

/// <summary>Days on which people work: Monday to Friday without public holidays. School holidays are working days of a preschool's staff.</summary>
public static class WorkingDays
{
    /// <param name="side"><c>LT</c> or <c>PL</c>.</param>
    /// <param name="day">A day there.</param>
    public static bool Is(string side, DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !PublicHolidays.Include(side, day);

    public static bool IsOnBothSides(DateOnly day) => Is("LT", day) && Is("PL", day);

    /// <summary>The days from this one on, itself included, on which both sides work. Endless.</summary>
    public static IEnumerable<DateOnly> OnBothSidesFrom(DateOnly day)
    {
        for (; ; day = day.AddDays(1))
        {
            if (IsOnBothSides(day)) yield return day;
        }
    }
}
