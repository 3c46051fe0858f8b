using System.Runtime.InteropServices;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// 256 members as the kernel reads them: word by word, the same word of all members side by side, on the boundaries of cache
/// lines. A place of nobody is all zeros, which no language reaches. Blocks are written before they are shared, then never.
/// </summary>
internal sealed class Block
{
    public const int Size = 256;

    private const int Line = 64;

    private readonly uint[] memory;
    private readonly int start;

    public Block(Layout layout)
    {
        Layout = layout;
        memory = GC.AllocateArray<uint>((layout.Words * Size) + (Line / sizeof(uint)), pinned: true);
        var beyond = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & (Line - 1));
        start = beyond == 0 ? 0 : (Line - beyond) / sizeof(uint);
    }

    public Layout Layout { get; }

    public ref uint this[int word, int place] => ref memory[start + (word * Size) + place];

    /// <summary>All words in order: member p of word w stands at w * 256 + p.</summary>
    public Span<uint> Words => memory.AsSpan(start, Layout.Words * Size);

    public Block Copy()
    {
        var copy = new Block(Layout);
        Words.CopyTo(copy.Words);
        return copy;
    }

    public long IdAt(int place) => (long)(this[Layout.Id, place] | ((ulong)this[Layout.Id + 1, place] << 32));

    public void Write(int place, ReadOnlySpan<uint> words)
    {
        for (var word = 0; word < Layout.Words; word++) this[word, place] = words[word];
    }

    public PackedProfile Read(int place, Towns towns)
    {
        var profile = new PackedProfile(Layout) { Place = towns[(int)this[Layout.Town, place]] };
        for (var word = 0; word < Layout.Words; word++) profile.Words[word] = this[word, place];
        return profile;
    }
}
