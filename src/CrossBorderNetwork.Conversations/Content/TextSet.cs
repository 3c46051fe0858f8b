using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>A sentence with the place where it is written.</summary>
public sealed record TextEntry(string Source, Template Template, string File, long Line);

/// <summary>Every sentence of one folder of <c>dialogs/</c>: key and language. Keys of nested entries are joined by dots.</summary>
public sealed class TextSet(string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, TextEntry>> byLanguage)
{
    public string Name => name;

    /// <summary>Language, then key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, TextEntry>> ByLanguage => byLanguage;

    public bool Has(string key) => byLanguage["en"].ContainsKey(key);

    public TextEntry Get(string language, string key) =>
        byLanguage[language].TryGetValue(key, out var entry) ? entry : throw new KeyNotFoundException($"The text '{key}' of '{name}' is missing in '{language}'.");

    public static TextSet Read(string folder, string root, List<ContentFault> faults)
    {
        var byLanguage = new Dictionary<string, IReadOnlyDictionary<string, TextEntry>>();
        foreach (var language in Languages.All)
        {
            var entries = new Dictionary<string, TextEntry>();
            byLanguage[language] = entries;
            var path = Path.Combine(folder, $"texts.{language}.yaml");
            var file = Path.GetRelativePath(root, path);
            if (!File.Exists(path)) faults.Add(new ContentFault(file, 0, "the file is missing: every dialog needs its texts in every language"));
            else if (Yaml.Load(path, file, faults) is { } yaml) ReadEntries(yaml, "", entries);
        }
        return new TextSet(Path.GetFileName(folder), byLanguage);
    }

    private static void ReadEntries(Yaml node, string prefix, Dictionary<string, TextEntry> entries)
    {
        foreach (var (key, value) in node.Entries())
        {
            var path = prefix + key;
            if (value.IsMap)
            {
                ReadEntries(value, path + ".", entries);
                continue;
            }
            try
            {
                entries[path] = new TextEntry(value.Text, Template.Parse(value.Text.Trim()), value.File, value.Line);
            }
            catch (FormatException fault)
            {
                value.Fault($"'{path}': {fault.Message}");
                // Known all the same, so that one slip is reported once.
                entries[path] = new TextEntry(value.Text, Template.Parse(""), value.File, value.Line);
            }
        }
    }
}
