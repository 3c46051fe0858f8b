using System.Collections.Frozen;

namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// The keys of the content lists that the score knows, each with its place in a packed profile. Limits: 64 topics, 16 forms of
/// cooperation, 16 languages, 15 roles. Keys outside the lists count for nothing: nobody could be told a reason without a name.
/// </summary>
public sealed class Vocabulary
{
    private readonly FrozenDictionary<string, int> topics;
    private readonly FrozenDictionary<string, int> forms;
    private readonly FrozenDictionary<string, int> languages;
    private readonly FrozenDictionary<string, int> roles;

    /// <param name="topics">Keys of the topics.</param>
    /// <param name="forms">Keys of the forms of cooperation.</param>
    /// <param name="visits">Those of the forms for which one partner must travel to the other.</param>
    /// <param name="languages">Keys of the languages.</param>
    /// <param name="roles">Keys of the roles.</param>
    /// <exception cref="ArgumentException">A list is too long or names a key twice.</exception>
    public Vocabulary(
        IReadOnlyList<string> topics,
        IReadOnlyList<string> forms,
        IReadOnlyCollection<string> visits,
        IReadOnlyList<string> languages,
        IReadOnlyList<string> roles)
    {
        this.topics = Numbered("topics", topics, 64);
        this.forms = Numbered("cooperation forms", forms, 16);
        this.languages = Numbered("languages", languages, 16);
        this.roles = Numbered("roles", roles, 15);
        Topics = topics;
        Forms = forms;
        Languages = languages;
        Roles = roles;
        Visits = [.. forms.Select(visits.Contains)];
        Layout = new Layout(topics.Count, forms.Count, languages.Count);
    }

    internal IReadOnlyList<string> Topics { get; }

    internal IReadOnlyList<string> Forms { get; }

    internal IReadOnlyList<string> Languages { get; }

    internal IReadOnlyList<string> Roles { get; }

    /// <summary>By form: whether one partner must travel to the other.</summary>
    internal IReadOnlyList<bool> Visits { get; }

    internal Layout Layout { get; }

    internal int Topic(string key) => topics.GetValueOrDefault(key, -1);

    internal int Form(string key) => forms.GetValueOrDefault(key, -1);

    internal int Language(string key) => languages.GetValueOrDefault(key, -1);

    /// <summary>Position in <see cref="Roles"/>; one past the end when the person did not say.</summary>
    internal int Role(string key) => roles.GetValueOrDefault(key, Roles.Count);

    internal string RoleKey(int number) => number < Roles.Count ? Roles[number] : "";

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
