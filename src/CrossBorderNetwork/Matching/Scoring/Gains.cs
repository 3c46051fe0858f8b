using System.Runtime.CompilerServices;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// What one person gains from another, term by term, each 0..1. All arithmetic of the score stands here and is used by
/// <see cref="Score"/> and by the index alike: that makes their values equal to the last bit.
/// </summary>
internal readonly record struct Gains(
    double Topics,
    double Needs,
    double Language,
    double Role,
    double Distance,
    double Freshness,
    double Fairness)
{
    /// <summary>The utility before division by the sum of the weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Weighed(ScoreWeights weights) =>
        (weights.Topics * Topics) + (weights.Needs * Needs) + (weights.Language * Language) + (weights.Role * Role)
        + (weights.Distance * Distance) + (weights.Freshness * Freshness) + (weights.Fairness * Fairness);

    /// <summary>The harmonic mean of both utilities, near the lower: a pair that serves one side only is worth little.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Join(in Gains mine, in Gains theirs, ScoreWeights weights, double total)
    {
        var (a, b) = (mine.Weighed(weights), theirs.Weighed(weights));
        return a > 0 && b > 0 ? Math.Min(1, 2 * (a * b) / ((a + b) * total)) : 0;
    }

    /// <summary>The part of a whole that is served; a person who asked for nothing counts as undeclared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Share(double part, double whole, double undeclared) => whole > 0 ? part / whole : undeclared;

    /// <summary>1 at zero, one half at <paramref name="half"/>, ever less after it, never 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Decay(double amount, double half) => half / (half + Math.Max(0, amount));
}
