using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Events;

public enum CancelOutcome
{
    Cancelled,
    AlreadyCancelled,
    Denied,

    /// <summary>It has begun, or is not there.</summary>
    TooLate,
}

/// <summary>Calls an event off and tells all who meant to come. Coordinators only, noted in the audit.</summary>
public sealed class CancelEvent(Rights rights, Seats seats, Notify notify, Outbox outbox, TimeProvider time)
{
    public async Task<CancelOutcome> RunAsync(UnitOfWork work, long personId, long eventId, CancellationToken ct)
    {
        if (await rights.CoordinatesAsync(work.Db, personId, ct) is null)
        {
            rights.Note(work.Db, personId, "denied:event.cancel", null);
            return CancelOutcome.Denied;
        }
        if (await work.Db.Events.FindAsync([eventId], ct) is not { } @event) return CancelOutcome.TooLate;
        if (@event.State == EventState.Cancelled) return CancelOutcome.AlreadyCancelled;
        var now = time.GetUtcNow();
        if (@event.StartsAt <= now) return CancelOutcome.TooLate;
        @event.State = EventState.Cancelled;
        outbox.CancelFrom(work, Seats.Source(@event));
        foreach (var memberId in await work.Db.SignUps.Where(s => s.EventId == eventId).OrderBy(s => s.Id).Select(s => s.MemberId).ToListAsync(ct))
        {
            await notify.MemberAsync(work, memberId, "events", "cancelled", language => seats.Named(@event, language), Seats.Id(@event), new Posting
            {
                Lane = Lane.Notice, Window = @event.StartsAt - now, Key = $"{Seats.Source(@event)}:cancelled:{memberId}",
            }, ct);
        }
        rights.Note(work.Db, personId, "event.cancel", Seats.Id(@event));
        return CancelOutcome.Cancelled;
    }
}
