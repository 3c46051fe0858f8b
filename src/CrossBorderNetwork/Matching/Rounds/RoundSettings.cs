namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>What a round aims at. The value of a round is the sum of its scores and of the bonuses of all who get a partner.</summary>
public sealed record RoundSettings
{
    /// <summary>Where the settings stand in appsettings.json.</summary>
    public const string Section = "Matching:Round";

    /// <summary>What a member's first partner is worth beyond the score: the price of leaving somebody without one.</summary>
    public double FirstPartner { get; init; } = 0.3;

    /// <summary>What a first partner is worth in addition after one round without; after two rounds four times as much, and as much again for each round more.</summary>
    public double RoundWaited { get; init; } = 0.25;

    /// <summary>How many waited rounds count at most.</summary>
    public int MostRoundsWaited { get; init; } = 6;

    /// <summary>Nobody is introduced at a lower score.</summary>
    public double LeastScore { get; init; } = 0.05;

    /// <summary>The least by which a price rises: what each pair may cost against the best round there is.</summary>
    public double Step { get; init; } = 0.002;

    /// <summary>How much of the certified bound a round must be worth, 0..1; where the step proves too coarse for that, a finer one is taken.</summary>
    public double Optimality { get; init; } = 0.999;

    /// <summary>What is wrong with the settings: a sentence each, with setting and remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, value) in new[] { (nameof(FirstPartner), FirstPartner), (nameof(RoundWaited), RoundWaited), (nameof(LeastScore), LeastScore) })
        {
            if (!(value is >= 0 and <= 10)) yield return $"{Section}:{name} is {value}; give a value from 0 to 10.";
        }
        if (MostRoundsWaited < 0) yield return $"{Section}:{nameof(MostRoundsWaited)} is {MostRoundsWaited}; give 0 or more.";
        if (!(Optimality is >= 0 and <= 0.9999)) yield return $"{Section}:{nameof(Optimality)} is {Optimality}; give a value from 0 to 0.9999.";
        if (!(Step is >= 0.00001 and <= 0.1)) yield return $"{Section}:{nameof(Step)} is {Step}; give a value from 0.00001 to 0.1.";
    }

    /// <summary>
    /// The bonus of a member who gets at least one partner. It grows with the square up to the second round waited, after which it
    /// outweighs nearly any score, and evenly from there: so a third wait comes only where many wait for few.
    /// </summary>
    public double BonusOf(int roundsWaited)
    {
        var counted = Math.Clamp(roundsWaited, 0, MostRoundsWaited);
        var steep = Math.Min(counted, 2);
        return FirstPartner + (RoundWaited * ((steep * steep) + counted - steep));
    }
}
