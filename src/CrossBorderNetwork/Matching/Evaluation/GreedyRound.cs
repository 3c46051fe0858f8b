using System.Numerics;
using System.Runtime.Intrinsics;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Evaluation;

/// <summary>
/// The usual way, to measure the round against: each member's 32 best, then the best pair first as long as both have room. It scans
/// with the same kernel, each pair once for both sides.
/// </summary>
public sealed class GreedyRound(Vocabulary vocabulary, ScoreWeights weights, RoundSettings settings)
{
    private const int Listed = 32;
    private const int Batch = 64;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public IReadOnlyList<Introduced> Run(RoundInput input)
    {
        var market = Market.Of(input, vocabulary, weights, settings);
        var pairs = Choose(market, Arcs(market));
        return [.. pairs.Select(pair => market.Choosing is Side.LT
                ? new Introduced(market.Choosers.Ids[pair.Chooser], market.Offered.Ids[pair.Offered], pair.Score)
                : new Introduced(market.Offered.Ids[pair.Offered], market.Choosers.Ids[pair.Chooser], pair.Score))
            .OrderBy(pair => pair.Lithuanian).ThenBy(pair => pair.Polish)];
    }

    private static List<(int Chooser, int Offered, float Score)> Choose(Market market, (float[] Scores, long[] Arcs) graph)
    {
        Array.Sort(graph.Scores, graph.Arcs, Comparer<float>.Create((one, other) => other.CompareTo(one)));
        int[] room = [.. market.Choosers.Capacities], roomOffered = [.. market.Offered.Capacities];
        var taken = new HashSet<long>();
        var pairs = new List<(int Chooser, int Offered, float Score)>();
        for (var at = 0; at < graph.Arcs.Length; at++)
        {
            var (chooser, offered) = ((int)(graph.Arcs[at] >> 32), (int)graph.Arcs[at]);
            if (room[chooser] == 0 || roomOffered[offered] == 0 || !taken.Add(graph.Arcs[at])) continue;
            room[chooser]--;
            roomOffered[offered]--;
            pairs.Add((chooser, offered, graph.Scores[at]));
        }
        return pairs;
    }

    // Each arc may stand twice, once for each end's list.
    private (float[] Scores, long[] Arcs) Arcs(Market market)
    {
        var rows = new Shortlist[market.Choosers.Count];
        var columns = new Columns[Threads];
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(chooser => market.Choosers.TownNumbers[chooser])];
        var batches = (order.Length + Batch - 1) / Batch;
        Parallel.For(0, Threads, thread =>
        {
            columns[thread] = new Columns(market.Offered.Count);
            for (var batch = thread; batch < batches; batch += Threads)
                Scan(market, order.AsSpan(batch * Batch, Math.Min(Batch, order.Length - (batch * Batch))), rows, columns[thread]);
        });
        foreach (var other in columns.AsSpan(1)) columns[0].Add(other);
        var lists = rows.Select((list, chooser) => (list, chooser, -1)).Concat(columns[0].Lists.Select((list, offered) => (list, -1, offered)));
        var (scores, arcs) = (new List<float>(), new List<long>());
        foreach (var (list, chooser, offered) in lists)
        {
            list.Finish();
            for (var at = 0; at < list.Numbers.Length; at++)
            {
                scores.Add(list.Values[at]);
                arcs.Add(((long)(chooser >= 0 ? chooser : list.Numbers[at]) << 32) | (uint)(offered >= 0 ? offered : list.Numbers[at]));
            }
        }
        return ([.. scores], [.. arcs]);
    }

    private void Scan(Market market, ReadOnlySpan<int> choosers, Shortlist[] rows, Columns columns)
    {
        Span<float> lost = stackalloc float[Block.Size];
        Span<float> scores = stackalloc float[Block.Size];
        var least = Vector512.Create((float)settings.LeastScore);
        var askers = new Asker[choosers.Length];
        for (var at = 0; at < choosers.Length; at++)
        {
            rows[choosers[at]] = new Shortlist(Listed);
            askers[at] = new Asker(market.Choosers.Read(choosers[at]), market.Score);
        }
        for (var block = 0; block < market.Offered.Blocks.Length; block++)
        {
            for (var at = 0; at < choosers.Length; at++)
            {
                if (!market.Offered.Blocks[block].MayMeet(askers[at])) continue;
                var chooser = choosers[at];
                Distances.Fill(market.Choosers.Towns.LostFrom(market.Choosers.TownNumbers[chooser]), market.Offered.Blocks[block], lost);
                Kernel.Score(askers[at], market.Offered.Blocks[block], lost, scores);
                for (var first = 0; first < Block.Size; first += 16)
                {
                    var number = (block * Block.Size) + first;
                    var score = Vector512.LoadUnsafe(ref scores[first]);
                    var floor = Vector512.Min(Vector512.Create(rows[chooser].Floor), Vector512.LoadUnsafe(ref columns.Floors[number]));
                    var bits = (uint)(Vector512.GreaterThan(score, floor) & Vector512.GreaterThanOrEqual(score, least)).ExtractMostSignificantBits();
                    for (; bits != 0; bits &= bits - 1)
                    {
                        var place = BitOperations.TrailingZeroCount(bits);
                        if (market.AreApart(chooser, number + place)) continue;
                        rows[chooser].Add(scores[first + place], number + place);
                        columns.Add(number + place, scores[first + place], chooser);
                    }
                }
            }
        }
    }

    private sealed class Columns
    {
        public Columns(int count)
        {
            Lists = [.. Enumerable.Range(0, count).Select(_ => new Shortlist(Listed))];
            Floors = new float[(count + Block.Size) / Block.Size * Block.Size];
            Floors.AsSpan().Fill(float.NegativeInfinity);
        }

        public Shortlist[] Lists { get; }

        public float[] Floors { get; }

        public void Add(int offered, float score, int chooser)
        {
            Lists[offered].Add(score, chooser);
            Floors[offered] = Lists[offered].Floor;
        }

        public void Add(Columns others)
        {
            foreach (var (offered, list) in others.Lists.Index())
            {
                list.Finish();
                foreach (var (at, chooser) in list.Numbers.ToArray().Index()) Lists[offered].Add(list.Values[at], chooser);
            }
        }
    }
}
