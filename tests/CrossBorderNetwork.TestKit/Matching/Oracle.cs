using CrossBorderNetwork.Matching.Scoring;
using Google.OrTools.Graph;

namespace CrossBorderNetwork.TestKit.Matching;

/// <summary>
/// The best round there is, by the minimum-cost flow of OR-Tools over all pairs that may be introduced. For comparison only: it takes
/// far longer than the product's own search, and all pairs in memory.
/// </summary>
public static class Oracle
{
    private const double Scale = 1_000_000;

    /// <param name="people">Those who take part, of both sides.</param>
    /// <param name="allowed">The score of a Lithuanian and a Polish member who may be introduced, otherwise null.</param>
    /// <param name="bonusOf">What a first partner is worth, by the rounds waited.</param>
    public static double BestValue(IEnumerable<Profile> people, Func<Profile, Profile, double?> allowed, Func<int, double> bonusOf)
    {
        var sides = people.ToLookup(person => person.Side);
        List<Profile> lithuania = [.. sides[Side.LT]], poland = [.. sides[Side.PL]];
        var flow = new MinCostFlow();
        const int Source = 0, Sink = 1;
        var places = lithuania.Sum(person => person.Capacity);
        foreach (var (number, person) in lithuania.Index()) Places(Source, 2 + number, person);
        foreach (var (number, person) in poland.Index()) Places(2 + lithuania.Count + number, Sink, person);
        foreach (var (one, person) in lithuania.Index())
        {
            foreach (var (two, other) in poland.Index())
            {
                if (allowed(person, other) is { } score)
                    flow.AddArcWithCapacityAndUnitCost(2 + one, 2 + lithuania.Count + two, 1, -(long)Math.Round(score * Scale));
            }
        }
        // Whoever stays without a partner.
        flow.AddArcWithCapacityAndUnitCost(Source, Sink, places, 0);
        flow.SetNodeSupply(Source, places);
        flow.SetNodeSupply(Sink, -places);
        if (flow.Solve() is not MinCostFlowBase.Status.OPTIMAL and var status) throw new InvalidOperationException($"OR-Tools found no best round: {status}.");
        return -flow.OptimalCost() / Scale;

        // The first partner of each is worth the bonus more.
        void Places(int from, int to, Profile person)
        {
            flow.AddArcWithCapacityAndUnitCost(from, to, 1, -(long)Math.Round(bonusOf(person.RoundsWaited) * Scale));
            if (person.Capacity > 1) flow.AddArcWithCapacityAndUnitCost(from, to, person.Capacity - 1, 0);
        }
    }
}
