using CrossBorderNetwork.Data;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>While a round is under way, matches those again who became free; closes it when its time is over.</summary>
internal sealed class RematchJob(Database database, RematchFree rematch, CloseRound close, TimeProvider time) : IScheduledJob
{
    public string Name => "rematch";

    public string Schedule => "30 0/5 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (id, sentAt) in await SentAsync(ct))
        {
            if (time.GetUtcNow() < sentAt + Round.OpenAfterSending) await rematch.RunAsync(id, ct);
            else await close.RunAsync(id, ct);
        }
    }

    private async Task<List<(long Id, DateTimeOffset? SentAt)>> SentAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var rounds = await db.Rounds.Where(round => round.State == RoundState.Sent).OrderBy(round => round.Id).Select(round => new { round.Id, round.SentAt }).ToListAsync(ct);
        return [.. rounds.Select(round => (round.Id, round.SentAt))];
    }
}
