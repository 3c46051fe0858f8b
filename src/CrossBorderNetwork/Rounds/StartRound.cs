using System.Globalization;
using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Begins the round of a month, once: by the calendar on the first day on which both countries work, or by a coordinator before or
/// after it. The month is that of Lithuania.
/// </summary>
internal sealed class StartRound(Rights rights, TimeProvider time)
{
    /// <summary>By the clock in Lithuania.</summary>
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>So many days after its day a round is still begun by itself, such as after a downtime.</summary>
    private const int CatchUpDays = 5;

    private static readonly TimeZoneInfo Lithuania = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vilnius");

    public string ThisMonth => Month(DateOnly.FromDateTime(Now.DateTime));

    private DateTimeOffset Now => TimeZoneInfo.ConvertTime(time.GetUtcNow(), Lithuania);

    /// <summary>Whether the calendar begins a round at this instant.</summary>
    public bool IsDue
    {
        get
        {
            var today = DateOnly.FromDateTime(Now.DateTime);
            var first = WorkingDays.OnBothSidesFrom(new DateOnly(today.Year, today.Month, 1)).First();
            return today >= first && today < first.AddDays(CatchUpDays) && WorkingDays.IsOnBothSides(today) && TimeOnly.FromDateTime(Now.DateTime) >= Morning;
        }
    }

    /// <param name="db">The transaction's.</param>
    /// <param name="by">The coordinator who begins it; null: the calendar.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    /// <returns>Null where this month has one, or the one before is not sent yet.</returns>
    public async Task<Round?> RunAsync(NetworkDb db, long? by, CancellationToken ct)
    {
        var month = ThisMonth;
        if (await db.Rounds.AnyAsync(round => round.Month == month || (round.State != RoundState.Sent && round.State != RoundState.Closed), ct)) return null;
        var round = new Round { Month = month, StartedBy = by, StartedAt = time.GetUtcNow() };
        db.Rounds.Add(round);
        if (by is { } coordinator) rights.Note(db, coordinator, "round.start", month);
        return round;
    }

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
