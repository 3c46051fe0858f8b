using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Events;

public enum PublishOutcome
{
    Published,
    Denied,

    /// <summary>The event has begun while its draft lay waiting.</summary>
    TooLate,
}

/// <summary>Puts an event before all members. Coordinators only, noted in the audit.</summary>
public sealed class PublishEvent(Rights rights, TimeProvider time)
{
    public async Task<PublishOutcome> RunAsync(UnitOfWork work, long personId, NetworkEvent draft, CancellationToken ct)
    {
        if (await rights.CoordinatesAsync(work.Db, personId, ct) is null)
        {
            rights.Note(work.Db, personId, "denied:event.publish", null);
            return PublishOutcome.Denied;
        }
        if (draft.StartsAt <= time.GetUtcNow()) return PublishOutcome.TooLate;
        work.Db.Events.Add(draft);
        await work.SaveAsync(ct);
        rights.Note(work.Db, personId, "event.publish", Seats.Id(draft));
        return PublishOutcome.Published;
    }
}
