using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Ends a round: who was left by everybody comes first next time, and who has not answered for several rounds is asked whether to
/// pause. Introductions that are still open go on.
/// </summary>
internal sealed class CloseRound(Database database, PartnerPool pool, RoundNotices notices, TimeProvider time)
{
    public async Task RunAsync(long roundId, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        if (await work.Db.Rounds.FirstOrDefaultAsync(round => round.Id == roundId && round.State == RoundState.Sent, ct) is not { } round) return;
        (round.State, round.ClosedAt) = (RoundState.Closed, time.GetUtcNow());
        foreach (var standing in await RoundStanding.ReadAsync(work.Db, work.Db.RoundSeats, roundId, ct))
        {
            var seat = standing.Seat;
            if (standing.WasLeft) seat.LeftOut = LeftOutReason.NobodyFree;
            if (standing.Introductions.Count > 0) seat.SilentRounds = standing.IsSilent ? seat.SilentRounds + 1 : 0;
            if (standing.IsSilent && seat.SilentRounds >= Round.SilentRoundsUntilAsked && await pool.IsPresentAsync(work.Db, seat.MemberId, ct))
                await notices.SilentAsync(work, round, seat.MemberId, ct);
        }
        await work.CommitAsync(ct);
    }
}
