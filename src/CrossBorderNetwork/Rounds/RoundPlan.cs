using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching.Rounds;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>All pairs of a round that are still to be introduced, and who takes part in it.</summary>
internal sealed class RoundPlan(long roundId, IReadOnlyList<RoundPair> pairs, IReadOnlyDictionary<long, RoundSeat> seats)
{
    private readonly ILookup<long, RoundPair> _byMember =
        pairs.SelectMany(pair => new[] { (pair.LithuanianId, pair), (pair.PolishId, pair) }).ToLookup(entry => entry.Item1, entry => entry.pair);

    public long RoundId => roundId;

    public IReadOnlyList<RoundPair> Pairs => pairs;

    public IReadOnlyDictionary<long, RoundSeat> Seats => seats;

    public static async Task<RoundPlan> ReadAsync(NetworkDb db, long roundId, CancellationToken ct) => new(
        roundId,
        await db.RoundPairs.Where(pair => pair.RoundId == roundId).OrderBy(pair => pair.Id).ToListAsync(ct),
        await db.RoundSeats.Where(seat => seat.RoundId == roundId).ToDictionaryAsync(seat => seat.MemberId, ct));

    public List<RoundPair> PairsOf(long memberId) => [.. _byMember[memberId]];

    public RoundPlan With(IReadOnlyList<RoundPair> removed, IReadOnlyList<RoundPair> added) => new(roundId, [.. pairs.Except(removed), .. added], seats);

    /// <summary>As the search counts: the sum of the scores, and for each member with a partner the bonus.</summary>
    public double Value(RoundSettings settings) =>
        pairs.Sum(pair => pair.Score) + _byMember.Sum(member => settings.BonusOf(seats.GetValueOrDefault(member.Key)?.RoundsWaited ?? 0));
}
