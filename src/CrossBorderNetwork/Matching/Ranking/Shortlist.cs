using System.Runtime.Intrinsics;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// The best so far of numbered candidates. Takes twice as many as wanted before it drops the worse half, which costs far less than
/// keeping order. Of equal values the lower number is better, so the same candidates stay in whatever order they come.
/// </summary>
internal sealed class Shortlist(int longest)
{
    private readonly float[] values = new float[2 * longest];
    private readonly int[] numbers = new int[2 * longest];
    private int size = longest;
    private int count;

    public bool IsFull => count >= size;

    /// <summary>What a candidate must exceed to be looked at.</summary>
    public float Floor { get; private set; } = float.NegativeInfinity;

    /// <summary>The best, in no order. Only after <see cref="Finish"/>.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, count);

    public ReadOnlySpan<int> Numbers => numbers.AsSpan(0, count);

    /// <summary>Begins anew.</summary>
    /// <param name="wanted">How many are wanted now; at most the longest.</param>
    /// <param name="floor">Nobody at or below it is taken, even where there is room.</param>
    public void Clear(int wanted, float floor) => (size, count, Floor) = (wanted, 0, floor);

    /// <summary>A bit for each of 16 scores that is feasible and, less its price, may be among the best.</summary>
    public uint Candidates(ref readonly float scores, ref readonly float prices)
    {
        var score = Vector512.LoadUnsafe(in scores);
        var value = score - Vector512.LoadUnsafe(in prices);
        return (uint)(Vector512.GreaterThan(value, Vector512.Create(Floor)) & Vector512.GreaterThanOrEqual(score, Vector512<float>.Zero))
            .ExtractMostSignificantBits();
    }

    /// <summary>Candidates come in the order of their numbers, or an equal value at the floor may be missed.</summary>
    public void Add(float value, int number)
    {
        if (!(value > Floor) || size == 0) return;
        (values[count], numbers[count]) = (value, number);
        if (++count == 2 * size) Drop();
    }

    /// <summary>Leaves the best alone, with the floor at the worst of them if there are as many as wanted.</summary>
    public void Finish()
    {
        if (count >= size && size > 0) Drop();
    }

    // Quickselect (Hoare 1961) for the best half; then the worst of it is the floor.
    private void Drop()
    {
        var (low, high, wanted) = (0, count - 1, size - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (IsBetter(middle, low)) Swap(middle, low);
            if (IsBetter(high, low)) Swap(high, low);
            if (IsBetter(high, middle)) Swap(high, middle);
            var (value, number) = (values[middle], numbers[middle]);
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (values[left] > value || (values[left] == value && numbers[left] < number)) left++;
                while (value > values[right] || (value == values[right] && number < numbers[right])) right--;
                if (left <= right) Swap(left++, right--);
            }
            if (wanted <= right) high = right;
            else if (wanted >= left) low = left;
            else break;
        }
        count = size;
        var worst = values[0];
        for (var at = 1; at < size; at++) worst = Math.Min(worst, values[at]);
        Floor = Math.Max(Floor, worst);
    }

    private bool IsBetter(int one, int other) =>
        values[one] > values[other] || (values[one] == values[other] && numbers[one] < numbers[other]);

    private void Swap(int one, int other)
    {
        (values[one], values[other]) = (values[other], values[one]);
        (numbers[one], numbers[other]) = (numbers[other], numbers[one]);
    }
}
