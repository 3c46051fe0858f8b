using System.Collections.Frozen;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>The side of the border on which a person works.</summary>
public enum Side
{
    LT,
    PL,
}

/// <summary>
/// How far a person gets in a language: the steps of the Common European Framework of Reference, C2 for a first language.
/// An introduction asks for at least <see cref="A2"/> of both.
/// </summary>
public enum Level
{
    None,
    A1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

/// <summary>
/// What the score may know of a person: keys of the content lists, a place and a few counts; no name and no contact.
/// A value made for the moment: whoever builds it leaves out what the person has withdrawn.
/// </summary>
public sealed record Profile
{
    /// <summary>How much somebody offers and seeks a topic that was chosen without saying which: the middle of 1 to 5.</summary>
    public const int Usual = 3;

    public required long Id { get; init; }

    public required Side Side { get; init; }

    /// <summary>Centre of the person's municipality. Many share one, which ranking makes use of.</summary>
    public required GeoPoint Place { get; init; }

    /// <summary>Key of the role; empty when the person did not say.</summary>
    public string Role { get; init; } = "";

    /// <summary>Roles that the person wants to meet; empty when any will do.</summary>
    public IReadOnlySet<string> WantedRoles { get; init; } = FrozenSet<string>.Empty;

    public IReadOnlyDictionary<string, Level> Languages { get; init; } = FrozenDictionary<string, Level>.Empty;

    /// <summary>Topics chosen without a direction: each counts as offered and as sought, at <see cref="Usual"/>.</summary>
    public IReadOnlySet<string> Topics { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Topics on which the person can give something, with how much, 1 to 5.</summary>
    public IReadOnlyDictionary<string, int> OfferedTopics { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary>Topics on which the person looks for something, with how much it matters, 1 to 5.</summary>
    public IReadOnlyDictionary<string, int> SoughtTopics { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary>Forms of cooperation to which the person is open.</summary>
    public IReadOnlySet<string> Offers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Forms of cooperation that the person looks for, with how much, 1 to 3.</summary>
    public IReadOnlyDictionary<string, int> Seeks { get; init; } = FrozenDictionary<string, int>.Empty;

    /// <summary>Agreed to be found, and is neither paused nor blocked. False until somebody says otherwise.</summary>
    public bool Available { get; init; }

    /// <summary>Would meet through a translator. Two who both would may be introduced without a shared language.</summary>
    public bool AcceptsTranslator { get; init; }

    /// <summary>Volunteers to interpret for two people who share no language.</summary>
    public bool Bridge { get; init; }

    /// <summary>Mean of the ratings that partners gave, 0 to 1; counts as little as <see cref="Ratings"/> are few.</summary>
    public double Rating { get; init; }

    public int Ratings { get; init; }

    /// <summary>Null where activity is not known; counts as active today.</summary>
    public DateTimeOffset? LastActive { get; init; }

    /// <summary>How many introductions the person has had so far.</summary>
    public int TimesFound { get; init; }

    /// <summary>How many partners a round may give the person; 0 for none.</summary>
    public int Capacity { get; init; } = 1;

    /// <summary>How many rounds in a row have brought the person nobody.</summary>
    public int RoundsWaited { get; init; }
}
