namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// The judgement in the score, as settings: what counts how much. The seven weights need not sum to 1, they are shares of
/// their sum. The defaults are judgement, to be fitted to the answers that introductions get.
/// </summary>
public sealed record ScoreWeights
{
    /// <summary>Where the settings stand in appsettings.json.</summary>
    public const string Section = "Matching:Score";

    /// <summary>Weight of shared topics: the share of my topics, by rarity, that the other chose too.</summary>
    public double Topics { get; init; } = 0.35;

    /// <summary>Weight of needs met: the share of the forms I look for that the other offers.</summary>
    public double Needs { get; init; } = 0.30;

    /// <summary>Weight of how well the two can talk.</summary>
    public double Language { get; init; } = 0.10;

    /// <summary>Weight of the other's role.</summary>
    public double Role { get; init; } = 0.08;

    /// <summary>Weight of nearness.</summary>
    public double Distance { get; init; } = 0.05;

    /// <summary>Weight of how lately the other was active.</summary>
    public double Freshness { get; init; } = 0.05;

    /// <summary>Weight of fairness: the fewer introductions the other has had, the more it counts.</summary>
    public double Fairness { get; init; } = 0.07;

    /// <summary>Language term when both work in one language.</summary>
    public double BothWork { get; init; } = 1.0;

    /// <summary>Language term when the weaker speaker of the best shared language converses in it.</summary>
    public double BothConverse { get; init; } = 0.7;

    /// <summary>Language term when a bridge person has to interpret.</summary>
    public double ViaBridge { get; init; } = 0.3;

    /// <summary>Topic or needs term of a person who chose nothing: unknown is better than known not to fit.</summary>
    public double Undeclared { get; init; } = 0.35;

    /// <summary>Role term of two people of one role.</summary>
    public double SameRole { get; init; } = 1.0;

    /// <summary>Role term of two roles that <see cref="RoleFits"/> does not name.</summary>
    public double OtherRole { get; init; } = 0.4;

    /// <summary>Role terms other than the two above: my role, then the other's: "researcher": { "teacher": 0.8 }.</summary>
    public Dictionary<string, Dictionary<string, double>> RoleFits { get; init; } = [];

    /// <summary>Kilometres at which the distance term has fallen to one half.</summary>
    public double HalfDistanceKm { get; init; } = 100;

    /// <summary>Days without activity after which the freshness term has fallen to one half.</summary>
    public double HalfFreshnessDays { get; init; } = 60;

    /// <summary>Introductions after which the fairness term has fallen to one half.</summary>
    public double HalfFound { get; init; } = 2;

    /// <summary>Kilometres up to which two towns are called near as a reason.</summary>
    public double NearKm { get; init; } = 60;

    // Added in the order in which a utility is added up, so that no rounding can carry a score over 1.
    internal double Total => Topics + Needs + Language + Role + Distance + Freshness + Fairness;

    internal double RoleFit(string mine, string theirs) =>
        RoleFits.TryGetValue(mine, out var fits) && fits.TryGetValue(theirs, out var fit) ? fit
        : mine.Length > 0 && mine == theirs ? SameRole
        : OtherRole;

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

        if (!(ViaBridge <= BothConverse && BothConverse <= BothWork))
            yield return $"In {Section} a better language would count less; keep ViaBridge <= BothConverse <= BothWork.";

        foreach (var (name, value) in Halves())
        {
            if (!(value > 0 && double.IsFinite(value)))
                yield return $"{Section}:{name} is {value}; give a value above 0.";
        }
    }

    private (string Name, double Value)[] Weights() =>
    [
        (nameof(Topics), Topics), (nameof(Needs), Needs), (nameof(Language), Language), (nameof(Role), Role),
        (nameof(Distance), Distance), (nameof(Freshness), Freshness), (nameof(Fairness), Fairness),
    ];

    private IEnumerable<(string Name, double Value)> Terms() =>
    [
        (nameof(BothWork), BothWork), (nameof(BothConverse), BothConverse), (nameof(ViaBridge), ViaBridge),
        (nameof(Undeclared), Undeclared), (nameof(SameRole), SameRole), (nameof(OtherRole), OtherRole),
        .. RoleFits.SelectMany(mine => mine.Value.Select(fit => ($"{nameof(RoleFits)}:{mine.Key}:{fit.Key}", fit.Value))),
    ];

    private (string Name, double Value)[] Halves() =>
    [
        (nameof(HalfDistanceKm), HalfDistanceKm), (nameof(HalfFreshnessDays), HalfFreshnessDays), (nameof(HalfFound), HalfFound),
    ];
}
