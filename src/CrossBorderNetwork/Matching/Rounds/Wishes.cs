using CrossBorderNetwork.Matching.Ranking;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The partners whom a chooser found best at the last look. Prices never fall, so nobody who is not listed can ever be worth more
/// than <see cref="Bound"/>: that is what makes a short list as good as a look at everybody.
/// </summary>
internal sealed class Wishes
{
    private const int Fewest = 32;
    private const int Most = 256;

    private int size = Fewest / 2;

    public int[] Offered { get; private set; } = [];

    public float[] Scores { get; private set; } = [];

    public float Bound { get; private set; } = float.PositiveInfinity;

    /// <summary>An empty list for the next look: twice as long as the last, for whoever has to look again is in demand of many.</summary>
    public Shortlist Begin(float[] prices)
    {
        size = Math.Min(2 * size, Most);
        var list = new Shortlist(size);
        // Those who are listed are still there: nothing below the worst of them is worth a place.
        var worst = float.PositiveInfinity;
        for (var at = 0; at < Offered.Length; at++) worst = Math.Min(worst, Scores[at] - prices[Offered[at]]);
        list.Clear(Offered.Length > 0 ? float.BitDecrement(worst) : float.NegativeInfinity);
        return list;
    }

    public void End(Shortlist list, float[] prices)
    {
        Offered = list.Numbers.ToArray();
        Scores = list.Values.ToArray();
        for (var at = 0; at < Scores.Length; at++) Scores[at] += prices[Offered[at]];
        Bound = list.Floor;
    }
}
