using System.Collections.Frozen;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Benchmarks.Matching;

/// <summary>
/// An invented network of a realistic shape: popular and rare topics, towns, languages about as common as censuses say, one in seven
/// without topics, half with room for one partner. The same people for the same arguments.
/// </summary>
internal static class Population
{
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static readonly string[] Topics = [.. Enumerable.Range(1, 40).Select(number => $"topic{number}")];
    public static readonly string[] Forms = ["visit", "project", "etwinning", "training", "online", "children", "shadow", "event"];
    public static readonly string[] Languages = ["lt", "pl", "en", "ru", "be", "uk", "de", "lv"];
    public static readonly string[] Roles = ["teacher", "head", "official", "ngo", "parent", "researcher"];

    public static readonly Vocabulary Vocabulary = new(Topics, Forms, ["visit", "shadow", "event"], Languages, Roles);

    // Lithuania, Poland: how many per thousand speak the language at all, in the order of the list above, beside their own.
    private static readonly int[][] Spoken = [[1000, 120, 330, 620, 10, 10, 80, 10], [15, 1000, 310, 180, 30, 20, 100, 0]];
    private static readonly double[] RoleShares = [.50, .64, .72, .82, .95, 1];
    private static readonly int[] FormShares = [400, 450, 350, 350, 580, 400, 330, 380];
    private static readonly double[] TopicShares = Zipf(Topics.Length, 0.9);

    public static List<Profile> Of(int members, double polishShare, int seed) => [.. Stream(members, polishShare, seed)];

    /// <summary>The same people one by one, for measuring the memory of what is made of them.</summary>
    public static IEnumerable<Profile> Stream(int members, double polishShare, int seed)
    {
        var dice = new Random(seed);
        GeoPoint[][] towns =
        [
            [.. Enumerable.Range(0, 29).Select(_ => new GeoPoint(54.0 + (1.5 * dice.NextDouble()), 22.5 + (3.5 * dice.NextDouble())))],
            [.. Enumerable.Range(0, 86).Select(_ => new GeoPoint(52.8 + (1.5 * dice.NextDouble()), 21.5 + (2.2 * dice.NextDouble())))],
        ];
        for (var id = 0; id < members; id++) yield return Somebody(id, dice.NextDouble() < polishShare ? 1 : 0, dice, towns);
    }

    /// <summary>Earlier introductions, one and a half for each Lithuanian member.</summary>
    public static List<(long, long)> History(IEnumerable<Profile> people, int seed)
    {
        var dice = new Random(seed);
        var sides = people.ToLookup(person => person.Side, person => person.Id);
        long[] lithuania = [.. sides[Side.LT]], poland = [.. sides[Side.PL]];
        return [.. Enumerable.Range(0, 3 * lithuania.Length / 2).Select(_ => (lithuania[dice.Next(lithuania.Length)], poland[dice.Next(poland.Length)]))];
    }

    private static Profile Somebody(int id, int side, Random dice, GeoPoint[][] towns)
    {
        var isCold = dice.Next(100) < 15;
        var forms = Forms.Where((_, form) => dice.Next(1000) < FormShares[form]).ToFrozenDictionary(form => form, _ => 1 + dice.Next(3));
        var draw = dice.NextDouble();
        var ratings = dice.Next(10) < 3 ? 1 + dice.Next(8) : 0;
        return new Profile
        {
            Id = id,
            Side = (Side)side,
            Place = towns[side][(int)(towns[side].Length * Math.Pow(dice.NextDouble(), 2))],
            Role = Roles[Array.FindIndex(RoleShares, share => share >= draw)],
            WantedRoles = dice.Next(100) < 12 ? Roles.Where(_ => dice.Next(2) == 0).ToFrozenSet() : FrozenSet<string>.Empty,
            Languages = Languages.Where((_, language) => dice.Next(1000) < Spoken[side][language])
                .ToFrozenDictionary(key => key, key => key == Languages[side] ? Level.C2 : (Level)(2 + dice.Next(4))),
            OfferedTopics = Draw(isCold ? 0 : 1 + dice.Next(5), dice),
            SoughtTopics = Draw(isCold ? 0 : 1 + dice.Next(6), dice),
            Offers = forms.Keys.ToFrozenSet(),
            Seeks = forms,
            Available = true,
            AcceptsTranslator = dice.Next(100) < 44,
            Rating = ratings > 0 ? 0.65 + (0.3 * dice.NextDouble()) : 0,
            Ratings = ratings,
            Capacity = dice.Next(100) switch { < 55 => 1, < 83 => 2, < 95 => 3, _ => 4 },
            RoundsWaited = dice.Next(2) == 0 ? 0 : Math.Min(6, 1 + (int)(-Math.Log(1 - dice.NextDouble()) * 1.5)),
        };
    }

    private static FrozenDictionary<string, int> Draw(int count, Random dice)
    {
        var drawn = new Dictionary<string, int>();
        while (drawn.Count < count)
        {
            var at = dice.NextDouble() * TopicShares[^1];
            drawn[Topics[Array.FindIndex(TopicShares, share => share > at)]] = 1 + dice.Next(5);
        }
        return drawn.ToFrozenDictionary();
    }

    private static double[] Zipf(int count, double exponent)
    {
        var sum = 0.0;
        return [.. Enumerable.Range(1, count).Select(rank => sum += Math.Pow(rank, -exponent))];
    }
}
