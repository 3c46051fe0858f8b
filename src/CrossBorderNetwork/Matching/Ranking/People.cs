using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// One unchanging state of the index: profiles by id, both sides packed, and what depends on all of them: the rarity of topics and
/// the languages that bridges cover.
/// </summary>
internal sealed record People
{
    private const int Rescored = 64;

    private ImmutableDictionary<long, Known> known = ImmutableDictionary<long, Known>.Empty;
    private ImmutableDictionary<long, uint> volunteers = ImmutableDictionary<long, uint>.Empty;
    private ImmutableArray<int> chosenBy;
    private IReadOnlyDictionary<long, float> prices = ImmutableDictionary<long, float>.Empty;
    private PackedSide lithuania = PackedSide.Empty;
    private PackedSide poland = PackedSide.Empty;
    private Towns towns = Towns.None;
    private int available;

    public People(Vocabulary vocabulary, ScoreWeights weights)
    {
        chosenBy = [.. new int[vocabulary.Topics.Count]];
        Score = new Score(vocabulary, TopicRarity.Of(0, [.. chosenBy]), Bridges.None, DateOnly.MinValue, weights);
    }

    public Score Score { get; private init; }

    private Layout Layout => Score.Vocabulary.Layout;

    /// <summary>Everybody anew. Prices stay.</summary>
    public People Load(IEnumerable<Profile> profiles)
    {
        Dictionary<long, Profile> last = [];
        foreach (var profile in profiles) last[profile.Id] = profile;
        var packed = last.Values.Where(profile => profile.Available).Select(Score.Pack).ToList();
        var all = new People(Score.Vocabulary, Score.Weights)
        {
            prices = prices,
            available = packed.Count,
            chosenBy = packed.Aggregate(new People(Score.Vocabulary, Score.Weights).chosenBy, (counts, profile) => Count(counts, profile, 1)),
            volunteers = packed.Where(profile => profile.Bridge).ToImmutableDictionary(profile => profile.Id, Score.Spoken),
            towns = Towns.None.With(packed.Select(profile => profile.Place), Score),
        };
        all = all.Rescore(Score.Today);
        foreach (var profile in packed) all.Prepare(profile);
        var sides = PackedSide.InOrder(packed).ToLookup(profile => profile.Side);
        var places = sides.SelectMany(side => side.Index()).ToDictionary(member => member.Item.Id, member => member.Index);
        return all with
        {
            known = last.ToImmutableDictionary(member => member.Key, member => new Known(member.Value, places.GetValueOrDefault(member.Key, -1))),
            lithuania = PackedSide.Of([.. sides[Side.LT]], Layout),
            poland = PackedSide.Of([.. sides[Side.PL]], Layout),
        };
    }

    public People With(Profile profile) => Take(profile.Id).Put(profile).Rescore(Score.Today);

    public People Without(long id) => known.ContainsKey(id) ? Take(id).Rescore(Score.Today) : this;

    public People On(DateOnly today) => today == Score.Today ? this : Rescore(today, always: Score.Weights.Freshness > 0);

    public People Priced(IReadOnlyDictionary<long, float> now) =>
        this with { prices = now, lithuania = lithuania.Price(now, Layout), poland = poland.Price(now, Layout) };

    public Profile? Find(long id) => known.TryGetValue(id, out var found) ? found.Profile : null;

    public IReadOnlyList<Ranked> Top(long id, int count, IReadOnlySet<long> excluded)
    {
        if (count == 0 || Find(id) is not { Available: true } profile) return [];
        var asker = new Asker(Score.Pack(profile), Score);
        var lost = towns.LostFrom(towns.NumberOf(profile.Place));
        var side = profile.Side is Side.LT ? poland : lithuania;
        var order = Ranked.BestFirst(id);
        for (var size = Math.Max(count, Rescored); ; size = size > side.Used / 2 ? side.Used : 2 * size)
        {
            var list = new Shortlist(Math.Min(size, side.Used));
            Scan(asker, lost, side, excluded, list);
            list.Finish();
            var best = new List<Ranked>(list.Numbers.Length);
            foreach (var number in list.Numbers) best.Add(Rescore(asker, side, number));
            best.Sort(order);
            // Whoever is not on the list cannot be better than its last in single precision, nor much better in double.
            if (!list.IsFull || list.Numbers.Length == side.Used || best[count - 1] is var last && last.Value - last.Price > list.Floor + Kernel.Error)
                return best.Count > count ? best[..count] : best;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scan(Asker asker, ReadOnlySpan<float> lostTo, PackedSide side, IReadOnlySet<long> excluded, Shortlist list)
    {
        Span<float> lost = stackalloc float[Block.Size];
        Span<float> scores = stackalloc float[Block.Size];
        for (var number = 0; number < side.Blocks.Length; number++)
        {
            var block = side.Blocks[number];
            if (!block.MayMeet(asker)) continue;
            Distances.Fill(lostTo, block, lost);
            Kernel.Score(asker, block, lost, scores);
            var taken = PackedSide.Prices(block);
            for (var first = 0; first < Block.Size; first += 16)
            {
                for (var bits = list.Candidates(in scores[first], in taken[first]); bits != 0; bits &= bits - 1)
                {
                    var place = first + System.Numerics.BitOperations.TrailingZeroCount(bits);
                    if (excluded.Count == 0 || !excluded.Contains(block.IdAt(place)))
                        list.Add(scores[place] - taken[place], (number * Block.Size) + place);
                }
            }
        }
    }

    private Ranked Rescore(Asker asker, PackedSide side, int number)
    {
        var other = side.Blocks[number / Block.Size].Read(number % Block.Size, towns);
        return new Ranked(other.Id, Score.Value(asker.Profile, other), BitConverter.UInt32BitsToSingle(other.Words[Layout.Price]));
    }

    private People Put(Profile profile)
    {
        if (!profile.Available) return this with { known = known.SetItem(profile.Id, new Known(profile, -1)) };
        var located = this with { towns = towns.With([profile.Place], Score) };
        var packed = Score.Pack(profile);
        located.Prepare(packed);
        var (side, place) = Of(profile.Side).With(packed, Layout);
        return located.Replace(profile.Side, side) with
        {
            known = known.SetItem(profile.Id, new Known(profile, place)),
            volunteers = profile.Bridge ? volunteers.SetItem(profile.Id, Score.Spoken(packed)) : volunteers,
            chosenBy = Count(chosenBy, packed, 1),
            available = available + 1,
        };
    }

    private People Take(long id)
    {
        if (!known.TryGetValue(id, out var before)) return this;
        var rest = this with { known = known.Remove(id) };
        if (before.Place < 0) return rest;
        var side = Of(before.Profile.Side);
        var packed = side.Blocks[before.Place / Block.Size].Read(before.Place % Block.Size, towns);
        return rest.Replace(before.Profile.Side, side.Without(before.Place, Layout)) with
        {
            volunteers = volunteers.Remove(id),
            chosenBy = Count(chosenBy, packed, -1),
            available = available - 1,
        };
    }

    private People Rescore(DateOnly today, bool always = false)
    {
        var rarity = TopicRarity.Of(available, [.. chosenBy]);
        var bridges = Bridges.Of(volunteers.Values);
        var score = new Score(Score.Vocabulary, rarity, bridges, today, Score.Weights);
        if (!always && rarity.Equals(Score.Rarity)) return this with { Score = score };
        return this with { Score = score, lithuania = lithuania.Derive(score, towns), poland = poland.Derive(score, towns) };
    }

    private static ImmutableArray<int> Count(ImmutableArray<int> chosenBy, PackedProfile packed, int by)
    {
        var counts = chosenBy.ToBuilder();
        for (var topic = 0; topic < counts.Count; topic++)
        {
            if ((packed.Offers[topic] | packed.Seeks[topic]) != 0) counts[topic] += by;
        }
        return counts.ToImmutable();
    }

    private void Prepare(PackedProfile packed)
    {
        packed.Town = towns.NumberOf(packed.Place);
        packed.Words[Layout.Price] = BitConverter.SingleToUInt32Bits(prices.GetValueOrDefault(packed.Id));
        Derived.Write(packed, Score);
    }

    private PackedSide Of(Side side) => side is Side.LT ? lithuania : poland;

    private People Replace(Side number, PackedSide side) => number is Side.LT ? this with { lithuania = side } : this with { poland = side };

    /// <summary>A profile, and where it is packed; -1 for somebody who is not available.</summary>
    private readonly record struct Known(Profile Profile, int Place);
}
