using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Evaluation;

/// <summary>
/// A way of pairing over several rounds. Exposure is how unequally introductions are spread over the members, as a Gini coefficient;
/// repeats the share of pairs who had met before. Of those who have somebody to talk with at all: never is how many got nobody, long
/// waits how many got nobody three rounds in a row or more, and the longest wait is in rounds.
/// </summary>
public sealed record Course(string Way, RoundQuality First, RoundQuality Last, double Exposure, double Repeats, int Never, int LongWaits, int LongestWait);

/// <summary>Who stands in the ten best of everybody's list: with and without the prices of a round.</summary>
public sealed record Lists(double Exposure, double NeverShown, int MostShown);

/// <summary>Follows the round and two usual ways through the same months. The history grows, and who got nobody waits.</summary>
public sealed class RoundComparison(Vocabulary vocabulary, ScoreWeights weights, RoundSettings settings)
{
    public static readonly DateOnly Day;

    private const int LongWait = 3;

    public IEnumerable<(Course Course, double Bound)> Run(
        IReadOnlyList<Profile> people, IReadOnlyList<(long One, long Other)> apart, long seed, int rounds, CancellationToken ct)
    {
        var bound = 0.0;
        yield return (Follow("auction", people, apart, seed, rounds, input =>
        {
            var outcome = new SolveRound(vocabulary, weights, settings).Run(input, ct);
            if (bound == 0) bound = outcome.Certificate.Bound;
            return outcome.Pairs;
        }), bound);
        yield return (Follow("greedy", people, apart, seed, rounds, new GreedyRound(vocabulary, weights, settings).Run), bound);
        var score = new Score(vocabulary, TopicRarity.From(vocabulary, people), Bridges.From(vocabulary, people), Day, weights);
        yield return (Follow("random by topic", people, apart, seed, rounds, input =>
            [.. RandomRound.Run([.. input.People], input.Seed).Select(pair => new Introduced(pair.Lithuanian.Id, pair.Polish.Id, score.Value(pair.Lithuanian, pair.Polish)))]), bound);
    }

    /// <summary>The interactive lists before and after a round has put its prices on the members.</summary>
    public (Lists Raw, Lists Priced) Interactive(IReadOnlyList<Profile> people, IReadOnlyDictionary<long, double> prices, double strength)
    {
        var index = new PartnerIndex(vocabulary, weights);
        index.Load(people);
        var raw = Count();
        index.Price(prices, strength);
        return (raw, Count());

        Lists Count()
        {
            var shown = people.Where(person => person.Available).ToDictionary(person => person.Id, _ => 0);
            foreach (var person in people)
            {
                foreach (var ranked in index.Top(person.Id, 10, Day, new HashSet<long>())) shown[ranked.Id]++;
            }
            return new Lists(
                RoundQuality.Gini(shown.Values),
                (double)shown.Values.Count(times => times == 0) / Math.Max(1, shown.Count),
                shown.Values.DefaultIfEmpty().Max());
        }
    }

    private Course Follow(
        string way, IReadOnlyList<Profile> people, IReadOnlyList<(long One, long Other)> apart, long seed, int rounds,
        Func<RoundInput, IReadOnlyList<Introduced>> pair)
    {
        var now = people;
        var met = apart.Select(Ordered).ToHashSet();
        var times = people.Where(person => person is { Available: true, Capacity: > 0 }).ToDictionary(person => person.Id, _ => 0);
        var waits = WhoCanMeet(people, apart).Where(times.ContainsKey).ToDictionary(id => id, _ => (Now: 0, Longest: 0));
        var (all, repeated) = (0, 0);
        RoundQuality? first = null, last = null;
        for (var round = 0; round < rounds; round++)
        {
            var pairs = pair(new RoundInput(now, met, Day, seed + round));
            last = RoundQuality.Of(now, pairs, settings);
            first ??= last;
            var covered = new HashSet<long>();
            foreach (var introduced in pairs)
            {
                all++;
                if (!met.Add(Ordered((introduced.Lithuanian, introduced.Polish)))) repeated++;
                times[introduced.Lithuanian]++;
                times[introduced.Polish]++;
                if (introduced.Score <= 0) continue;
                covered.Add(introduced.Lithuanian);
                covered.Add(introduced.Polish);
            }
            foreach (var (id, (waited, longest)) in waits)
                waits[id] = covered.Contains(id) ? (0, longest) : (waited + 1, Math.Max(longest, waited + 1));
            now = [.. now.Select(person => person with { RoundsWaited = covered.Contains(person.Id) ? 0 : person.RoundsWaited + 1 })];
        }
        var longestWaits = waits.Values.Select(wait => wait.Longest).ToList();
        return new Course(
            way,
            first!,
            last!,
            RoundQuality.Gini(times.Values),
            all > 0 ? (double)repeated / all : 0,
            longestWaits.Count(wait => wait == rounds),
            longestWaits.Count(wait => wait >= LongWait),
            longestWaits.DefaultIfEmpty().Max());
    }

    private HashSet<long> WhoCanMeet(IReadOnlyList<Profile> people, IReadOnlyList<(long One, long Other)> apart)
    {
        var index = new PartnerIndex(vocabulary, weights);
        index.Load(people.Where(person => person.Capacity > 0));
        var met = apart.Concat(apart.Select(pair => (One: pair.Other, Other: pair.One))).ToLookup(pair => pair.One, pair => pair.Other);
        return [.. people.Select(person => person.Id).Where(id => index.Top(id, 1, Day, met[id].ToHashSet()) is [var best] && best.Value >= settings.LeastScore)];
    }

    private static (long One, long Other) Ordered((long One, long Other) pair) => pair.One < pair.Other ? pair : (pair.Other, pair.One);
}
