namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// Which pairs of languages the bridge people cover. It need not know who they are: whoever converses with a in one language
/// and with b in another is a third person, because a or b in that part would make the language a shared one.
/// </summary>
public sealed class Bridges
{
    public static readonly Bridges None = new(new Dictionary<string, HashSet<string>>());

    private readonly IReadOnlyDictionary<string, HashSet<string>> reach;

    internal Bridges(IReadOnlyDictionary<string, HashSet<string>> reach) => this.reach = reach;

    public static Bridges From(IEnumerable<Profile> profiles)
    {
        var covered = new Dictionary<string, HashSet<string>>();
        foreach (var volunteer in profiles.Where(profile => profile is { Available: true, Bridge: true }))
        {
            var spoken = volunteer.Languages.Where(known => known.Value >= Level.Converses).Select(known => known.Key).ToList();
            foreach (var language in spoken)
            {
                if (!covered.TryGetValue(language, out var reached))
                    covered[language] = reached = [];
                reached.UnionWith(spoken);
            }
        }

        return new Bridges(covered);
    }

    /// <summary>Whether a volunteer can converse with both.</summary>
    public bool Link(Profile a, Profile b)
    {
        foreach (var (mine, level) in a.Languages)
        {
            if (level < Level.Converses || !reach.TryGetValue(mine, out var reached))
                continue;
            foreach (var (theirs, theirLevel) in b.Languages)
            {
                if (theirLevel >= Level.Converses && reached.Contains(theirs))
                    return true;
            }
        }

        return false;
    }
}
