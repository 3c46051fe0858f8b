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

    // Of all who were ever written here: whoever left may linger, nobody is missing.
    private uint spoken;
    private bool translator;

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
        (copy.spoken, copy.translator) = (spoken, translator);
        return copy;
    }

    public long IdAt(int place) => (long)(this[Layout.Id, place] | ((ulong)this[Layout.Id + 1, place] << 32));

    /// <summary>Whether anybody here may talk with the asker: if not, the whole block is passed over.</summary>
    public bool MayMeet(Asker asker) => (spoken & asker.Reached) != 0 || (translator && asker.TranslatorMask != 0);

    public void Write(int place, PackedProfile profile)
    {
        for (var word = 0; word < Layout.Words; word++) this[word, place] = profile.Words[word];
        spoken |= Score.Spoken(profile);
        translator |= profile.AcceptsTranslator;
    }

    public void Clear(int place)
    {
        for (var word = 0; word < Layout.Words; word++) this[word, place] = 0;
    }

    public PackedProfile Read(int place, Towns towns)
    {
        var profile = new PackedProfile(Layout) { Place = towns[(int)this[Layout.Town, place]] };
        for (var word = 0; word < Layout.Words; word++) profile.Words[word] = this[word, place];
        return profile;
    }
}
