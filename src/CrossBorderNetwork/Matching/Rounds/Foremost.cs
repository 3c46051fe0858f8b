using System.Runtime.CompilerServices;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The best few of each chooser's wishes when those were last read whole: they are to the wishes what the wishes are to everybody.
/// Most bids are settled among them; and as they lie side by side, they stay in the processor's near memory, as the wishes cannot.
/// </summary>
internal sealed class Foremost
{
    private const int Fewest = 8;

    private readonly Wishes[] wishes;
    private readonly int[] starts;
    private readonly Wish[] few;
    private readonly int[] counts;

    // By chooser: no other wish is worth more.
    private readonly float[] bounds;

    /// <param name="wishes">By chooser.</param>
    /// <param name="capacities">By chooser, how many are held at most.</param>
    /// <param name="longest">No chooser has more wishes.</param>
    public Foremost(Wishes[] wishes, int[] capacities, int longest)
    {
        this.wishes = wishes;
        starts = new int[wishes.Length + 1];
        // Two are left to compare, however many of the few are held already.
        for (var chooser = 0; chooser < wishes.Length; chooser++) starts[chooser + 1] = starts[chooser] + Math.Clamp(capacities[chooser] + 2, Fewest, longest);
        few = new Wish[starts[^1]];
        counts = new int[wishes.Length];
        bounds = new float[wishes.Length];
    }

    /// <summary>The chooser's wishes were made anew.</summary>
    public void Forget(int chooser) => (counts[chooser], bounds[chooser]) = (0, float.PositiveInfinity);

    /// <summary>Whom a chooser gains most by at present prices, and what by the two best.</summary>
    /// <param name="chooser">Who bids.</param>
    /// <param name="prices">By member of the other side.</param>
    /// <param name="held">Whom the chooser has already; they do not count.</param>
    public (int Wished, float Best, float Second) BestTwo(int chooser, float[] prices, ReadOnlySpan<int> held)
    {
        var found = Among(few.AsSpan(starts[chooser], counts[chooser]), prices, held);
        if (found.Second > bounds[chooser]) return found;
        Find(chooser, prices);
        return Among(few.AsSpan(starts[chooser], counts[chooser]), prices, held);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Wished, float Best, float Second) Among(ReadOnlySpan<Wish> some, float[] prices, ReadOnlySpan<int> held)
    {
        var (wished, best, second) = (-1, float.NegativeInfinity, float.NegativeInfinity);
        foreach (var (offered, score) in some)
        {
            var value = score - prices[offered];
            if (value <= second || held.Contains(offered)) continue;
            if (value > best || (value == best && offered < wished)) (wished, best, second) = (offered, value, best);
            else second = value;
        }
        return (wished, best, second);
    }

    // By insertion, for most come too late.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Find(int chooser, float[] prices)
    {
        var offered = wishes[chooser].Offered;
        var scores = wishes[chooser].Scores;
        var own = few.AsSpan(starts[chooser]..starts[chooser + 1]);
        Span<float> values = stackalloc float[own.Length];
        var (count, bound) = (0, float.NegativeInfinity);
        for (var at = 0; at < offered.Length; at++)
        {
            var value = scores[at] - prices[offered[at]];
            if (value < bound) continue;
            if (count == own.Length)
            {
                if (!IsBetter(value, offered[at], values[^1], own[^1].Offered))
                {
                    bound = value;
                    continue;
                }
                bound = values[^1];
                count--;
            }
            var place = count++;
            for (; place > 0 && IsBetter(value, offered[at], values[place - 1], own[place - 1].Offered); place--)
                (values[place], own[place]) = (values[place - 1], own[place - 1]);
            (values[place], own[place]) = (value, new Wish(offered[at], scores[at]));
        }
        (counts[chooser], bounds[chooser]) = (count, bound);
    }

    // Of equal values the lower number is better, in whatever order they are listed.
    private static bool IsBetter(float value, int offered, float than, int thanOffered) => value > than || (value == than && offered < thanOffered);

    private readonly record struct Wish(int Offered, float Score);
}
