namespace CrossBorderNetwork.Calendars;

/// <summary>
/// Proposes times for a first talk across the border: on working days of both countries, at hours at which people of a preschool work
/// in both. Each proposal lies on another day and at another hour, for those whose mornings are always taken.
/// </summary>
public static class MeetingTimes
{
    /// <summary>How many are proposed at once.</summary>
    public const int AtOnce = 3;

    /// <summary>How long a first talk is entered for in calendars.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);

    /// <summary>So many whole working days lie before the first proposal, for the other one to read of it and answer.</summary>
    private const int DaysToAnswer = 2;

    private static readonly TimeZoneInfo Vilnius = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vilnius");

    /// <summary>Hours in Lithuania; in Poland it is an hour earlier all year: 9:00, 12:30 and 14:00. The middle one is when children rest.</summary>
    private static readonly TimeOnly[] Hours = [new(10, 0), new(13, 30), new(15, 0)];

    /// <param name="now">The instant of the question.</param>
    /// <param name="skip">How many were proposed before.</param>
    public static IReadOnlyList<DateTimeOffset> Propose(DateTimeOffset now, int skip)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Vilnius).DateTime);
        return
        [
            .. WorkingDays.OnBothSidesFrom(today.AddDays(1)).Skip(DaysToAnswer)
                .Where((_, index) => index % 2 == 0)
                .Select((day, index) => At(day, Hours[(index + (index / AtOnce)) % Hours.Length]))
                .Skip(skip)
                .Take(AtOnce),
        ];
    }

    private static DateTimeOffset At(DateOnly day, TimeOnly hour) => new(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(hour), Vilnius), TimeSpan.Zero);
}
