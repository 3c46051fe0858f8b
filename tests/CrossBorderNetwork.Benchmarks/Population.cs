using System.Collections.Frozen;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Benchmarks;

/// <summary>
/// An invented network of a realistic shape: towns scattered over the programme area, popular and rare topics, languages about
/// as common as in the region. The same people every time.
/// </summary>
internal static class Population
{
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static readonly string[] Topics = [.. Enumerable.Range(1, 40).Select(number => $"topic{number}")];
    public static readonly string[] Forms = ["visit", "project", "etwinning", "training", "online", "children", "shadow", "event"];
    public static readonly string[] Languages = ["lt", "pl", "en", "ru", "be", "uk", "de", "lv"];
    public static readonly string[] Roles = ["teacher", "head", "official", "ngo", "parent", "researcher"];

    private const int TownsOfOneSide = 57;

    // Lithuania, Poland: how many per hundred converse in the language, in the order of the list above.
    private static readonly int[][] Spoken = [[100, 12, 31, 62, 1, 1, 8, 1], [2, 100, 29, 16, 3, 2, 10, 0]];

    public static Vocabulary Vocabulary => new(Topics, Forms, Languages, Roles);

    public static List<Profile> Of(int members)
    {
        var dice = new Random(20260301);
        GeoPoint[] towns = [.. Enumerable.Range(0, 2 * TownsOfOneSide).Select(town => town < TownsOfOneSide
            ? new GeoPoint(54.0 + (1.5 * dice.NextDouble()), 22.5 + (3.5 * dice.NextDouble()))
            : new GeoPoint(52.8 + (1.5 * dice.NextDouble()), 21.5 + (2.2 * dice.NextDouble())))];
        return [.. Enumerable.Range(1, members).Select(id => Somebody(id, dice, towns))];
    }

    private static Profile Somebody(int id, Random dice, GeoPoint[] towns)
    {
        var side = id % 2;
        return new Profile
        {
            Id = id,
            Side = (Side)side,
            Place = towns[(side * TownsOfOneSide) + dice.Next(TownsOfOneSide)],
            Role = Roles[(int)(Roles.Length * Math.Pow(dice.NextDouble(), 2))],
            Languages = Languages.Where((_, language) => dice.Next(100) < Spoken[side][language])
                .ToFrozenDictionary(key => key, key => key == Languages[side] || dice.Next(3) == 0 ? Level.Works : Level.Converses),
            Topics = Draw(Topics, 1 + dice.Next(8), dice),
            Offers = Draw(Forms, dice.Next(4), dice),
            Seeks = Draw(Forms, dice.Next(4), dice),
            Available = dice.Next(20) > 0,
            Bridge = dice.Next(50) == 0,
            LastActive = new DateTimeOffset(Today.AddDays(-dice.Next(200)), TimeOnly.MinValue, TimeSpan.Zero),
            TimesFound = dice.Next(4),
        };
    }

    // The first of a list are drawn more often than the last.
    private static FrozenSet<string> Draw(string[] keys, int count, Random dice) =>
        Enumerable.Range(0, count).Select(_ => keys[(int)(keys.Length * Math.Pow(dice.NextDouble(), 1.6))]).ToFrozenSet();
}
