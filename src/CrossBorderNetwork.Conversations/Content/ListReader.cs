using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>Reads the controlled vocabularies of <c>dialogs/lists/*.yaml</c>.</summary>
internal static class ListReader
{
    public static IEnumerable<ControlledList> ReadAll(string folder, string root, List<ContentFault> faults)
    {
        foreach (var path in Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            if (Yaml.Load(path, Path.GetRelativePath(root, path), faults) is not { } yaml) continue;
            var items = new List<ListItem>();
            var keys = new HashSet<string>();
            foreach (var node in yaml.Get("items")?.Items() ?? [])
            {
                var key = node.String("key") ?? "";
                if (key.Length is 0 or > 24) node.Fault("an entry needs a 'key' of at most 24 characters");
                if (!keys.Add(key)) node.Fault($"the key '{key}' stands twice");
                var labels = Languages.All.ToDictionary(language => language, language =>
                {
                    if (node.String(language) is { Length: > 0 } label) return label;
                    node.Fault($"'{key}' has no label in '{language}'");
                    return key;
                });
                items.Add(new ListItem(key, labels, node.Map("attributes"), node.Line));
                node.NothingElse();
            }
            var lowers = yaml.String("inside-a-sentence") == "lower";
            yaml.NothingElse();
            if (items.Count == 0) yaml.Fault("the list has no 'items'");
            yield return new ControlledList(Path.GetFileNameWithoutExtension(path), [.. items.DistinctBy(item => item.Key)], lowers);
        }
    }
}
