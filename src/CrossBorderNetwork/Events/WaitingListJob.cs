using CrossBorderNetwork.Data;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Events;

/// <summary>Gives out seats that freed without a press: the one who had it left the network.</summary>
internal sealed class WaitingListJob(Database database, Seats seats, TimeProvider time) : IScheduledJob
{
    public string Name => "event-waiting-lists";

    public string Schedule => "0 10 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = database.Read();
        var signUps = db.SignUps;
        var waitedFor = await db.UpcomingEvents(now)
            .Where(e => signUps.Any(s => s.EventId == e.Id && s.State == SignUpState.Waiting)
                && signUps.Count(s => s.EventId == e.Id && s.State == SignUpState.Going) < e.Capacity)
            .Select(e => e.Id).ToListAsync(ct);
        foreach (var id in waitedFor)
        {
            await using var work = await database.BeginAsync(ct);
            if (await work.Db.Events.FindAsync([id], ct) is { } @event) await seats.FillAsync(work, @event, ct);
            await work.CommitAsync(ct);
        }
    }
}
