using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Benchmarks.Matching;

/// <summary>
/// What a list of partners costs: the ten best of everybody on the other side, beside the same ranking in LINQ over objects and
/// beside merely reading as many bytes as the members take. Both rankings must give the same values, or the comparison stops.
/// </summary>
internal static class RankBenchmark
{
    private const int Count = 10;
    private const int Rounds = 300;

    public static void Run(TextWriter output)
    {
        var weights = new ScoreWeights();
        foreach (var members in (int[])[1_000, 10_000, 100_000])
        {
            var people = Population.Of(members, 0.7, 2);
            var index = new PartnerIndex(Population.Vocabulary, weights);
            index.Load(people);
            Profile[] askers = [.. people.Where(person => person.Side is Side.LT).Take(Rounds)];
            var candidates = people.Count(person => person.Side is Side.PL);
            var ranking = new NaiveRanking(people, weights);
            Check(index, ranking, askers[..Math.Min(askers.Length, members < 100_000 ? 30 : 3)]);

            var bytes = new ulong[candidates * PartnerIndex.BytesOf(Population.Vocabulary) / sizeof(ulong)];
            // Memory that was never written is one page of zeros, and nothing to read.
            bytes.AsSpan().Fill(1);
            var sum = 0UL;
            var times = Stopwatches.All(
                Rounds,
                round => index.Top(askers[round % askers.Length].Id, Count, Population.Today, FrozenSet<long>.Empty),
                _ => sum += Read(bytes),
                round => index.Set(askers[round % askers.Length]));
            var naive = Naive(ranking, askers);
            var (median, floor) = (Numbers.Median(times[0]), Numbers.Median(times[1]));
            output.WriteLine(FormattableString.Invariant(
                $"rank, {members:N0} members, {candidates:N0} candidates: {median:0.000} ms, 99 in 100 within {Numbers.At(times[0], 0.99):0.000} ms, ")
                + FormattableString.Invariant($"{PartnerIndex.BytesOf(Population.Vocabulary)} bytes a member"));
            output.WriteLine(FormattableString.Invariant($"  LINQ over objects {naive:0.0} ms, ratio {naive / median:0} (at least 500 wanted at 100,000)"));
            output.WriteLine(FormattableString.Invariant(
                $"  reading the bytes {floor:0.000} ms, ratio {median / floor:0.00} (at most 1.5 wanted at 100,000); one changed profile {Numbers.Median(times[2]):0.000} ms"));
        }
    }

    private static double Naive(NaiveRanking ranking, Profile[] askers)
    {
        ranking.Top(askers[0], Count);
        var times = new double[5];
        for (var round = 0; round < times.Length; round++)
        {
            var start = Stopwatch.GetTimestamp();
            ranking.Top(askers[round], Count);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return Numbers.Median(times);
    }

    private static ulong Read(ulong[] bytes)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        var (one, two) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        for (var at = 0; at + 16 <= bytes.Length; at += 16)
        {
            one |= Vector512.LoadUnsafe(ref first, (nuint)at);
            two |= Vector512.LoadUnsafe(ref first, (nuint)at + 8);
        }
        return Vector512.Sum(one | two);
    }

    private static void Check(PartnerIndex index, NaiveRanking ranking, Profile[] askers)
    {
        foreach (var asker in askers)
        {
            var found = index.Top(asker.Id, Count, Population.Today, FrozenSet<long>.Empty);
            var expected = ranking.Top(asker, Count);
            // The naive sum rounds otherwise, so equal values may change places; values must agree.
            if (found.Count != expected.Count || found.Zip(expected).Any(pair => Math.Abs(pair.First.Value - pair.Second.Value) > 1e-7))
                throw new InvalidOperationException($"The index and the naive ranking disagree about member {asker.Id}.");
        }
    }
}
