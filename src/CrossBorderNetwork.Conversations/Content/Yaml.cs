using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CrossBorderNetwork.Conversations;

/// <summary>A fault in a content file, in words for the person who edits it.</summary>
public sealed record ContentFault(string File, long Line, string Sentence)
{
    public override string ToString() => Line > 0 ? $"{File}, line {Line}: {Sentence}" : $"{File}: {Sentence}";
}

/// <summary>
/// Reads one YAML file node by node and collects every fault with its line, instead of stopping at the first. Keys that nobody
/// asked for are faults too: most are typing slips.
/// </summary>
internal sealed class Yaml
{
    private readonly YamlNode _node;
    private readonly HashSet<string> _read = [];

    private Yaml(YamlNode node, string file, List<ContentFault> faults)
    {
        _node = node;
        File = file;
        Faults = faults;
    }

    public string File { get; }

    public List<ContentFault> Faults { get; }

    public long Line => _node.Start.Line;

    public bool IsMap => _node is YamlMappingNode;

    public bool IsList => _node is YamlSequenceNode;

    public string Text => (_node as YamlScalarNode)?.Value ?? "";

    public static Yaml? Load(string path, string file, List<ContentFault> faults)
    {
        try
        {
            using var reader = new StreamReader(path);
            var stream = new YamlStream();
            stream.Load(reader);
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root) return new Yaml(root, file, faults);
            faults.Add(new ContentFault(file, 1, "the file is empty or is not a list of 'name: value' lines"));
        }
        catch (YamlException fault)
        {
            faults.Add(new ContentFault(file, fault.Start.Line, $"this is not valid YAML ({fault.InnerException?.Message ?? fault.Message})"));
        }
        return null;
    }

    public Yaml? Get(string key)
    {
        _read.Add(key);
        return _node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var child) ? new Yaml(child, File, Faults) : null;
    }

    public string? String(string key) => Get(key)?.Text;

    public bool Bool(string key)
    {
        var node = Get(key);
        if (node is null) return false;
        if (node.Text is not ("true" or "false")) node.Fault($"'{key}' is either true or false");
        return node.Text == "true";
    }

    public int? Int(string key)
    {
        if (Get(key) is not { } node) return null;
        if (int.TryParse(node.Text, System.Globalization.CultureInfo.InvariantCulture, out var number)) return number;
        node.Fault($"'{key}' must be a whole number");
        return null;
    }

    /// <summary>Entries of a map, in the order of the file.</summary>
    public IEnumerable<(string Key, Yaml Value)> Entries()
    {
        if (_node is not YamlMappingNode map)
        {
            Fault("a list of 'name: value' lines is expected here");
            yield break;
        }
        foreach (var (key, value) in map.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            _read.Add(name);
            yield return (name, new Yaml(value, File, Faults));
        }
    }

    public IEnumerable<Yaml> Items() => _node is YamlSequenceNode list ? list.Children.Select(child => new Yaml(child, File, Faults)) : [];

    public IReadOnlyList<string> Strings() => IsList ? [.. Items().Select(item => item.Text)] : [Text];

    public IReadOnlyDictionary<string, string> Map(string key) =>
        Get(key)?.Entries().ToDictionary(entry => entry.Key, entry => entry.Value.Text) ?? [];

    public void Fault(string sentence) => Faults.Add(new ContentFault(File, Line, sentence));

    /// <summary>Reports every key that was not asked for.</summary>
    public void NothingElse()
    {
        if (_node is not YamlMappingNode map) return;
        foreach (var key in map.Children.Keys.OfType<YamlScalarNode>().Where(key => !_read.Contains(key.Value!)))
            Faults.Add(new ContentFault(File, key.Start.Line, $"'{key.Value}' is not known here (known: {string.Join(", ", _read.Order(StringComparer.Ordinal))})"));
    }
}
