using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Tells the author once what became of an announcement, when none of its messages is open any more.</summary>
internal sealed class BroadcastJob(Database database, Notify notify, TimeProvider time) : IScheduledJob
{
    public string Name => "broadcast-report";

    public string Schedule => "30 * * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var id in await EndedAsync(ct))
        {
            await using var work = await database.BeginAsync(ct);
            var broadcast = await work.Db.Broadcasts.SingleAsync(b => b.Id == id, ct);
            var tally = await Tally.OfAsync(work.Db, broadcast, ct);
            if (broadcast.EndedAt is not null) continue;
            broadcast.Result = tally;
            broadcast.EndedAt = time.GetUtcNow();
            var key = id.ToString(CultureInfo.InvariantCulture);
            var posting = new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(24), Key = "broadcast-report:" + key };
            await notify.MemberAsync(work, broadcast.AuthorId, "announce", "report", language => AnnounceAnswers.Values(broadcast, tally, language), key, posting, ct);
            await work.CommitAsync(ct);
        }
    }

    private async Task<List<long>> EndedAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var ended = new List<long>();
        foreach (var broadcast in await db.Broadcasts.AsNoTracking().Where(b => b.EndedAt == null).ToListAsync(ct))
        {
            if ((await Tally.OfAsync(db, broadcast, ct)).Waiting == 0) ended.Add(broadcast.Id);
        }
        return ended;
    }
}
