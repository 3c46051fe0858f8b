using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Calls;

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
