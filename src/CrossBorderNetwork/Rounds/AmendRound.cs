using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Rounds;

/// <summary>What a coordinator could do to the pairs of a round: some go, some come. A positive cost makes the round worth less.</summary>
internal sealed record RoundChange(long MemberId, long? CandidateId, IReadOnlyList<RoundPair> Removed, IReadOnlyList<RoundPair> Added, double Cost);

/// <summary>
/// Changes a round by hand before it goes out: removes a pair, gives somebody another partner, gives one to a member left out. What
/// the search must hold, the hand must too: language, capacity, nobody twice, nobody set aside.
/// </summary>
internal sealed class AmendRound(PartnerPool pool, PartnerSearch search, IOptions<RoundSettings> settings, Rights rights)
{
    /// <summary>The best partners of a member are looked at, and the cheapest changes among them offered.</summary>
    private const int Considered = 24;
    private const int Offered = 6;

    /// <summary>Taking a pair apart.</summary>
    public async Task<RoundChange?> RemovalAsync(NetworkDb db, long pairId, CancellationToken ct) =>
        await db.RoundPairs.FindAsync([pairId], ct) is { } pair ? Weigh(await RoundPlan.ReadAsync(db, pair.RoundId, ct), pair.LithuanianId, null, [pair], []) : null;

    /// <summary>The cheapest ways to give a member another partner than that of a pair, or one to a member left out.</summary>
    /// <param name="db">Where the round is.</param>
    /// <param name="roundId">The round.</param>
    /// <param name="memberId">For whom.</param>
    /// <param name="pairId">The member's pair that goes; null for a member left out.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task<IReadOnlyList<RoundChange>> ChangesAsync(NetworkDb db, long roundId, long memberId, long? pairId, CancellationToken ct)
    {
        var plan = await RoundPlan.ReadAsync(db, roundId, ct);
        var barred = await BarredAsync(db, plan, memberId, ct);
        var changes = new List<RoundChange>();
        foreach (var candidate in await pool.TopAsync(db, memberId, Considered, barred, ct))
        {
            if (await ChangeAsync(db, plan, memberId, pairId, candidate, ct) is { } change) changes.Add(change);
        }
        return [.. changes.OrderBy(change => change.Cost).Take(Offered)];
    }

    /// <summary>Gives a member this partner; null where the two must not be paired, or somebody has no place.</summary>
    public async Task<RoundChange?> ChangeAsync(NetworkDb db, long roundId, long memberId, long? pairId, long candidateId, CancellationToken ct)
    {
        var plan = await RoundPlan.ReadAsync(db, roundId, ct);
        return (await BarredAsync(db, plan, memberId, ct)).Contains(candidateId) ? null : await ChangeAsync(db, plan, memberId, pairId, candidateId, ct);
    }

    /// <summary>Does it, in the coordinator's turn. False where the round is no longer to be changed.</summary>
    public async Task<bool> ApplyAsync(UnitOfWork work, Round round, RoundChange change, long by, CancellationToken ct)
    {
        var db = work.Db;
        if (round.State != RoundState.Matched) return false;
        db.RoundPairs.RemoveRange(change.Removed);
        await work.SaveAsync(ct);
        db.RoundPairs.AddRange(change.Added);
        await work.SaveAsync(ct);
        var plan = await RoundPlan.ReadAsync(db, round.Id, ct);
        foreach (var memberId in change.Removed.Concat(change.Added).SelectMany(pair => new[] { pair.LithuanianId, pair.PolishId }).Distinct())
        {
            if (plan.Seats.TryGetValue(memberId, out var seat)) seat.LeftOut = plan.PairsOf(memberId).Count > 0 ? null : seat.LeftOut ?? LeftOutReason.NobodyFree;
        }
        foreach (var pair in change.Removed) rights.Note(db, by, "round.remove-pair", Introduction.PairOf(pair.LithuanianId, pair.PolishId));
        foreach (var pair in change.Added) rights.Note(db, by, "round.add-pair", Introduction.PairOf(pair.LithuanianId, pair.PolishId));
        return true;
    }

    private async Task<RoundChange?> ChangeAsync(NetworkDb db, RoundPlan plan, long memberId, long? pairId, long candidateId, CancellationToken ct)
    {
        if (!plan.Seats.ContainsKey(memberId) || !plan.Seats.TryGetValue(candidateId, out var candidate)) return null;
        var removed = new List<RoundPair>();
        var mine = pairId is { } id ? plan.Pairs.FirstOrDefault(pair => pair.Id == id) : null;
        if (mine is not null) removed.Add(mine);
        else if (plan.PairsOf(memberId).Count >= plan.Seats[memberId].Capacity) return null;

        // Where the candidate has no place free, the weakest partner makes room.
        var theirs = plan.PairsOf(candidateId);
        var given = theirs.Count >= candidate.Capacity ? theirs.MinBy(pair => pair.Score) : null;
        if (given is not null) removed.Add(given);
        if (await PairAsync(db, plan.RoundId, memberId, candidateId, ct) is not { } wanted) return null;
        var added = new List<RoundPair> { wanted };
        // The two who are left over are introduced to each other, if that is possible: an exchange.
        if (mine is not null && given is not null
            && (await BarredAsync(db, plan, mine.OtherThan(memberId), ct)).Contains(given.OtherThan(candidateId)) == false
            && await PairAsync(db, plan.RoundId, mine.OtherThan(memberId), given.OtherThan(candidateId), ct) is { } exchanged) added.Add(exchanged);
        return Weigh(plan, memberId, candidateId, removed, added);
    }

    private async Task<RoundPair?> PairAsync(NetworkDb db, long roundId, long one, long other, CancellationToken ct)
    {
        if (await pool.AssessAsync(one, other, ct) is not { Feasible: true } fit || fit.Value < settings.Value.LeastScore) return null;
        var (lithuanian, polish) = await db.Members.AnyAsync(member => member.Id == one && member.Side == "LT", ct) ? (one, other) : (other, one);
        return new RoundPair { RoundId = roundId, LithuanianId = lithuanian, PolishId = polish, Score = fit.Value, IsByHand = true };
    }

    private async Task<HashSet<long>> BarredAsync(NetworkDb db, RoundPlan plan, long memberId, CancellationToken ct) =>
        [.. await search.BarredAsync(db, memberId, ct), .. plan.PairsOf(memberId).Select(pair => pair.OtherThan(memberId))];

    private RoundChange Weigh(RoundPlan plan, long memberId, long? candidateId, IReadOnlyList<RoundPair> removed, IReadOnlyList<RoundPair> added) =>
        new(memberId, candidateId, removed, added, plan.Value(settings.Value) - plan.With(removed, added).Value(settings.Value));
}
