using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>The distance term lost to each member of a block, looked up by town: the one thing that no vector instruction does well.</summary>
internal static class Distances
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ReadOnlySpan<float> lostTo, Block block, Span<float> lost)
    {
        var towns = block.Words.Slice(block.Layout.Town * Block.Size, Block.Size);
        for (var place = 0; place < Block.Size; place++) lost[place] = lostTo[(int)towns[place]];
    }
}
