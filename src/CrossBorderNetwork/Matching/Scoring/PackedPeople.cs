using System.Collections.Immutable;
using System.Numerics;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// One unchanging state of the index. Holds whoever is available as rows of bit masks, Lithuania before Poland, and
/// what depends on all of them: topic weights and the languages that bridges cover.
/// </summary>
internal sealed class PackedPeople
{
    private readonly ImmutableDictionary<long, Profile> profiles;
    private readonly Row[] rows;
    private readonly int firstOfPoland;
    private readonly double[] topicWeights;
    private readonly double[] topicTotals;
    private readonly GeoPoint[] places;
    private readonly uint[] reach;

    private PackedPeople(
        Vocabulary vocabulary, ScoreWeights weights, ImmutableDictionary<long, Profile> profiles, Row[] rows, GeoPoint[] places)
    {
        Vocabulary = vocabulary;
        Weights = weights;
        this.profiles = profiles;
        this.places = places;
        this.rows = rows;
        firstOfPoland = rows.Count(row => row.Side == Side.LT);
        var chosenBy = CountTopics(vocabulary.Topics.Count, rows);
        topicWeights = Array.ConvertAll(chosenBy, count => TopicRarity.Weight(rows.Length, count));
        topicTotals = Array.ConvertAll(rows, row => WeightOf(row.Topics));
        reach = ReachOfBridges(vocabulary.Languages.Count, rows);
        Rarity = new TopicRarity(
            rows.Length, vocabulary.Topics.Zip(chosenBy).ToDictionary(pair => pair.First, pair => pair.Second));
        Bridges = new Bridges(vocabulary.Languages.Zip(reach).ToDictionary(pair => pair.First, pair => Named(pair.Second)));
    }

    public Vocabulary Vocabulary { get; }

    public ScoreWeights Weights { get; }

    private TopicRarity Rarity { get; }

    private Bridges Bridges { get; }

    public static PackedPeople Of(IEnumerable<Profile> profiles, Vocabulary vocabulary, ScoreWeights weights)
    {
        var kept = ImmutableDictionary.CreateBuilder<long, Profile>();
        foreach (var profile in profiles)
            kept[profile.Id] = vocabulary.Keep(profile);

        var available = kept.Values.Where(profile => profile.Available).OrderBy(profile => profile.Side).ToList();
        GeoPoint[] towns = [.. available.Select(profile => profile.Place).Distinct()];
        var numbers = towns.Index().ToDictionary(place => place.Item, place => place.Index);
        return new PackedPeople(
            vocabulary,
            weights,
            kept.ToImmutable(),
            [.. available.Select(profile => Pack(profile, numbers[profile.Place], vocabulary, weights))],
            towns);
    }

    public PackedPeople With(Profile profile)
    {
        var kept = Vocabulary.Keep(profile);
        var others = Array.FindAll(rows, row => row.Id != profile.Id);
        if (!kept.Available)
            return new PackedPeople(Vocabulary, Weights, profiles.SetItem(kept.Id, kept), others, places);

        var place = Array.IndexOf(places, kept.Place);
        var known = place >= 0 ? places : [.. places, kept.Place];
        var row = Pack(kept, place >= 0 ? place : places.Length, Vocabulary, Weights);
        Row[] all = row.Side == Side.LT ? [row, .. others] : [.. others, row];
        return new PackedPeople(Vocabulary, Weights, profiles.SetItem(kept.Id, kept), all, known);
    }

    public PackedPeople Without(long id) =>
        profiles.ContainsKey(id)
            ? new PackedPeople(Vocabulary, Weights, profiles.Remove(id), Array.FindAll(rows, row => row.Id != id), places)
            : this;

    public Profile? Find(long id) => profiles.GetValueOrDefault(id);

    public Score ScoreOn(DateOnly today) => new(Rarity, Bridges, today, Weights);

    public IReadOnlyList<Ranked> Top(long id, int count, DateOnly today, IReadOnlySet<long> excluded)
    {
        if (count == 0 || Find(id) is not { Available: true } asker)
            return [];

        var me = Pack(asker, 0, Vocabulary, Weights);
        var myTopics = WeightOf(me.Topics);
        var myFreshness = Freshness(me, today);
        var bridged = ReachedFrom(me.Converses);
        var distance = Array.ConvertAll(places, place => Gains.Decay(asker.Place.KmTo(place), Weights.HalfDistanceKm));
        string[] roles = [.. Vocabulary.Roles, ""];
        var roleForMe = Array.ConvertAll(roles, role => Weights.RoleFit(asker.Role, role));
        var roleForThem = Array.ConvertAll(roles, role => Weights.RoleFit(role, asker.Role));
        var total = Weights.Total;
        var best = new Shortlist(Math.Min(count, rows.Length), id);

        var (first, end) = me.Side == Side.LT ? (firstOfPoland, rows.Length) : (0, firstOfPoland);
        for (var i = first; i < end; i++)
        {
            ref readonly var row = ref rows[i];
            double language;
            if ((row.Works & me.Works) != 0)
                language = Weights.BothWork;
            else if ((row.Converses & me.Converses) != 0)
                language = Weights.BothConverse;
            else if ((row.Converses & bridged) != 0)
                language = Weights.ViaBridge;
            else
                continue;

            var shared = WeightOf(row.Topics & me.Topics);
            var mine = new Gains(
                Topics: Gains.Share(shared, myTopics, Weights.Undeclared),
                Needs: Gains.Share(BitOperations.PopCount(me.Seeks & row.Offers), me.SeekCount, Weights.Undeclared),
                Language: language,
                Role: roleForMe[row.Role],
                Distance: distance[row.Place],
                Freshness: Freshness(row, today),
                Fairness: row.Fairness);
            var theirs = new Gains(
                Topics: Gains.Share(shared, topicTotals[i], Weights.Undeclared),
                Needs: Gains.Share(BitOperations.PopCount(row.Seeks & me.Offers), row.SeekCount, Weights.Undeclared),
                Language: language,
                Role: roleForThem[row.Role],
                Distance: distance[row.Place],
                Freshness: myFreshness,
                Fairness: me.Fairness);

            var candidate = new Ranked(row.Id, Gains.Join(mine, theirs, Weights, total));
            // Asked last: a look into the set costs more than the score, and few come this far.
            if (best.Takes(candidate) && !excluded.Contains(candidate.Id))
                best.Add(candidate);
        }

        return best.ToArray();
    }

    private static Row Pack(Profile profile, int place, Vocabulary vocabulary, ScoreWeights weights) => new()
    {
        Id = profile.Id,
        Side = profile.Side,
        Topics = vocabulary.TopicMask(profile.Topics),
        Offers = vocabulary.FormMask(profile.Offers),
        Seeks = vocabulary.FormMask(profile.Seeks),
        SeekCount = profile.Seeks.Count,
        Converses = vocabulary.LanguageMask(profile, Level.Converses),
        Works = vocabulary.LanguageMask(profile, Level.Works),
        Role = vocabulary.RoleNumber(profile.Role),
        Place = place,
        LastActive = profile.LastActiveOn.DayNumber,
        Fairness = Gains.Decay(profile.TimesFound, weights.HalfFound),
        Bridge = profile.Bridge,
    };

    private static int[] CountTopics(int topics, Row[] rows)
    {
        var counts = new int[topics];
        foreach (ref readonly var row in rows.AsSpan())
        {
            for (var rest = row.Topics; rest != 0; rest &= rest - 1)
                counts[BitOperations.TrailingZeroCount(rest)]++;
        }

        return counts;
    }

    private static uint[] ReachOfBridges(int languages, Row[] rows)
    {
        var reached = new uint[languages];
        foreach (ref readonly var row in rows.AsSpan())
        {
            for (var rest = row.Bridge ? row.Converses : 0; rest != 0; rest &= rest - 1)
                reached[BitOperations.TrailingZeroCount(rest)] |= row.Converses;
        }

        return reached;
    }

    private uint ReachedFrom(uint languages)
    {
        var reached = 0u;
        for (var rest = languages; rest != 0; rest &= rest - 1)
            reached |= reach[BitOperations.TrailingZeroCount(rest)];
        return reached;
    }

    private double WeightOf(ulong topics)
    {
        var sum = 0.0;
        for (var rest = topics; rest != 0; rest &= rest - 1)
            sum += topicWeights[BitOperations.TrailingZeroCount(rest)];
        return sum;
    }

    private double Freshness(in Row row, DateOnly today) =>
        Gains.Decay(today.DayNumber - row.LastActive, Weights.HalfFreshnessDays);

    private HashSet<string> Named(uint languages) =>
        [.. Vocabulary.Languages.Where((_, position) => (languages & (1u << position)) != 0)];

    /// <summary>A person in 64 bytes, one line of the processor's cache.</summary>
    private readonly struct Row
    {
        public long Id { get; init; }

        public ulong Topics { get; init; }

        public double Fairness { get; init; }

        public uint Offers { get; init; }

        public uint Seeks { get; init; }

        public uint Converses { get; init; }

        public uint Works { get; init; }

        public int Place { get; init; }

        public int Role { get; init; }

        public int SeekCount { get; init; }

        public int LastActive { get; init; }

        public Side Side { get; init; }

        public bool Bridge { get; init; }
    }

    /// <summary>The best so far in order. Insertion, as lists are short and most candidates never enter.</summary>
    private struct Shortlist(int size, long asker)
    {
        private readonly Ranked[] taken = new Ranked[size];
        private readonly Comparer<Ranked> order = Ranked.BestFirst(asker);
        private int count;

        public readonly bool Takes(Ranked candidate) =>
            count < taken.Length
            || (candidate.Value >= taken[^1].Value && order.Compare(candidate, taken[^1]) < 0);

        public void Add(Ranked candidate)
        {
            var place = count < taken.Length ? count++ : count - 1;
            for (; place > 0 && order.Compare(candidate, taken[place - 1]) < 0; place--)
                taken[place] = taken[place - 1];
            taken[place] = candidate;
        }

        public readonly Ranked[] ToArray() => taken[..count];
    }
}
