namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The places that the offered side has to give, each with its price and its holder. A member's first place begins below nothing by
/// the bonus of a first partner. Prices only rise, and a place once taken stays taken.
/// </summary>
internal sealed class Places
{
    public const int Nobody = -1;

    private readonly int[] starts;
    private readonly float[] prices;
    private readonly int[] holders;

    public Places(MarketSide offered)
    {
        starts = new int[offered.Count + 1];
        for (var member = 0; member < offered.Count; member++) starts[member + 1] = starts[member] + offered.Capacities[member];
        prices = new float[starts[^1]];
        holders = new int[starts[^1]];
        holders.AsSpan().Fill(Nobody);
        Prices = new float[offered.Blocks.Length * Ranking.Block.Size];
        for (var member = 0; member < offered.Count; member++) Prices[member] = prices[starts[member]] = -offered.Bonuses[member];
    }

    /// <summary>By member, the price of the cheapest place; in whole blocks.</summary>
    public float[] Prices { get; }

    public ReadOnlySpan<int> Holders(int member) => holders.AsSpan(starts[member]..starts[member + 1]);

    /// <summary>Gives the cheapest place of a member away.</summary>
    /// <returns>Who held it so far, or <see cref="Nobody"/>.</returns>
    public int Take(int member, int chooser, float price)
    {
        var own = prices.AsSpan(starts[member]..starts[member + 1]);
        var ownHolders = holders.AsSpan(starts[member]..starts[member + 1]);
        var cheapest = 0;
        for (var place = 1; place < own.Length; place++)
        {
            if (own[place] < own[cheapest]) cheapest = place;
        }
        var before = ownHolders[cheapest];
        (own[cheapest], ownHolders[cheapest]) = (price, chooser);
        var least = own[0];
        foreach (var other in own) least = Math.Min(least, other);
        Prices[member] = least;
        return before;
    }
}
