using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>Both sides packed, who must not meet whom, and which side chooses: that with fewer places.</summary>
internal sealed class Market
{
    private readonly int[] apartStarts;
    private readonly int[] apart;

    private Market(MarketSide choosers, MarketSide offered, Side choosing, Score score, RoundInput input)
    {
        Choosers = choosers;
        Offered = offered;
        Choosing = choosing;
        Score = score;
        Turns = [.. Enumerable.Range(0, choosers.Count).OrderBy(chooser => Turn(input.Seed, choosers.Ids[chooser]))];
        (apartStarts, apart) = Index(input.Apart);
    }

    public MarketSide Choosers { get; }

    public MarketSide Offered { get; }

    public Side Choosing { get; }

    public Score Score { get; }

    /// <summary>The choosers in the order in which they begin.</summary>
    public int[] Turns { get; }

    public static Market Of(RoundInput input, Vocabulary vocabulary, ScoreWeights weights, RoundSettings settings)
    {
        var bare = new Score(vocabulary, TopicRarity.Of(0, new int[vocabulary.Topics.Count]), Bridges.None, input.Today, weights);
        Dictionary<long, PackedProfile> members = [];
        foreach (var profile in input.People)
        {
            if (profile is { Available: true }) members[profile.Id] = bare.Pack(profile);
            else members.Remove(profile.Id);
        }
        var chosenBy = new int[vocabulary.Topics.Count];
        foreach (var member in members.Values)
        {
            for (var topic = 0; topic < chosenBy.Length; topic++)
            {
                if ((member.Offers[topic] | member.Seeks[topic]) != 0) chosenBy[topic]++;
            }
        }
        var bridges = Bridges.Of(members.Values.Where(member => member.Bridge).Select(Score.Spoken));
        var score = new Score(vocabulary, TopicRarity.Of(members.Count, chosenBy), bridges, input.Today, weights);
        var taking = members.Values.Where(member => member.Capacity > 0).ToLookup(member => member.Side);
        var towns = Towns.None.With(members.Values.Select(member => member.Place).Distinct().OrderBy(place => place.Latitude).ThenBy(place => place.Longitude), score);
        var (lithuania, poland) = (Pack(Side.LT), Pack(Side.PL));
        return lithuania.Slots <= poland.Slots
            ? new Market(lithuania, poland, Side.LT, score, input)
            : new Market(poland, lithuania, Side.PL, score, input);

        MarketSide Pack(Side side) => new(
            [.. PackedSide.InOrder(taking[side]).ThenBy(member => Turn(input.Seed, member.Id))],
            towns, score, settings);
    }

    public bool AreApart(int chooser, int offered)
    {
        for (var at = apartStarts[chooser]; at < apartStarts[chooser + 1]; at++)
        {
            if (apart[at] == offered) return true;
        }
        return false;
    }

    private static ulong Turn(long seed, long id) => Scatter.Of(Scatter.Of((ulong)seed) ^ (ulong)id);

    // Compressed by chooser: few have more than a handful.
    private (int[] Starts, int[] Apart) Index(IEnumerable<(long One, long Other)> pairs)
    {
        var choosers = Choosers.Ids.Index().ToDictionary(member => member.Item, member => member.Index);
        var offered = Offered.Ids.Index().ToDictionary(member => member.Item, member => member.Index);
        HashSet<(int Chooser, int Offered)> met = [];
        foreach (var (one, other) in pairs)
        {
            if (choosers.TryGetValue(one, out var chooser) && offered.TryGetValue(other, out var place)) met.Add((chooser, place));
            else if (choosers.TryGetValue(other, out chooser) && offered.TryGetValue(one, out place)) met.Add((chooser, place));
        }
        var starts = new int[Choosers.Count + 1];
        foreach (var pair in met) starts[pair.Chooser + 1]++;
        for (var chooser = 0; chooser < Choosers.Count; chooser++) starts[chooser + 1] += starts[chooser];
        return (starts, [.. met.Order().Select(pair => pair.Offered)]);
    }
}
