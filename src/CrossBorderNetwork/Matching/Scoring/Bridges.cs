using System.Numerics;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// Which pairs of languages the bridge people cover. It need not know who they are: whoever converses with a in one language
/// and with b in another is a third person, because a or b in that part would make the language a shared one.
/// </summary>
public sealed class Bridges
{
    public static readonly Bridges None = new([]);

    private readonly uint[] reach;

    private Bridges(uint[] reach) => this.reach = reach;

    internal bool Any => reach.Length > 0;

    public static Bridges From(Vocabulary vocabulary, IEnumerable<Profile> profiles) => Of(profiles
        .Where(profile => profile is { Available: true, Bridge: true })
        .Select(profile => profile.Languages.Where(known => known.Value >= Level.A2 && vocabulary.Language(known.Key) >= 0)
            .Aggregate(0u, (mask, known) => mask | (1u << vocabulary.Language(known.Key)))));

    /// <param name="volunteers">For each volunteer a bit for each language in which the volunteer converses.</param>
    internal static Bridges Of(IEnumerable<uint> volunteers)
    {
        uint[]? found = null;
        foreach (var spoken in volunteers)
        {
            found ??= new uint[32];
            for (var rest = spoken; rest != 0; rest &= rest - 1) found[BitOperations.TrailingZeroCount(rest)] |= spoken;
        }
        return found is null ? None : new Bridges(found);
    }

    /// <summary>The languages, a bit each, of those whom a volunteer connects with a speaker of the given ones.</summary>
    internal uint ReachedFrom(uint spoken)
    {
        if (!Any) return 0;
        var reached = 0u;
        for (var rest = spoken; rest != 0; rest &= rest - 1) reached |= reach[BitOperations.TrailingZeroCount(rest)];
        return reached;
    }

    internal bool Equals(Bridges other) => reach.AsSpan().SequenceEqual(other.reach);
}
