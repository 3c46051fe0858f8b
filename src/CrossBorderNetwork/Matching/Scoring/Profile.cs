using System.Collections.Frozen;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>The side of the border on which a person works.</summary>
public enum Side
{
    LT,
    PL,
}

/// <summary>How far a person gets in a language. An introduction asks for at least <see cref="Converses"/> of both.</summary>
public enum Level
{
    Understands = 1,
    Converses = 2,
    Works = 3,
}

/// <summary>
/// What the score may know of a person: keys of the content lists, a place and a few counts; no name and no contact.
/// A value made for the moment: whoever builds it leaves out what the person has withdrawn.
/// </summary>
public sealed record Profile
{
    public required long Id { get; init; }

    public required Side Side { get; init; }

    /// <summary>Centre of the person's municipality. Many share one, which the index makes use of.</summary>
    public required GeoPoint Place { get; init; }

    /// <summary>Key of the role; empty when the person did not say.</summary>
    public string Role { get; init; } = "";

    public IReadOnlyDictionary<string, Level> Languages { get; init; } = FrozenDictionary<string, Level>.Empty;

    public IReadOnlySet<string> Topics { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Forms of cooperation that the person offers.</summary>
    public IReadOnlySet<string> Offers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Forms of cooperation that the person looks for.</summary>
    public IReadOnlySet<string> Seeks { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Agreed to be found, and is neither paused nor blocked. False until somebody says otherwise.</summary>
    public bool Available { get; init; }

    /// <summary>Volunteers to interpret for two people who share no language.</summary>
    public bool Bridge { get; init; }

    public required DateTimeOffset LastActive { get; init; }

    /// <summary>How many introductions the person has had so far.</summary>
    public int TimesFound { get; init; }

    /// <summary>The score counts whole days, so that a ranking does not shift from one minute to the next.</summary>
    internal DateOnly LastActiveOn => DateOnly.FromDateTime(LastActive.UtcDateTime);
}
