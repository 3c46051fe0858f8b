namespace CrossBorderNetwork.Benchmarks;

internal static class Numbers
{
    public static double Median(IEnumerable<double> values) => At(values, 0.5);

    /// <summary>The value below which the given share lies.</summary>
    public static double At(IEnumerable<double> values, double share)
    {
        var ordered = values.Order().ToList();
        return ordered[(int)(share * (ordered.Count - 1))];
    }
}
