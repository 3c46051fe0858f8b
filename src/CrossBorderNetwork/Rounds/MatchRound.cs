using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Makes the pairs of a round that has begun. The search runs outside the write transaction; what it finds is stored in one, by
/// whoever claims the round first.
/// </summary>
internal sealed class MatchRound(Database database, RoundSearch search, RoundNotices notices, TimeProvider time)
{
    private const string Claim = "UPDATE round SET state = 'Matched', matched_at = @2 WHERE id = @1 AND state = 'Open'";

    private const string AddPair =
        "INSERT INTO round_pair (round_id, lithuanian_id, polish_id, score, is_by_hand, is_done) VALUES (@1, @2, @3, @4, FALSE, FALSE)";

    private const string AddSeat =
        """
        INSERT INTO round_seat (round_id, member_id, capacity, left_out, rounds_waited, silent_rounds, was_told)
        VALUES (@1, @2, @3, @4, @5, @6, FALSE)
        """;

    public async Task RunAsync(long roundId, CancellationToken ct)
    {
        var seats = new Dictionary<long, RoundSeat>();
        RoundOutcome outcome;
        await using (var db = database.Read())
        {
            var earlier = await EarlierSeatsAsync(db, roundId, ct);
            outcome = await search.RunAsync(db, roundId, profile => Seat(profile, roundId, earlier, seats), ct);
        }
        foreach (var left in outcome.LeftOut) seats[left.Id].LeftOut = left.Reason;
        await StoreAsync(roundId, outcome, seats.Values, ct);
    }

    private async Task StoreAsync(long roundId, RoundOutcome outcome, IEnumerable<RoundSeat> seats, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        if (work.Execute(Claim, roundId, time.GetUtcNow().ToUnixTimeMilliseconds()) == 0) return;
        foreach (var pair in outcome.Pairs) work.Execute(AddPair, roundId, pair.Lithuanian, pair.Polish, pair.Score);
        foreach (var seat in seats)
            work.Execute(AddSeat, roundId, seat.MemberId, seat.Capacity, seat.LeftOut?.ToString(), seat.RoundsWaited, seat.SilentRounds);
        var round = (await work.Db.Rounds.FindAsync([roundId], ct))!;
        (round.Value, round.Bound) = (outcome.Value, outcome.Certificate.Bound);
        (round.LithuaniaMembers, round.LithuaniaCovered, round.LithuaniaAttainable) = outcome.Lithuania;
        (round.PolandMembers, round.PolandCovered, round.PolandAttainable) = outcome.Poland;
        await work.Db.StorePricesAsync(roundId, outcome.Prices, ct);
        await notices.CoordinatorsAsync(work, round, "ready", ct);
        await work.CommitAsync(ct);
    }

    /// <summary>The seat of everybody in the last closed round that the member took part in.</summary>
    private static async Task<Dictionary<long, (RoundSeat Seat, DateTimeOffset ClosedAt)>> EarlierSeatsAsync(NetworkDb db, long roundId, CancellationToken ct)
    {
        var seats = db.RoundSeats;
        var last = await seats.AsNoTracking()
            .Where(seat => seat.RoundId == seats.Where(other => other.MemberId == seat.MemberId && other.RoundId < roundId).Max(other => other.RoundId))
            .Join(db.Rounds, seat => seat.RoundId, round => round.Id, (seat, round) => new { Seat = seat, round.ClosedAt }).ToListAsync(ct);
        return last.ToDictionary(entry => entry.Seat.MemberId, entry => (entry.Seat, entry.ClosedAt ?? DateTimeOffset.MaxValue));
    }

    private static Profile Seat(Profile profile, long roundId, Dictionary<long, (RoundSeat Seat, DateTimeOffset ClosedAt)> earlier, Dictionary<long, RoundSeat> seats)
    {
        if (!profile.Available || profile.Capacity == 0) return profile with { Capacity = 0 };
        var (waited, silent) = (0, 0);
        if (earlier.TryGetValue(profile.Id, out var last))
        {
            waited = last.Seat.LeftOut is null ? 0 : last.Seat.RoundsWaited + 1;
            silent = profile.LastActive > last.ClosedAt ? 0 : last.Seat.SilentRounds;
            // Whoever was asked whether to pause is left in peace until there is a sign of life.
            if (silent >= Round.SilentRoundsUntilAsked) return profile with { Capacity = 0 };
        }
        seats[profile.Id] = new RoundSeat { RoundId = roundId, MemberId = profile.Id, Capacity = profile.Capacity, RoundsWaited = waited, SilentRounds = silent };
        return profile with { RoundsWaited = waited };
    }
}
