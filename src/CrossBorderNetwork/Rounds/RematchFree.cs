using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching.Rounds;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Matches those again who are free in a round that was sent: left out, or left by a no or by silence. Only among themselves, for
/// all others have somebody.
/// </summary>
internal sealed class RematchFree(Database database, RoundSearch search, ProposeIntroduction propose)
{
    public async Task RunAsync(long roundId, CancellationToken ct)
    {
        RoundOutcome outcome;
        await using (var db = database.Read())
        {
            var free = (await RoundStanding.ReadAsync(db, db.RoundSeats.AsNoTracking(), roundId, ct)).Where(standing => standing.FreePlaces > 0)
                .ToDictionary(standing => standing.Seat.MemberId);
            if (free.Count < 2) return;
            outcome = await search.RunAsync(db, roundId, profile => free.TryGetValue(profile.Id, out var standing)
                ? profile with { Capacity = Math.Min(profile.Capacity, standing.FreePlaces), RoundsWaited = standing.Seat.RoundsWaited }
                : profile with { Capacity = 0 }, ct);
        }
        foreach (var pair in outcome.Pairs) await IntroduceAsync(roundId, pair, ct);
    }

    private async Task IntroduceAsync(long roundId, Introduced pair, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        if (!await work.Db.Rounds.AnyAsync(round => round.Id == roundId && round.State == RoundState.Sent, ct)) return;
        if (!await propose.RunAsync(work, roundId, pair.Lithuanian, pair.Polish, ct)) return;
        // The search may have meant the two for each other before, when they could not be introduced.
        if (!await work.Db.RoundPairs.AnyAsync(known => known.RoundId == roundId && known.LithuanianId == pair.Lithuanian && known.PolishId == pair.Polish, ct))
            work.Db.RoundPairs.Add(new RoundPair { RoundId = roundId, LithuanianId = pair.Lithuanian, PolishId = pair.Polish, Score = pair.Score, IsDone = true });
        foreach (var seat in await work.Db.RoundSeats.Where(seat => seat.RoundId == roundId && (seat.MemberId == pair.Lithuanian || seat.MemberId == pair.Polish)).ToListAsync(ct))
            seat.LeftOut = null;
        await work.CommitAsync(ct);
    }
}
