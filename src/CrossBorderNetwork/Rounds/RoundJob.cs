using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Leads a round from one state to the next: begins it on its day, makes the pairs, reminds the coordinators, sends what was
/// approved. Each step begins again where a crash left it.
/// </summary>
internal sealed class RoundJob(
    Database database, StartRound start, MatchRound match, SendRound send, RoundNotices notices, IOptionsMonitor<RoundOptions> options, TimeProvider time) : IScheduledJob
{
    /// <summary>When the coordinators are reminded of pairs that wait for them.</summary>
    private static readonly TimeSpan UntilReminder = TimeSpan.FromDays(2);

    public string Name => "rounds";

    public string Schedule => "0/10 * * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        if (options.CurrentValue.Monthly && start.IsDue) await BeginAsync(ct);
        if (await FindAsync(RoundState.Open, ct) is { } open) await match.RunAsync(open, ct);
        if (await FindAsync(RoundState.Matched, ct) is { } matched) await AwaitReviewAsync(matched, ct);
        if (await FindAsync(RoundState.Reviewed, ct) is { } reviewed) await send.RunAsync(reviewed, ct);
    }

    private async Task<long?> FindAsync(RoundState state, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Rounds.Where(round => round.State == state).Select(round => (long?)round.Id).FirstOrDefaultAsync(ct);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        await using (var db = database.Read())
        {
            var month = start.ThisMonth;
            // A network of one side has nobody to introduce yet.
            if (await db.Rounds.AnyAsync(round => round.Month == month, ct)
                || await db.Members.Where(member => member.MayBeFound && member.RoundCapacity > 0).Select(member => member.Side).Distinct().CountAsync(ct) < 2) return;
        }
        await using var work = await database.BeginAsync(ct);
        await start.RunAsync(work.Db, by: null, ct);
        await work.CommitAsync(ct);
    }

    private async Task AwaitReviewAsync(long roundId, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        var now = time.GetUtcNow();
        if (await work.Db.Rounds.FirstOrDefaultAsync(round => round.Id == roundId && round.State == RoundState.Matched, ct) is not { } round) return;
        if (options.CurrentValue.ReviewDays is > 0 and var days && now >= round.MatchedAt + TimeSpan.FromDays(days))
        {
            (round.State, round.ReviewedAt) = (RoundState.Reviewed, now);
        }
        else if (round.RemindedAt is null && now >= round.MatchedAt + UntilReminder)
        {
            round.RemindedAt = now;
            await notices.CoordinatorsAsync(work, round, "waiting", ct);
        }
        await work.CommitAsync(ct);
    }
}
