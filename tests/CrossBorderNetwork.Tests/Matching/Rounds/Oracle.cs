using CrossBorderNetwork.Matching.Scoring;
using Google.OrTools.Graph;

namespace CrossBorderNetwork.Tests.Matching.Rounds;

/// <summary>The best assignment there is, by the minimum-cost flow of OR-Tools over all pairs that may be introduced.</summary>
internal static class Oracle
{
    private const double Scale = 1_000_000;

    public static double BestValue(RoundWorld world)
    {
        var (lithuania, poland) = (world.Taking(Side.LT).ToList(), world.Taking(Side.PL).ToList());
        var allowed = world.Allowed();
        var flow = new MinCostFlow();
        const int Source = 0, Sink = 1;
        var places = lithuania.Sum(person => person.Capacity);
        foreach (var (number, person) in lithuania.Index()) Places(Source, 2 + number, person, fromSource: true);
        foreach (var (number, person) in poland.Index()) Places(2 + lithuania.Count + number, Sink, person, fromSource: false);
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
        flow.Solve().ShouldBe(MinCostFlowBase.Status.OPTIMAL);
        return -flow.OptimalCost() / Scale;

        // The first partner of each is worth the bonus more.
        void Places(int from, int to, Profile person, bool fromSource)
        {
            flow.AddArcWithCapacityAndUnitCost(from, to, 1, -(long)Math.Round(RoundWorld.Settings.BonusOf(person.RoundsWaited) * Scale));
            if (person.Capacity > 1) flow.AddArcWithCapacityAndUnitCost(from, to, person.Capacity - 1, 0);
        }
    }
}
