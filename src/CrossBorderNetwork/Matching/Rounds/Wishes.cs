using CrossBorderNetwork.Matching.Ranking;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The partners whom a chooser found best at the last look. Prices never fall, so nobody who is not listed can ever be worth more
/// than <see cref="Bound"/>: that is what makes a short list as good as a look at everybody.
/// </summary>
internal sealed class Wishes
{
    private const int Fewest = 32;

    private int[] offered = [];
    private float[] scores = [];
    private int count;
    private int size = Fewest / 2;
    private float spread = 0.01f;

    public ReadOnlySpan<int> Offered => offered.AsSpan(0, count);

    public ReadOnlySpan<float> Scores => scores.AsSpan(0, count);

    public float Bound { get; private set; } = float.PositiveInfinity;

    /// <summary>
    /// How long a list is worth its making, by how many there are to choose from. Whom a chooser holds stands on it too, so it is
    /// twice as long as the most can be held: whoever holds a whole list would look in vain for ever.
    /// </summary>
    public static int Longest(Market market) =>
        Math.Max(Math.Clamp(market.Offered.Count / 128, 2 * Fewest, 8 * Fewest), 2 * market.Choosers.Capacities.DefaultIfEmpty().Max());

    /// <summary>Empties a list for the next look: twice as long as the last, for whoever has to look again is in demand of many.</summary>
    /// <param name="list">At least <paramref name="longest"/> long.</param>
    /// <param name="prices">By member of the other side.</param>
    /// <param name="longest">See <see cref="Longest"/>.</param>
    public void Begin(Shortlist list, float[] prices, int longest)
    {
        size = Math.Min(2 * size, longest);
        var floor = float.NegativeInfinity;
        if (count > 0)
        {
            // Nobody much below the best that is left is worth a place: a short list that says where it ends is as good as a long one.
            // The best may be held already; the bound is for the others, and falls each time.
            var best = float.NegativeInfinity;
            for (var at = 0; at < count; at++) best = Math.Max(best, scores[at] - prices[offered[at]]);
            floor = Math.Min(best, Bound) - spread;
        }
        list.Clear(size, floor);
    }

    public void End(Shortlist list, float[] prices)
    {
        list.Finish();
        count = list.Numbers.Length;
        // Kept from look to look: hundreds of thousands of short-lived lists would fill the memory for nothing.
        if (count > offered.Length) (offered, scores) = (new int[count], new float[count]);
        list.Numbers.CopyTo(offered);
        list.Values.CopyTo(scores);
        Bound = list.Floor;
        var best = Bound;
        for (var at = 0; at < count; at++)
        {
            best = Math.Max(best, scores[at]);
            scores[at] += prices[offered[at]];
        }
        if (float.IsFinite(Bound)) spread = Math.Max(spread, best - Bound);
    }
}
