namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>Why two people may not be introduced.</summary>
public enum Obstacle
{
    None,
    SameSide,
    NotAvailable,
    NoSharedLanguage,
}

/// <summary>How two people can talk: their best shared language at the level of the weaker speaker, or through a third person.</summary>
public readonly record struct Conversation(string? Language, Level Level)
{
    public static readonly Conversation ThroughBridge;

    public bool ViaBridge => Language is null;
}

/// <summary>One term of a utility. The name is that of its weight in <see cref="ScoreWeights"/>; value 0..1.</summary>
public sealed record Term(string Name, double Value, double Weight);

/// <summary>
/// What the pair looks like to one of the two. Utility 0..1 is the mean of the terms by weight, times the quality of the other:
/// 1 less what ratings, inactivity and many introductions cost.
/// </summary>
public sealed record Viewpoint(long Id, double Utility, double Quality, IReadOnlyList<Term> Terms, IReadOnlyList<Reason> Reasons);

/// <summary>
/// The score of two people with everything that explains it. Of a pair that may not be introduced it says only which
/// <see cref="Obstacle"/> stands between them.
/// </summary>
public sealed record Assessment(
    Obstacle Obstacle,
    double Value,
    Conversation? Conversation,
    Viewpoint First,
    Viewpoint Second)
{
    public bool Feasible => Obstacle is Obstacle.None;

    public IReadOnlyList<Reason> ReasonsFor(long id) => For(id).Reasons;

    public IReadOnlyList<Term> TermsFor(long id) => For(id).Terms;

    public Viewpoint For(long id) =>
        id == First.Id ? First
        : id == Second.Id ? Second
        : throw new ArgumentException($"The assessment is of {First.Id} and {Second.Id}, not of {id}.", nameof(id));

    internal static Assessment Refused(Obstacle obstacle, long first, long second) =>
        new(obstacle, 0, null, new Viewpoint(first, 0, 0, [], []), new Viewpoint(second, 0, 0, [], []));
}
