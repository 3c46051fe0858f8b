using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Rounds;

/// <summary>Searches the best assignment of those who take part, as the network stands now. Reads only, and takes its time.</summary>
public sealed class RoundSearch(DialogContent content, PartnerPool pool, IOptions<ScoreWeights> weights, IOptions<RoundSettings> settings, TimeProvider time)
{
    /// <param name="db">Read outside any write transaction.</param>
    /// <param name="seed">Decides ties: the round's number.</param>
    /// <param name="seat">What a member brings into the search: the capacity, and the rounds waited.</param>
    /// <param name="ct">Ends the search.</param>
    public async Task<RoundOutcome> RunAsync(NetworkDb db, long seed, Func<Profile, Profile> seat, CancellationToken ct)
    {
        var people = (await pool.ProfilesAsync(db, ct)).Select(seat);
        var now = time.GetUtcNow();
        var met = await db.Introductions.AsNoTracking().Select(introduction => new { introduction.AskerId, introduction.AskedId }).ToListAsync(ct);
        var aside = await db.PairsSetAside(now).ToListAsync(ct);
        var apart = met.Select(pair => (pair.AskerId, pair.AskedId)).Concat(aside.Select(pair => (pair.One, pair.Other)));
        return new SolveRound(ContentVocabulary.Of(content), weights.Value, settings.Value)
            .Run(new RoundInput(people, apart, DateOnly.FromDateTime(now.UtcDateTime), seed), ct);
    }
}
