using CrossBorderNetwork.Matching.Ranking;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The partners whom a chooser found best at the last look. Prices never fall, so nobody who is not listed can ever be worth more
/// than <see cref="Bound"/>: that is what makes a short list as good as a look at everybody.
/// </summary>
internal sealed class Wishes
{
    private const int Fewest = 32;

    private int size = Fewest / 2;
    private float spread = 0.01f;

    public int[] Offered { get; private set; } = [];

    public float[] Scores { get; private set; } = [];

    public float Bound { get; private set; } = float.PositiveInfinity;

    /// <summary>How long a list is worth its making, by how many there are to choose from.</summary>
    public static int Longest(int offered) => Math.Clamp(offered / 128, 2 * Fewest, 8 * Fewest);

    /// <summary>An empty list for the next look: twice as long as the last, for whoever has to look again is in demand of many.</summary>
    public Shortlist Begin(float[] prices, int longest)
    {
        size = Math.Min(2 * size, longest);
        var list = new Shortlist(size);
        if (Offered.Length == 0) return list;
        // Nobody much below the best that is left is worth a place: a short list that says where it ends is as good as a long one. The
        // best may be held already; the bound is for the others, and falls each time.
        var best = float.NegativeInfinity;
        for (var at = 0; at < Offered.Length; at++) best = Math.Max(best, Scores[at] - prices[Offered[at]]);
        list.Clear(Math.Min(best, Bound) - spread);
        return list;
    }

    public void End(Shortlist list, float[] prices)
    {
        list.Finish();
        Offered = list.Numbers.ToArray();
        Scores = list.Values.ToArray();
        Bound = list.Floor;
        var best = Bound;
        for (var at = 0; at < Scores.Length; at++)
        {
            best = Math.Max(best, Scores[at]);
            Scores[at] += prices[Offered[at]];
        }
        if (float.IsFinite(Bound)) spread = Math.Max(spread, best - Bound);
    }
}
