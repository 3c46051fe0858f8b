using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Events;

/// <summary>
/// Reminds those who are going at nine in the morning of the day before, in their own zone. Whoever got the seat later than that
/// knows it anyway; nobody is reminded of what has begun, or who wants no reminders.
/// </summary>
internal sealed class ReminderJob(Database database, Seats seats, Notify notify, TimeProvider time) : IScheduledJob
{
    private const int BatchSize = 50;

    private static readonly TimeOnly Hour = new(9, 0);

    /// <summary>An event of 23:59 is reminded of 39 hours before.</summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(40);

    public string Name => "event-reminders";

    public string Schedule => "0 0 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var batch in (await DueAsync(ct)).Chunk(BatchSize))
        {
            await using var work = await database.BeginAsync(ct);
            foreach (var signUpId in batch) await RemindAsync(work, signUpId, ct);
            await work.CommitAsync(ct);
        }
    }

    /// <summary>Nine o'clock of the day before, in the member's zone.</summary>
    internal static DateTimeOffset DueAt(DateTimeOffset startsAt, string zone)
    {
        var local = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(startsAt, local).DateTime).AddDays(-1);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(Hour), local), TimeSpan.Zero);
    }

    private async Task<List<long>> DueAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var last = now + Earliest;
        await using var db = database.Read();
        var candidates = await (
            from signUp in db.SignUps
            join @event in db.UpcomingEvents(now) on signUp.EventId equals @event.Id
            join member in db.Members on signUp.MemberId equals member.Id
            where @event.StartsAt <= last && signUp.State == SignUpState.Going && signUp.RemindedAt == null
            select new { signUp.Id, signUp.Since, @event.StartsAt, member.Zone }).ToListAsync(ct);
        return [.. candidates.Where(c => DueAt(c.StartsAt, c.Zone) is var due && due <= now && c.Since < due).Select(c => c.Id)];
    }

    private async Task RemindAsync(UnitOfWork work, long signUpId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // What was due may have changed since it was read.
        if (await work.Db.SignUps.FindAsync([signUpId], ct) is not { State: SignUpState.Going, RemindedAt: null } signUp) return;
        if (await work.Db.Events.FindAsync([signUp.EventId], ct) is not { } @event || !@event.TakesSignUpsAt(now)) return;
        signUp.RemindedAt = now;
        if (await work.Db.Members.FindAsync([signUp.MemberId], ct) is not { } member || !member.Wants(MessageKinds.Reminders)) return;
        await notify.MemberAsync(work, signUp.MemberId, "events", "reminder", language => seats.Named(@event, language), Seats.Id(@event), new Posting
        {
            Lane = Lane.Notice, Window = @event.StartsAt - now, Source = Seats.Source(@event),
            Key = string.Create(CultureInfo.InvariantCulture, $"event:{@event.Id}:reminder:{signUp.MemberId}"),
        }, ct);
    }
}
