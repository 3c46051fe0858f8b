using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>The places where members are, each once, with what of nearness is lost between any two. Only grows.</summary>
internal sealed class Towns
{
    private readonly GeoPoint[] places;
    private readonly Dictionary<GeoPoint, int> numbers;
    private readonly float[][] lost;

    private Towns(GeoPoint[] places, float[][] lost)
    {
        this.places = places;
        this.lost = lost;
        numbers = places.Index().ToDictionary(place => place.Item, place => place.Index);
    }

    public static readonly Towns None = new([], []);

    public int Count => places.Length;

    public GeoPoint this[int number] => places[number];

    /// <summary>By town, the distance term that somebody in this one loses who cares for nothing but visits.</summary>
    public float[] LostFrom(int number) => lost[number];

    public int NumberOf(GeoPoint place) => numbers.GetValueOrDefault(place, -1);

    public Towns With(IEnumerable<GeoPoint> more, Score score)
    {
        GeoPoint[] all = [.. places, .. more.Distinct().Where(place => !numbers.ContainsKey(place))];
        if (all.Length == places.Length) return this;
        var scale = score.Weights.Distance / score.Weights.Total;
        return new Towns(all, Array.ConvertAll(all, from => Array.ConvertAll(all, to => (float)(scale * score.LostByDistance(from.KmTo(to))))));
    }
}
