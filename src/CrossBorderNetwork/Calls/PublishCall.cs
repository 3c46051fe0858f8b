using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Calls;

public enum PublishCallOutcome
{
    Published,
    Denied,

    /// <summary>The last day passed while the draft lay waiting.</summary>
    TooLate,
}

/// <summary>Puts a call before all members. Coordinators only, noted in the audit.</summary>
public sealed class PublishCall(Rights rights, TimeProvider time)
{
    public async Task<PublishCallOutcome> RunAsync(UnitOfWork work, long personId, Call draft, CancellationToken ct)
    {
        if (await rights.CoordinatesAsync(work.Db, personId, ct) is null)
        {
            rights.Note(work.Db, personId, "denied:call.publish", null);
            return PublishCallOutcome.Denied;
        }
        if (!draft.IsOpenAt(time.GetUtcNow())) return PublishCallOutcome.TooLate;
        work.Db.Calls.Add(draft);
        await work.SaveAsync(ct);
        rights.Note(work.Db, personId, "call.publish", draft.Id.ToString(CultureInfo.InvariantCulture));
        return PublishCallOutcome.Published;
    }
}
