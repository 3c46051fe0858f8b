using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Tests.Matching.Scoring;

namespace CrossBorderNetwork.Tests.Matching.Rounds;

/// <summary>
/// Members for a round, all from one number: few topics, towns and languages, so that much collides; some who are away, without room,
/// kept apart. Sides of all proportions.
/// </summary>
public sealed record RoundWorld(int Seed, IReadOnlyList<Profile> People, IReadOnlyList<(long One, long Other)> Apart)
{
    public static readonly RoundSettings Settings = new();

    private static readonly string[] Topics = ["outdoor", "inclusion", "theatre", "speech", "reading", "play"];
    private static readonly string[] Forms = ["visit", "project", "training", "online"];
    private static readonly GeoPoint[] Towns = [new(54.5590, 23.3541), new(54.6050, 24.0290), new(54.1115, 22.9307), new(53.1325, 23.1688)];

    public RoundInput Input => new(People, Apart, World.Today, Seed);

    public Score Score => new(World.Vocabulary, TopicRarity.From(World.Vocabulary, People), Bridges.From(World.Vocabulary, People), World.Today, World.Weights);

    public IEnumerable<Profile> Taking(Side side) => People.Where(person => person is { Available: true, Capacity: > 0 } && person.Side == side);

    /// <summary>The score of those who may be introduced, otherwise null; recomputed from the profiles.</summary>
    public Func<Profile, Profile, double?> Allowed()
    {
        var score = Score;
        var apart = Apart.SelectMany(pair => new[] { pair, (pair.Other, pair.One) }).ToHashSet();
        return (one, other) => !apart.Contains((one.Id, other.Id)) && score.Value(one, other) is var value && value >= Settings.LeastScore ? value : null;
    }

    public static RoundOutcome Solve(RoundInput input, int threads = 2) =>
        new SolveRound(World.Vocabulary, World.Weights, Settings) { Threads = threads }.Run(input, CancellationToken.None);

    public static RoundWorld Of(int seed, int most)
    {
        var dice = new Random(seed);
        var polish = dice.Next(10, 91);
        var speaks = dice.Next(15, 80);
        var withBridges = dice.Next(4) == 0;
        List<Profile> people = [.. Enumerable.Range(1, dice.Next(2, most + 1)).Select(id => Somebody(id))];
        var apart = Enumerable.Range(0, dice.Next(people.Count * 3)).Select(_ => ((long)dice.Next(1, people.Count + 1), (long)dice.Next(1, people.Count + 1)));
        return new RoundWorld(seed, people, [.. apart]);

        Profile Somebody(long id)
        {
            var side = dice.Next(100) < polish ? Side.PL : Side.LT;
            var directed = dice.Next(2) == 0;
            return new Profile
            {
                Id = id,
                Side = side,
                Place = Towns[dice.Next(Towns.Length)],
                Role = new[] { "teacher", "head", "ngo", "" }[dice.Next(4)],
                WantedRoles = dice.Next(8) == 0 ? new HashSet<string> { "head" } : [],
                Languages = new[] { "lt", "pl", "en", "ru", "de" }.Where(_ => dice.Next(100) < speaks).ToDictionary(key => key, _ => (Level)dice.Next(1, 7)),
                Topics = directed ? [] : Some(Topics).ToHashSet(),
                OfferedTopics = directed ? Some(Topics).ToDictionary(key => key, _ => dice.Next(1, 6)) : [],
                SoughtTopics = directed ? Some(Topics).ToDictionary(key => key, _ => dice.Next(1, 6)) : [],
                Offers = Some(Forms).ToHashSet(),
                Seeks = Some(Forms).ToDictionary(key => key, _ => dice.Next(1, 4)),
                Available = dice.Next(20) > 0,
                AcceptsTranslator = dice.Next(3) == 0,
                Bridge = withBridges && dice.Next(30) == 0,
                Rating = dice.NextDouble(),
                Ratings = dice.Next(4),
                TimesFound = dice.Next(4),
                Capacity = dice.Next(5),
                RoundsWaited = Math.Max(0, dice.Next(12) - 4),
            };
        }

        IEnumerable<string> Some(string[] keys) => keys.Where(_ => dice.Next(100) < 40).ToList();
    }
}
