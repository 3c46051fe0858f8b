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

public enum CloseOutcome
{
    Closed,
    AlreadyClosed,

    /// <summary>Only the author closes a call.</summary>
    NotYours,
}

/// <summary>Closes a call with what came of it. Its author only.</summary>
public sealed class CloseCall(Rights rights)
{
    public async Task<CloseOutcome> RunAsync(UnitOfWork work, long personId, long callId, CallOutcome outcome, CancellationToken ct)
    {
        if (await work.Db.Calls.FindAsync([callId], ct) is not { } call || call.AuthorId != personId)
        {
            rights.Note(work.Db, personId, "denied:call.close", callId.ToString(CultureInfo.InvariantCulture));
            return CloseOutcome.NotYours;
        }
        // An expired call can still be told what came of it.
        if (call.Outcome is CallOutcome.PartnerFound or CallOutcome.NobodyFound) return CloseOutcome.AlreadyClosed;
        call.Outcome = outcome;
        rights.Note(work.Db, personId, "call.close", callId.ToString(CultureInfo.InvariantCulture));
        return CloseOutcome.Closed;
    }
}
