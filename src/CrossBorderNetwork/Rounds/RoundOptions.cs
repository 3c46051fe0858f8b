namespace CrossBorderNetwork.Rounds;

/// <summary>Settings under <c>Rounds</c>.</summary>
public sealed class RoundOptions
{
    public const string Section = "Rounds";

    /// <summary>Whether a round begins by itself on the first day of a month on which both countries work.</summary>
    public bool Monthly { get; set; } = true;

    /// <summary>After so many days without a coordinator's look the pairs go out as they are; 0: never.</summary>
    public int ReviewDays { get; set; } = 5;

    /// <summary>What is wrong with the settings: a sentence each, with setting and remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (ReviewDays is < 0 or > 60) yield return $"{Section}:{nameof(ReviewDays)} is {ReviewDays}; give 0 (never) to 60 days.";
    }
}
