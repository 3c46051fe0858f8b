using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Starts announcements when they are due, shows how they go, and says once what became of them.</summary>
internal sealed class BroadcastJob(Database database, Announce announce, Progress progress, FetchMedia media) : IScheduledJob
{
    public string Name => "broadcasts";

    public string Schedule => "0/5 * * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        await media.RunAsync(ct);
        foreach (var id in await OpenAsync(ct))
        {
            await using var work = await database.BeginAsync(ct);
            // What was read before the transaction may have changed: the verbs look at the state again.
            if (await work.Db.Broadcasts.FirstOrDefaultAsync(b => b.Id == id, ct) is not { } broadcast) continue;
            await announce.LapseAsync(work, broadcast, ct);
            await announce.StartAsync(work, broadcast, ct);
            if (broadcast.IsGoing) await progress.ShowAsync(work, broadcast, ct);
            await work.CommitAsync(ct);
        }
    }

    private async Task<List<long>> OpenAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Broadcasts.Where(b => b.State != BroadcastState.Draft && b.State != BroadcastState.Ended).Select(b => b.Id).ToListAsync(ct);
    }
}
