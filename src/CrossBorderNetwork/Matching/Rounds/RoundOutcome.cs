using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>Who takes part in a round and who must not meet.</summary>
/// <param name="People">Everybody, read once. Only those who are available and have capacity take part.</param>
/// <param name="Apart">Pairs who met, declined or do not want to meet; the order within a pair does not matter.</param>
/// <param name="Today">The day on which freshness is counted.</param>
/// <param name="Seed">Decides whose turn comes first and ties, and nothing else. The number of the round will do.</param>
public sealed record RoundInput(IEnumerable<Profile> People, IEnumerable<(long One, long Other)> Apart, DateOnly Today, long Seed);

/// <summary>Two members to introduce. Score as in <see cref="Scoring.Score.Value(Profile, Profile)"/>.</summary>
public readonly record struct Introduced(long Lithuanian, long Polish, double Score);

/// <summary>
/// How many of one side got a partner. Attainable is what nobody can exceed, by languages and capacities alone.
/// </summary>
public sealed record Coverage(int Members, int Covered, int Attainable)
{
    public double Share => Members > 0 ? (double)Covered / Members : 1;
}

/// <summary>Why a member got nobody this time; each asks for another remedy.</summary>
public enum LeftOutReason
{
    /// <summary>Nobody on the other side shares a language, and no translator would help.</summary>
    NoLanguage,

    /// <summary>Somebody who is still free would meet through a translator; this member has not said so. Worth asking once.</summary>
    TranslatorWouldHelp,

    /// <summary>There are people to talk with: all are taken, or were met before. First in line next time, or a third in a pair.</summary>
    NobodyFree,
}

public sealed record LeftOut(long Id, LeftOutReason Reason);

/// <summary>
/// The dual prices that prove how good the round is: by weak duality no round is worth more than <see cref="Bound"/>. Whoever has
/// profiles and prices can recompute it; see the README of this folder.
/// </summary>
/// <param name="Priced">The side whose members have the prices; the other side's members choose.</param>
/// <param name="Prices">For each taking part; from minus the bonus upwards.</param>
/// <param name="Bound">Includes what single precision may have cost.</param>
public sealed record Certificate(Side Priced, IReadOnlyDictionary<long, double> Prices, double Bound);

/// <summary>A round, not yet told to anybody: pairs in the order of the ids, those left out, and the proof.</summary>
public sealed record RoundOutcome(
    IReadOnlyList<Introduced> Pairs,
    IReadOnlyList<LeftOut> LeftOut,
    double Value,
    Certificate Certificate,
    Coverage Lithuania,
    Coverage Poland,
    IReadOnlyDictionary<long, double> Prices,
    RoundEffort Effort)
{
    /// <summary>The part of the bound that is reached, 0..1: the best round there is lies between.</summary>
    public double Optimality => Certificate.Bound > 0 ? Math.Min(1, Value / Certificate.Bound) : 1;
}

/// <summary>What the search took, for benchmarks.</summary>
/// <param name="Choosers">Members of the side that chose.</param>
/// <param name="Scans">How often one of them was compared with the whole other side.</param>
/// <param name="Bids">How often a price rose.</param>
/// <param name="Phases">How often scanning alternated with bidding.</param>
public sealed record RoundEffort(int Choosers, long Scans, long Bids, int Phases);
