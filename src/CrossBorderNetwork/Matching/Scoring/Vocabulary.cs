using System.Collections.Frozen;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// The keys of the content lists that the index knows, each with its place in a bit mask. Limits: 64 topics, 32 forms of
/// cooperation, 32 languages; roles are not limited.
/// </summary>
public sealed class Vocabulary
{
    private readonly FrozenDictionary<string, int> topics;
    private readonly FrozenDictionary<string, int> forms;
    private readonly FrozenDictionary<string, int> languages;
    private readonly FrozenDictionary<string, int> roles;

    /// <exception cref="ArgumentException">A list is too long or names a key twice.</exception>
    public Vocabulary(
        IReadOnlyList<string> topics, IReadOnlyList<string> forms, IReadOnlyList<string> languages, IReadOnlyList<string> roles)
    {
        this.topics = Numbered("topics", topics, 64);
        this.forms = Numbered("cooperation forms", forms, 32);
        this.languages = Numbered("languages", languages, 32);
        this.roles = Numbered("roles", roles, int.MaxValue);
        Topics = topics;
        Languages = languages;
        Roles = roles;
    }

    internal IReadOnlyList<string> Topics { get; }

    internal IReadOnlyList<string> Languages { get; }

    internal IReadOnlyList<string> Roles { get; }

    /// <summary>The profile without keys that the lists no longer hold: nobody could be told a reason that has no name.</summary>
    public Profile Keep(Profile profile) => profile with
    {
        Topics = profile.Topics.Where(topics.ContainsKey).ToFrozenSet(),
        Offers = profile.Offers.Where(forms.ContainsKey).ToFrozenSet(),
        Seeks = profile.Seeks.Where(forms.ContainsKey).ToFrozenSet(),
        Languages = profile.Languages.Where(known => languages.ContainsKey(known.Key)).ToFrozenDictionary(),
        Role = roles.ContainsKey(profile.Role) ? profile.Role : "",
    };

    internal ulong TopicMask(IEnumerable<string> keys) => Mask(topics, keys);

    internal uint FormMask(IEnumerable<string> keys) => (uint)Mask(forms, keys);

    internal uint LanguageMask(Profile profile, Level atLeast) =>
        (uint)Mask(languages, profile.Languages.Where(known => known.Value >= atLeast).Select(known => known.Key));

    /// <summary>Position in <see cref="Roles"/>; one past the end when the person did not say.</summary>
    internal int RoleNumber(string key) => roles.GetValueOrDefault(key, Roles.Count);

    private static ulong Mask(FrozenDictionary<string, int> numbers, IEnumerable<string> keys) =>
        keys.Aggregate(0UL, (mask, key) => mask | (1UL << numbers[key]));

    private static FrozenDictionary<string, int> Numbered(string name, IReadOnlyList<string> keys, int most)
    {
        if (keys.Count > most)
        {
            throw new ArgumentException(
                $"The list of {name} has {keys.Count} entries; matching takes at most {most}.", nameof(keys));
        }

        if (keys.CountBy(key => key).FirstOrDefault(counted => counted.Value > 1).Key is { } twice)
            throw new ArgumentException($"The list of {name} names \"{twice}\" twice; remove one.", nameof(keys));
        return keys.Index().ToFrozenDictionary(entry => entry.Item, entry => entry.Index);
    }
}
