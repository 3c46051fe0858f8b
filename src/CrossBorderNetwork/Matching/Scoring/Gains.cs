namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>What one person gains from another, term by term, each 0..1, and the quality of that other.</summary>
internal readonly record struct Gains(
    double Needs,
    double Forms,
    double Language,
    double Topics,
    double Role,
    double Distance,
    double Quality)
{
    /// <summary>0..1.</summary>
    public double Utility(ScoreWeights weights) =>
        Quality * ((weights.Needs * Needs) + (weights.Forms * Forms) + (weights.Language * Language) + (weights.Topics * Topics)
        + (weights.Role * Role) + (weights.Distance * Distance)) / weights.Total;

    /// <summary>The harmonic mean of two utilities, near the lower: a pair that serves one side only is worth little.</summary>
    public static double Join(double mine, double theirs) =>
        mine > 0 && theirs > 0 ? Math.Min(1, 2 * (mine * theirs) / (mine + theirs)) : 0;

    /// <summary>1 at zero, one half at <paramref name="half"/>, ever less after it, never 0.</summary>
    public static double Decay(double amount, double half) => half / (half + Math.Max(0, amount));
}
