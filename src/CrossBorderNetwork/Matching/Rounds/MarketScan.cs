using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// Compares choosers with the whole other side at its present prices, each with each. A block stays in the processor's nearest
/// memory while all choosers of a batch pass over it; batches run on all processors, and none can see the order of the work.
/// </summary>
internal sealed class MarketScan(Market market, float leastScore, int threads)
{
    private const int Batch = 64;

    private readonly int longest = Wishes.Longest(market);
    private readonly ConcurrentBag<Shortlist[]> spare = [];

    /// <summary>Makes the wishes of some choosers anew.</summary>
    /// <param name="choosers">Who looks.</param>
    /// <param name="prices">Of the others, in whole blocks.</param>
    /// <param name="wishes">By chooser.</param>
    public void Fill(IReadOnlyList<int> choosers, float[] prices, Wishes[] wishes)
    {
        // People of one town share the distances to a block.
        int[] order = [.. choosers.OrderBy(chooser => market.Choosers.TownNumbers[chooser]).ThenBy(chooser => chooser)];
        var batch = Math.Clamp((order.Length + (2 * threads) - 1) / (2 * threads), 1, Batch);
        Parallel.For(0, (order.Length + batch - 1) / batch, new ParallelOptions { MaxDegreeOfParallelism = threads }, number =>
            FillBatch(order.AsSpan(number * batch, Math.Min(batch, order.Length - (number * batch))), prices, wishes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillBatch(ReadOnlySpan<int> choosers, float[] prices, Wishes[] wishes)
    {
        if (!spare.TryTake(out var lists)) lists = [.. Enumerable.Range(0, Batch).Select(_ => new Shortlist(longest))];
        var askers = new Asker[choosers.Length];
        for (var at = 0; at < choosers.Length; at++)
        {
            wishes[choosers[at]].Begin(lists[at], prices, longest);
            askers[at] = new Asker(market.Choosers.Read(choosers[at]), market.Score);
        }
        Span<float> lost = stackalloc float[Block.Size];
        Span<float> scores = stackalloc float[Block.Size];
        for (var block = 0; block < market.Offered.Blocks.Length; block++)
        {
            var town = -1;
            for (var at = 0; at < choosers.Length; at++)
            {
                if (!market.Offered.Blocks[block].MayMeet(askers[at])) continue;
                var chooser = choosers[at];
                if (town != market.Choosers.TownNumbers[chooser])
                {
                    town = market.Choosers.TownNumbers[chooser];
                    Distances.Fill(market.Choosers.Towns.LostFrom(town), market.Offered.Blocks[block], lost);
                }
                Kernel.Score(askers[at], market.Offered.Blocks[block], lost, scores);
                Take(chooser, block, scores, prices, lists[at]);
            }
        }
        for (var at = 0; at < choosers.Length; at++) wishes[choosers[at]].End(lists[at], prices);
        spare.Add(lists);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(int chooser, int block, ReadOnlySpan<float> scores, float[] prices, Shortlist list)
    {
        for (var first = 0; first < Block.Size; first += 16)
        {
            for (var bits = list.Candidates(in scores[first], in prices[(block * Block.Size) + first]); bits != 0; bits &= bits - 1)
            {
                var place = first + BitOperations.TrailingZeroCount(bits);
                var offered = (block * Block.Size) + place;
                if (scores[place] >= leastScore && !market.AreApart(chooser, offered)) list.Add(scores[place] - prices[offered], offered);
            }
        }
    }
}
