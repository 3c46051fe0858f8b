using System.Collections.Frozen;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Benchmarks;

/// <summary>
/// What /partners costs: the ten best for one member, by the index and by the ranking that one would first write over the
/// profiles. Both must give the same values, or the comparison stops.
/// </summary>
internal static class PartnersBenchmark
{
    private const int Count = 10;
    private const int Rounds = 300;

    public static void Run(TextWriter output)
    {
        var weights = new ScoreWeights();
        foreach (var members in (int[])[1_000, 10_000])
        {
            var people = Population.Of(members);
            var index = new PartnerIndex(Population.Vocabulary, weights);
            index.Load(people);
            var ranking = new NaiveRanking(people, index.ScoreOn(Population.Today));
            Profile[] askers = [.. people.Where(person => person.Available).Take(Rounds)];
            Check(index, ranking, askers);

            var times = Stopwatches.Medians(
                Rounds,
                round => index.Top(askers[round % askers.Length].Id, Count, Population.Today, FrozenSet<long>.Empty),
                round => ranking.Top(askers[round % askers.Length], Count),
                round => index.Set(askers[round % askers.Length]));
            var wanted = members == 10_000 ? " (at least 20 wanted)" : "";
            output.WriteLine(FormattableString.Invariant(
                $"partners, {members:N0} members: {times[0]:0.000} ms, naive LINQ ranking {times[1]:0.0} ms, ")
                + FormattableString.Invariant($"ratio {times[1] / times[0]:0.0}{wanted}"));
            output.WriteLine(FormattableString.Invariant(
                $"partners, {members:N0} members: one changed profile {times[2]:0.000} ms"));
        }
    }

    private static void Check(PartnerIndex index, NaiveRanking ranking, Profile[] askers)
    {
        foreach (var asker in askers.Take(30))
        {
            var found = index.Top(asker.Id, Count, Population.Today, FrozenSet<long>.Empty);
            var expected = ranking.Top(asker, Count);
            // The naive sum rounds otherwise, so equal values may change places; values must agree.
            if (found.Zip(expected).Any(pair => Math.Abs(pair.First.Value - pair.Second.Value) > 1e-12))
                throw new InvalidOperationException($"The index and the naive ranking disagree about member {asker.Id}.");
        }
    }

    /// <summary>The formula as LINQ over the profiles, written independently of the product's.</summary>
    private sealed class NaiveRanking(List<Profile> people, Score score)
    {
        private readonly ScoreWeights weights = score.Weights;

        public List<Ranked> Top(Profile me, int count) => people
            .Where(other => other.Side != me.Side && other.Available && me.Available)
            .Select(other => (Other: other, Language: Language(me, other)))
            .Where(pair => pair.Language > 0)
            .Select(pair => new Ranked(pair.Other.Id, Value(me, pair.Other, pair.Language)))
            .OrderByDescending(ranked => ranked.Value)
            .Take(count)
            .ToList();

        private double Language(Profile a, Profile b)
        {
            var best = a.Languages.Keys.Intersect(b.Languages.Keys)
                .Select(key => (Level)Math.Min((int)a.Languages[key], (int)b.Languages[key]))
                .DefaultIfEmpty()
                .Max();
            return best is Level.Works ? weights.BothWork
                : best is Level.Converses ? weights.BothConverse
                : score.Bridges.Link(a, b) ? weights.ViaBridge
                : 0;
        }

        private double Value(Profile a, Profile b, double language)
        {
            var (mine, theirs) = (Utility(a, b, language), Utility(b, a, language));
            return 2 * mine * theirs / (mine + theirs);
        }

        private double Utility(Profile me, Profile other, double language)
        {
            var topics = me.Topics.Count == 0 ? weights.Undeclared
                : me.Topics.Intersect(other.Topics).Sum(score.Rarity.WeightOf) / me.Topics.Sum(score.Rarity.WeightOf);
            var needs = me.Seeks.Count == 0 ? weights.Undeclared
                : (double)me.Seeks.Intersect(other.Offers).Count() / me.Seeks.Count;
            var role = me.Role == other.Role ? weights.SameRole : weights.OtherRole;
            var days = score.Today.DayNumber - DateOnly.FromDateTime(other.LastActive.UtcDateTime).DayNumber;
            var sum = (weights.Topics * topics) + (weights.Needs * needs) + (weights.Language * language) + (weights.Role * role)
                + (weights.Distance / (1 + (me.Place.KmTo(other.Place) / weights.HalfDistanceKm)))
                + (weights.Freshness / (1 + (Math.Max(0, days) / weights.HalfFreshnessDays)))
                + (weights.Fairness / (1 + (other.TimesFound / weights.HalfFound)));
            return sum / (weights.Topics + weights.Needs + weights.Language + weights.Role
                + weights.Distance + weights.Freshness + weights.Fairness);
        }
    }
}
