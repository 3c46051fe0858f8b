namespace CrossBorderNetwork.Conversations;

/// <summary>One entry of a controlled vocabulary, with its label in each language.</summary>
public sealed record ListItem(string Key, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Attributes, long Line = 0)
{
    public string Label(string language) => Labels[language];
}

/// <summary>A controlled vocabulary from <c>dialogs/lists</c>. Keys are stored, labels are shown.</summary>
public sealed class ControlledList
{
    private readonly bool _lowersInside;
    private readonly Dictionary<string, ListItem> _byKey;
    private readonly (ListItem Item, string[] Names)[] _search;

    public ControlledList(string name, IReadOnlyList<ListItem> items, bool lowersInside)
    {
        Name = name;
        _lowersInside = lowersInside;
        Items = items;
        _byKey = items.ToDictionary(item => item.Key);
        _search = [.. items.Select(item => (item, item.Labels.Values
            .Concat(item.Attributes.GetValueOrDefault("names", "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            .Select(Folding.Fold).Distinct().ToArray()))];
    }

    public string Name { get; }

    public IReadOnlyList<ListItem> Items { get; }

    public ListItem? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>The label as it stands inside a sentence: a list of common nouns loses its capital there, proper names keep it.</summary>
    public string LabelInside(string key, string language)
    {
        if (Find(key) is not { } item) return key;
        var label = item.Label(language);
        var isAcronym = label.Length > 1 && char.IsUpper(label[1]);
        return _lowersInside && !isAcronym && item.Attributes.GetValueOrDefault("keep_case") != "true" ? char.ToLowerInvariant(label[0]) + label[1..] : label;
    }

    /// <summary>The entries that fit what a person typed, best first; tolerant of case, diacritics and a typing slip.</summary>
    public IReadOnlyList<ListItem> Search(string typed, Func<ListItem, bool> where, int count)
    {
        var query = Folding.Fold(typed);
        var fits = _search
            .Where(entry => where(entry.Item))
            .Select(entry => (entry.Item, Misfit: entry.Names.Min(name => Folding.Misfit(query, name))))
            .Where(entry => entry.Misfit is not null)
            .OrderBy(entry => entry.Misfit)
            .ToList();
        // A typing slip is only assumed where nothing fits without one.
        var asTyped = fits.FindAll(entry => entry.Misfit < Folding.FirstSlip);
        return [.. (asTyped.Count > 0 ? asTyped : fits).Select(entry => entry.Item).Take(count)];
    }
}
