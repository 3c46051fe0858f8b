using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Scheduling;

/// <summary>
/// Forgets what nobody needs any more: updates that no channel offers again, and what became of messages after sixty days, which
/// is longer than any report or reminder looks back. Ends a purge for which somebody was in the way.
/// </summary>
internal sealed class HousekeepingJob(Database database, Inbox inbox, OutboxRows outbox, TimeProvider time) : IScheduledJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    public string Name => "housekeeping";

    public string Schedule => "0 20 1 * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        await inbox.ForgetOldAsync(ct);
        await outbox.ForgetOldAsync(time.GetUtcNow() - Kept, ct);
        if (database.OwesPurge) await database.PurgeDeletedAsync(ct);
    }
}
