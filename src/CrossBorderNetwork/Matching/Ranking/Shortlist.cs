using System.Runtime.Intrinsics;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// The best so far of numbered candidates: a heap with the worst on top. Of equal values the lower number is better, so the same
/// candidates stay in whatever order they come.
/// </summary>
internal sealed class Shortlist(int size)
{
    private readonly float[] values = new float[size];
    private readonly int[] numbers = new int[size];

    public int Count { get; private set; }

    public bool IsFull => Count == values.Length;

    /// <summary>What a candidate must exceed; of an equal one only the number could decide.</summary>
    public float Floor { get; private set; } = float.NegativeInfinity;

    public ReadOnlySpan<float> Values => values.AsSpan(0, Count);

    public ReadOnlySpan<int> Numbers => numbers.AsSpan(0, Count);

    /// <param name="floor">Nobody at or below it is taken, even where there is room.</param>
    public void Clear(float floor = float.NegativeInfinity) => (Count, Floor) = (0, floor);

    /// <summary>A bit for each of 16 scores that is feasible and, less its price, above the floor.</summary>
    public uint Candidates(ref readonly float scores, ref readonly float prices)
    {
        var score = Vector512.LoadUnsafe(in scores);
        var value = score - Vector512.LoadUnsafe(in prices);
        return (uint)(Vector512.GreaterThan(value, Vector512.Create(Floor)) & Vector512.GreaterThanOrEqual(score, Vector512<float>.Zero))
            .ExtractMostSignificantBits();
    }

    public void Add(float value, int number)
    {
        if (!(value > Floor)) return;
        if (Count < values.Length)
        {
            Rise(Count++, value, number);
            if (Count == values.Length) Floor = Math.Max(Floor, values[0]);
            return;
        }
        Sink(value, number);
        Floor = values[0];
    }

    private static bool IsWorse(float value, int number, float thanValue, int thanNumber) =>
        value < thanValue || (value == thanValue && number > thanNumber);

    private void Rise(int at, float value, int number)
    {
        while (at > 0 && (at - 1) / 2 is var parent && IsWorse(value, number, values[parent], numbers[parent]))
        {
            (values[at], numbers[at]) = (values[parent], numbers[parent]);
            at = parent;
        }
        (values[at], numbers[at]) = (value, number);
    }

    private void Sink(float value, int number)
    {
        var at = 0;
        while (2 * at + 1 is var child && child < Count)
        {
            if (child + 1 < Count && IsWorse(values[child + 1], numbers[child + 1], values[child], numbers[child])) child++;
            if (!IsWorse(values[child], numbers[child], value, number)) break;
            (values[at], numbers[at]) = (values[child], numbers[child]);
            at = child;
        }
        (values[at], numbers[at]) = (value, number);
    }
}
