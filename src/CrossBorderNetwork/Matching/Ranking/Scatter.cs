namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// A fixed order that looks like chance, for ties and turns that favour nobody. The finaliser of SplitMix64 (Steele, Lea,
/// Flood 2014): one to one, so that two ids never tie.
/// </summary>
internal static class Scatter
{
    public static ulong Of(ulong bits)
    {
        bits += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
