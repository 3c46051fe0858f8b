using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// The available members of one side in blocks. A change copies the one block that it touches; places that became free are used
/// again.
/// </summary>
internal sealed record PackedSide(Block[] Blocks, int Used, ImmutableStack<int> Free)
{
    public static readonly PackedSide Empty = new([], 0, []);

    /// <summary>
    /// Neighbours speak the same languages, so that whoever shares none of them passes over many at once. Whoever is added later stands
    /// where there is room, which costs time and nothing else.
    /// </summary>
    public static IOrderedEnumerable<PackedProfile> InOrder(IEnumerable<PackedProfile> members) =>
        members.OrderBy(Score.Spoken).ThenBy(member => member.AcceptsTranslator);

    /// <summary>Everybody in the order given.</summary>
    public static PackedSide Of(IReadOnlyCollection<PackedProfile> profiles, Layout layout)
    {
        var blocks = new Block[(profiles.Count + Block.Size - 1) / Block.Size];
        foreach (var (place, profile) in profiles.Index())
        {
            if (place % Block.Size == 0) blocks[place / Block.Size] = new Block(layout);
            blocks[place / Block.Size].Write(place % Block.Size, profile);
        }
        return new PackedSide(blocks, profiles.Count, []);
    }

    public (PackedSide Side, int Place) With(PackedProfile profile, Layout layout)
    {
        var place = Free.IsEmpty ? Used : Free.Peek();
        var (blocks, block) = Writable(place / Block.Size, layout);
        block.Write(place % Block.Size, profile);
        return (Free.IsEmpty ? new PackedSide(blocks, Used + 1, Free) : new PackedSide(blocks, Used, Free.Pop()), place);
    }

    public PackedSide Without(int place, Layout layout)
    {
        var (blocks, block) = Writable(place / Block.Size, layout);
        block.Clear(place % Block.Size);
        return new PackedSide(blocks, Used, Free.Push(place));
    }

    /// <summary>All members once more, with what the score makes of them now.</summary>
    public PackedSide Derive(Score score, Towns towns)
    {
        var free = Free.ToHashSet();
        var blocks = Array.ConvertAll(Blocks, block => block.Copy());
        for (var place = 0; place < Used; place++)
        {
            if (free.Contains(place)) continue;
            var block = blocks[place / Block.Size];
            var profile = block.Read(place % Block.Size, towns);
            Derived.Write(profile, score);
            block.Write(place % Block.Size, profile);
        }
        return this with { Blocks = blocks };
    }

    public PackedSide Price(IReadOnlyDictionary<long, float> prices, Layout layout)
    {
        var blocks = Array.ConvertAll(Blocks, block => block.Copy());
        for (var place = 0; place < Used; place++)
        {
            var block = blocks[place / Block.Size];
            block[layout.Price, place % Block.Size] = BitConverter.SingleToUInt32Bits(prices.GetValueOrDefault(block.IdAt(place % Block.Size)));
        }
        return this with { Blocks = blocks };
    }

    public static ReadOnlySpan<float> Prices(Block block) =>
        MemoryMarshal.Cast<uint, float>(block.Words.Slice(block.Layout.Price * Block.Size, Block.Size));

    private (Block[] Blocks, Block Block) Writable(int number, Layout layout)
    {
        if (number == Blocks.Length)
        {
            var added = new Block(layout);
            return ([.. Blocks, added], added);
        }
        Block[] blocks = [.. Blocks];
        return (blocks, blocks[number] = blocks[number].Copy());
    }
}
