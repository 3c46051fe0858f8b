namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// The judgement in the score, as settings: what counts how much. The six weights need not sum to 1, they are shares of
/// their sum. The defaults are judgement, to be fitted to the answers that introductions get.
/// </summary>
public sealed record ScoreWeights
{
    /// <summary>Where the settings stand in appsettings.json.</summary>
    public const string Section = "Matching:Score";

    /// <summary>Weight of needs met: how much of what I seek, by topic and rarity, the other offers.</summary>
    public double Needs { get; init; } = 0.40;

    /// <summary>Weight of the forms of cooperation that I look for and the other is open to.</summary>
    public double Forms { get; init; } = 0.15;

    /// <summary>Weight of how well the two can talk.</summary>
    public double Language { get; init; } = 0.15;

    /// <summary>Weight of shared topics, by rarity, in whichever direction.</summary>
    public double Topics { get; init; } = 0.12;

    /// <summary>Weight of the other's role.</summary>
    public double Role { get; init; } = 0.10;

    /// <summary>Weight of nearness, as far as I look for forms that ask for a visit.</summary>
    public double Distance { get; init; } = 0.08;

    /// <summary>The share of a utility that partners of the worst rating cost.</summary>
    public double Rating { get; init; } = 0.15;

    /// <summary>The share of a utility that the longest inactivity of the other costs.</summary>
    public double Freshness { get; init; } = 0.05;

    /// <summary>Fairness: the share of a utility lost when the other has had very many introductions.</summary>
    public double Fairness { get; init; } = 0.07;

    /// <summary>Language term when the weaker speaker of the best shared language has A2.</summary>
    public double AtA2 { get; init; } = 0.40;

    /// <summary>Language term at B1.</summary>
    public double AtB1 { get; init; } = 0.65;

    /// <summary>Language term at B2.</summary>
    public double AtB2 { get; init; } = 0.85;

    /// <summary>Language term at C1.</summary>
    public double AtC1 { get; init; } = 0.95;

    /// <summary>Language term at C2, the level of a first language.</summary>
    public double AtC2 { get; init; } = 1;

    /// <summary>Language term when a third person has to interpret.</summary>
    public double ThroughThird { get; init; } = 0.30;

    /// <summary>Needs or forms term of a person who seeks nothing: unknown is better than known not to fit.</summary>
    public double Undeclared { get; init; } = 0.35;

    /// <summary>Role term of two people of one role.</summary>
    public double SameRole { get; init; } = 1;

    /// <summary>Role term of two roles that <see cref="RoleFits"/> does not name.</summary>
    public double OtherRole { get; init; } = 0.4;

    /// <summary>Role term of somebody outside the roles that I want to meet; 1 for one of them.</summary>
    public double UnwantedRole { get; init; } = 0.1;

    /// <summary>Role terms other than the three above: my role, then the other's: "researcher": { "teacher": 0.8 }.</summary>
    public Dictionary<string, Dictionary<string, double>> RoleFits { get; init; } = [];

    /// <summary>Kilometres over which nearness falls to 1/e.</summary>
    public double DistanceKm { get; init; } = 150;

    /// <summary>Days without activity after which half of <see cref="Freshness"/> is lost.</summary>
    public double HalfFreshnessDays { get; init; } = 60;

    /// <summary>Introductions after which half of <see cref="Fairness"/> is lost.</summary>
    public double HalfFound { get; init; } = 2;

    /// <summary>What a person without ratings is taken to be rated, 0 to 1.</summary>
    public double UsualRating { get; init; } = 0.70;

    /// <summary>As how many ratings <see cref="UsualRating"/> counts beside those that a person got.</summary>
    public double UsualRatings { get; init; } = 5;

    /// <summary>Kilometres up to which two towns are called near as a reason.</summary>
    public double NearKm { get; init; } = 60;

    internal double Total => Needs + Forms + Language + Topics + Role + Distance;

    internal double RoleFit(string mine, string theirs) =>
        RoleFits.TryGetValue(mine, out var fits) && fits.TryGetValue(theirs, out var fit) ? fit
        : mine.Length > 0 && mine == theirs ? SameRole
        : OtherRole;

    internal double AtLevel(Level weaker) => weaker switch
    {
        Level.C2 => AtC2,
        Level.C1 => AtC1,
        Level.B2 => AtB2,
        Level.B1 => AtB1,
        Level.A2 => AtA2,
        _ => 0,
    };

    /// <summary>What is wrong with the settings: a sentence each, with setting and remedy; empty when all is well.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var (name, value) in Weights())
        {
            if (!(value >= 0 && double.IsFinite(value)))
                yield return $"{Section}:{name} is {value}; a weight is 0 or more.";
        }

        if (Weights().All(weight => weight.Value == 0))
            yield return $"All weights in {Section} are 0; give at least one of them a value above 0.";

        foreach (var (name, value) in Terms())
        {
            if (!(value is >= 0 and <= 1))
                yield return $"{Section}:{name} is {value}; give a value from 0 to 1.";
        }

        if (Rating + Freshness + Fairness > 1)
            yield return $"In {Section} Rating, Freshness and Fairness sum to more than 1, so that little would be left to lose; lower one.";
        if (!(ThroughThird <= AtA2 && AtA2 <= AtB1 && AtB1 <= AtB2 && AtB2 <= AtC1 && AtC1 <= AtC2))
            yield return $"In {Section} a better language would count less; keep ThroughThird <= AtA2 <= AtB1 <= AtB2 <= AtC1 <= AtC2.";

        foreach (var (name, value) in Scales())
        {
            if (!(value > 0 && double.IsFinite(value)))
                yield return $"{Section}:{name} is {value}; give a value above 0.";
        }
    }

    private (string Name, double Value)[] Weights() =>
    [
        (nameof(Needs), Needs), (nameof(Forms), Forms), (nameof(Language), Language), (nameof(Topics), Topics),
        (nameof(Role), Role), (nameof(Distance), Distance),
    ];

    private IEnumerable<(string Name, double Value)> Terms() =>
    [
        (nameof(Rating), Rating), (nameof(Freshness), Freshness), (nameof(Fairness), Fairness),
        (nameof(AtA2), AtA2), (nameof(AtB1), AtB1), (nameof(AtB2), AtB2), (nameof(AtC1), AtC1), (nameof(AtC2), AtC2),
        (nameof(ThroughThird), ThroughThird), (nameof(Undeclared), Undeclared), (nameof(UsualRating), UsualRating),
        (nameof(SameRole), SameRole), (nameof(OtherRole), OtherRole), (nameof(UnwantedRole), UnwantedRole),
        .. RoleFits.SelectMany(mine => mine.Value.Select(fit => ($"{nameof(RoleFits)}:{mine.Key}:{fit.Key}", fit.Value))),
    ];

    private (string Name, double Value)[] Scales() =>
    [
        (nameof(DistanceKm), DistanceKm), (nameof(HalfFreshnessDays), HalfFreshnessDays), (nameof(HalfFound), HalfFound),
        (nameof(UsualRatings), UsualRatings),
    ];
}
