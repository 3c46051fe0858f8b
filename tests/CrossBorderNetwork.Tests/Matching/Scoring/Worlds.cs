using System.Collections.Frozen;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace CrossBorderNetwork.Tests.Matching.Scoring;

/// <summary>A small network in which everything collides often: few topics, few towns, shared and unshared languages.</summary>
public sealed record World(IReadOnlyList<Profile> People)
{
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static readonly Vocabulary Vocabulary = new(
        ["outdoor", "inclusion", "theatre", "speech", "reading", "play"],
        ["visit", "project", "training", "online"],
        ["visit"],
        ["lt", "pl", "en", "ru", "de"],
        ["teacher", "head", "ngo"]);

    public static readonly IReadOnlySet<long> Nobody = FrozenSet<long>.Empty;

    public static readonly ScoreWeights Weights = new()
    {
        RoleFits = { ["head"] = new() { ["teacher"] = 0.9 }, ["ngo"] = new() { ["head"] = 0.7 } },
    };

    public Score Score => new(Vocabulary, TopicRarity.From(Vocabulary, People), Bridges.From(Vocabulary, People), Today, Weights);

    public PartnerIndex Index
    {
        get
        {
            var index = new PartnerIndex(Vocabulary, Weights);
            index.Load(People);
            return index;
        }
    }

    public override string ToString() => string.Join(Environment.NewLine, People.Select(Worlds.Describe));
}

/// <summary>A pair of the world, of two sides in most cases, with the score as that world makes it.</summary>
public sealed record Pair(World World, Profile A, Profile B)
{
    public Score Score => World.Score;

    public override string ToString() => string.Join(Environment.NewLine, Worlds.Describe(A), Worlds.Describe(B), "in", World);
}

/// <summary>The generators that FsCheck uses for the properties of this folder.</summary>
public static class Worlds
{
    private static readonly string[] Topics = ["outdoor", "inclusion", "theatre", "speech", "reading", "play"];
    private static readonly string[] Forms = ["visit", "project", "training", "online"];
    private static readonly string[] Roles = ["teacher", "head", "ngo", ""];
    private static readonly string[] Languages = ["lt", "pl", "en", "ru", "de"];

    private static readonly GeoPoint[] Towns =
    [
        new(54.5590, 23.3541), // Marijampolė
        new(54.6050, 24.0290), // Birštonas
        new(54.3963, 24.0459), // Alytus
        new(54.1115, 22.9307), // Suwałki
        new(53.4489, 23.1000), // Korycin
        new(53.1325, 23.1688), // Białystok
    ];

    public static Arbitrary<World> World() => SomeWorld(24).ToArbitrary();

    public static Arbitrary<Pair> Pair() => (
        from world in SomeWorld(8)
        from a in SomeProfile(1001)
        from b in SomeProfile(1002)
        from across in Gen.Choose(0, 9)
        let other = across == 0 ? b : b with { Side = a.Side is Side.LT ? Side.PL : Side.LT }
        select new Pair(new World([.. world.People, a, other]), a, other)).ToArbitrary();

    private static Gen<World> SomeWorld(int most) =>
        from size in Gen.Choose(0, most)
        from people in SomePeople(size)
        select new World(people);

    private static Gen<IReadOnlyList<Profile>> SomePeople(int size) =>
        Enumerable.Range(1, size).Aggregate(
            Gen.Constant<IReadOnlyList<Profile>>([]),
            (so, id) => from people in so from next in SomeProfile(id) select (IReadOnlyList<Profile>)[.. people, next]);

    private static Gen<Profile> SomeProfile(long id) =>
        from side in Gen.Elements(Side.LT, Side.PL)
        from town in Gen.Elements(Towns)
        from role in Gen.Elements(Roles)
        from languages in Some(Languages)
        from levels in Gen.Elements(Level.A1, Level.A2, Level.B1, Level.B2, Level.C1, Level.C2).ArrayOf(Languages.Length)
        from directed in Gen.Elements(true, false)
        from topics in Some(Topics)
        from offered in Weighed(Topics, 5)
        from sought in Weighed(Topics, 5)
        from offers in Some(Forms)
        from seeks in Weighed(Forms, 3)
        from wanted in Gen.Frequency((4, Gen.Constant(FrozenSet<string>.Empty)), (1, Some(["teacher", "head", "ngo"])))
        from translator in Gen.Frequency((1, Gen.Constant(true)), (3, Gen.Constant(false)))
        from ratings in Gen.Choose(0, 3)
        from rating in Gen.Choose(0, 100)
        from available in Gen.Frequency((6, Gen.Constant(true)), (1, Gen.Constant(false)))
        from bridge in Gen.Frequency((1, Gen.Constant(true)), (9, Gen.Constant(false)))
        from idleDays in Gen.Choose(-1, 400)
        from found in Gen.Choose(0, 5)
        select new Profile
        {
            Id = id,
            Side = side,
            Place = town,
            Role = role,
            Languages = languages.Order().Zip(levels).ToFrozenDictionary(known => known.First, known => known.Second),
            WantedRoles = wanted,
            Topics = directed ? FrozenSet<string>.Empty : topics,
            OfferedTopics = directed ? offered : FrozenDictionary<string, int>.Empty,
            SoughtTopics = directed ? sought : FrozenDictionary<string, int>.Empty,
            Offers = offers,
            Seeks = seeks,
            AcceptsTranslator = translator,
            Ratings = ratings,
            Rating = rating / 100.0,
            Available = available,
            Bridge = bridge,
            LastActive = new DateTimeOffset(Scoring.World.Today.AddDays(-idleDays), new TimeOnly(9, 0), TimeSpan.Zero),
            TimesFound = found,
        };

    // Nearly half of the keys at most, so that many pairs share little and some share nothing.
    private static Gen<FrozenSet<string>> Some(string[] keys) =>
        Gen.Choose(0, 99).ArrayOf(keys.Length).Select(draws =>
            keys.Where((_, position) => draws[position] < 40).ToFrozenSet());

    private static Gen<FrozenDictionary<string, int>> Weighed(string[] keys, int most) =>
        from some in Some(keys)
        from weights in Gen.Choose(1, most).ArrayOf(keys.Length)
        select some.Order().Zip(weights).ToFrozenDictionary(key => key.First, key => key.Second);

    public static string Describe(Profile profile) =>
        $"{profile.Id} {profile.Side} {profile.Role} {(profile.Available ? "" : "away ")}{(profile.Bridge ? "bridge " : "")}"
        + $"{profile.Place} found {profile.TimesFound} active {profile.LastActive:d} "
        + $"languages [{string.Join(' ', profile.Languages.Select(known => $"{known.Key}:{(int)known.Value}"))}] "
        + $"topics [{string.Join(' ', profile.Topics)}] offered [{string.Join(' ', profile.OfferedTopics)}] sought [{string.Join(' ', profile.SoughtTopics)}] "
        + $"forms [{string.Join(' ', profile.Offers)}] wanted [{string.Join(' ', profile.Seeks)}] roles [{string.Join(' ', profile.WantedRoles)}] "
        + $"rating {profile.Rating} of {profile.Ratings}{(profile.AcceptsTranslator ? " translator" : "")}";
}
