namespace CrossBorderNetwork.Matching;

/// <summary>How lists of partners are ordered. What the score and the round are made of stands in sections of their own.</summary>
public sealed class MatchingOptions
{
    /// <summary>Where the settings stand in appsettings.json.</summary>
    public const string Section = "Matching";

    /// <summary>
    /// What part of the price that the last round put on a member is taken off the score in lists: 0 shows the popular few to
    /// everybody, 1 spreads the places of the lists most widely.
    /// </summary>
    public double PriceStrength { get; set; } = 0.5;

    /// <summary>What is wrong with the settings: a sentence each, with setting and remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(PriceStrength is >= 0 and <= 1)) yield return $"{Section}:{nameof(PriceStrength)} is {PriceStrength}; give a value from 0 to 1.";
    }
}
