using CrossBorderNetwork.Matching.Ranking;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The bound that no round can pass, from the prices of an auction by weak duality: what the places are worth at their prices, and
/// what each chooser would gain by choosing freely at them.
/// </summary>
internal static class Proof
{
    // Single precision: that of a score, and of a few sums with prices.
    private const double Rounding = 2 * Kernel.Error;

    public static double Bound(Market market, Auction auction, RoundSettings settings)
    {
        var (choosers, offered) = (market.Choosers, market.Offered);
        var bound = 0.0;
        for (var member = 0; member < offered.Count; member++)
            bound += Worth(auction.Places.Prices[member], offered.Capacities[member], settings.BonusOf(offered.RoundsWaited[member]));

        Span<float> best = stackalloc float[64];
        for (var chooser = 0; chooser < choosers.Count; chooser++)
        {
            var capacity = choosers.Capacities[chooser];
            var values = capacity <= best.Length ? best[..capacity] : new float[capacity];
            BestOf(auction.Wishes[chooser], auction.Places.Prices, values);
            bound += Math.Max(0, values[0] + settings.BonusOf(choosers.RoundsWaited[chooser]));
            foreach (var value in values[1..]) bound += Math.Max(0, value);
            bound += capacity * Rounding;
        }
        return bound;
    }

    /// <summary>What a member's places are worth at a price, with the bonus of a first partner.</summary>
    public static double Worth(double price, int capacity, double bonus) =>
        price >= 0 ? (price * capacity) + bonus : Math.Max(0, price + bonus);

    // In falling order. Whoever is not listed may be worth as much as the bound, not more.
    private static void BestOf(Wishes wishes, float[] prices, Span<float> best)
    {
        best.Fill(wishes.Bound);
        for (var at = 0; at < wishes.Offered.Length; at++)
        {
            var value = wishes.Scores[at] - prices[wishes.Offered[at]];
            var place = best.Length;
            while (place > 0 && value > best[place - 1]) place--;
            if (place == best.Length) continue;
            best[place..^1].CopyTo(best[(place + 1)..]);
            best[place] = value;
        }
    }
}
