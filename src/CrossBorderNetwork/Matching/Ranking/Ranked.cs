namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>A candidate, the value of the pair, 0..1, and the price that was taken off it for the order of the list.</summary>
public readonly record struct Ranked(long Id, double Value, double Price = 0)
{
    /// <summary>
    /// Best value less price first. Equal ones stand in an order that is fixed for the asker and different for another one, so that
    /// no member comes first in all ties and no order of enrolment shows.
    /// </summary>
    public static Comparer<Ranked> BestFirst(long asker)
    {
        var salt = Scatter.Of((ulong)asker);
        return Comparer<Ranked>.Create((x, y) => x.Value - x.Price != y.Value - y.Price
            ? (y.Value - y.Price).CompareTo(x.Value - x.Price)
            : Scatter.Of(salt ^ (ulong)x.Id).CompareTo(Scatter.Of(salt ^ (ulong)y.Id)));
    }
}
