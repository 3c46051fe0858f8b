using System.Globalization;
using System.Security.Cryptography;

namespace CrossBorderNetwork.Conversations;

/// <summary>Reads one <c>dialog.yaml</c>. What it refers to is checked afterwards, when everything is read.</summary>
internal static class DialogReader
{
    public static readonly IReadOnlyList<string> Prompts = ["text", "choice", "choices", "ratings", "confirm", "number", "date", "time", "datetime", "place", "lookup", "file"];

    public static Dialog? Read(string folder, string root, List<ContentFault> faults)
    {
        var path = Path.Combine(folder, "dialog.yaml");
        var file = Path.GetRelativePath(root, path);
        if (Yaml.Load(path, file, faults) is not { } yaml) return null;

        var steps = new Dictionary<string, Step>();
        if (yaml.Get("steps") is { } stepNodes)
        {
            foreach (var (name, node) in stepNodes.Entries())
            {
                if (ReadStep(name, node) is { } step) steps[name] = step;
            }
        }
        else yaml.Fault("'steps' are missing");

        var dialog = new Dialog
        {
            Name = Path.GetFileName(folder),
            Version = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..12],
            File = file,
            Start = yaml.String("start") ?? steps.Keys.FirstOrDefault() ?? "",
            Expires = ReadDuration(yaml.Get("expires")) ?? TimeSpan.FromDays(7),
            Keep = yaml.Bool("keep"),
            Interrupts = yaml.Bool("interrupts"),
            Commands = yaml.Get("commands")?.Strings() ?? [],
            Menu = yaml.String("menu"),
            Guard = yaml.Get("guard") is { } guard ? ReadAction("guard", guard) : null,
            Links = yaml.Map("links"),
            Entries = yaml.Map("entries"),
            Messages = ReadMessages(yaml.Get("messages")),
            Steps = steps,
            AlsoSays = yaml.Get("also-says")?.Strings() ?? [],
            Examples = ReadExamples(Path.Combine(folder, "examples")),
        };
        yaml.NothingElse();
        return dialog with { Lines = ReadLines(yaml) };
    }

    private static IReadOnlyList<string> ReadExamples(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)] : [];

    private static Dictionary<string, long> ReadLines(Yaml yaml)
    {
        var lines = new Dictionary<string, long>();
        foreach (var (name, node) in yaml.Entries().Where(entry => entry.Key != "steps"))
        {
            lines[name] = node.Line;
            if (!node.IsMap) continue;
            foreach (var (inner, value) in node.Entries()) lines[$"{name}.{inner}"] = value.Line;
        }
        return lines;
    }

    private static Step? ReadStep(string name, Yaml node)
    {
        if (!node.IsMap)
        {
            node.Fault($"step '{name}' needs one of: say, ask, do, run");
            return null;
        }
        Step? step = null;
        if (node.Get("ask") is { } ask) step = ReadAsk(name, node, ask);
        else if (node.Get("do") is not null) return ReadAction(name, node);
        else if (node.String("run") is { } dialog) step = new RunStep(name, node.Line, dialog, ReadRoute(node));
        else if (node.Bool("say")) step = new SayStep(name, node.Line, ReadRoute(node));
        else node.Fault($"step '{name}' needs one of: say, ask, do, run");
        node.NothingElse();
        return step;
    }

    private static ActionStep ReadAction(string name, Yaml node)
    {
        var action = new ActionStep(name, node.Line, node.String("do") ?? "", node.Map("with"), node.Map("on"));
        if (action.Action.Length == 0) node.Fault("the name of the action is missing after 'do:'");
        node.NothingElse();
        return action;
    }

    private static AskStep ReadAsk(string name, Yaml node, Yaml ask)
    {
        if (!Prompts.Contains(ask.Text)) ask.Fault($"'{ask.Text}' is not a kind of question (known: {string.Join(", ", Prompts)})");
        var options = new List<AskOption>();
        foreach (var option in node.Get("options")?.Items() ?? [])
        {
            if (option.IsMap) options.AddRange(option.Entries().Select(entry => new AskOption(entry.Key, entry.Value.Text, entry.Value.Line)));
            else options.Add(new AskOption(option.Text, null, option.Line));
        }
        return new AskStep(name, node.Line, ask.Text, node.String("saves") ?? name, ReadRoute(node, isNeeded: options.Count == 0 || options.Any(option => option.Target is null)))
        {
            Options = options,
            List = node.String("list"),
            Scale = node.String("scale"),
            From = node.String("from"),
            Lookup = node.String("lookup"),
            Where = node.Map("where"),
            Min = node.Int("min"),
            Max = node.Int("max"),
            Columns = node.Int("columns"),
            Optional = node.Bool("optional"),
            Addable = node.Bool("addable"),
            Format = node.String("format"),
            Past = node.Bool("past"),
            NoBack = node.Bool("no-back"),
        };
    }

    private static Route ReadRoute(Yaml node, bool isNeeded = true)
    {
        if (node.Get("next") is not { } next)
        {
            if (isNeeded) node.Fault("'next' is missing: say where to go (a step, end, or start <dialog>)");
            return Route.To("end", node.Line);
        }
        if (!next.IsList) return Route.To(next.Text, next.Line);
        var branches = new List<Branch>();
        foreach (var item in next.Items())
        {
            if (!item.IsMap)
            {
                branches.Add(new Branch(new Dictionary<string, IReadOnlyList<string>>(), item.Text, item.Line));
                continue;
            }
            var when = item.Get("when")?.Entries().ToDictionary(entry => entry.Key, entry => entry.Value.Strings()) ?? [];
            if (item.String("to") is { } to) branches.Add(new Branch(when, to, item.Line));
            else item.Fault("a branch needs 'to'");
            item.NothingElse();
        }
        if (branches.Count == 0 || branches[^1].When.Count > 0) next.Fault("the last branch must have no condition, so that there is always a way on");
        return new Route(branches);
    }

    private static Dictionary<string, IReadOnlyList<IReadOnlyList<string>>> ReadMessages(Yaml? node)
    {
        var messages = new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>();
        foreach (var (name, message) in node?.Entries() ?? [])
        {
            messages[name] = [.. (message.Get("buttons")?.Items() ?? []).Select(row => row.Strings())];
            message.NothingElse();
        }
        return messages;
    }

    private static TimeSpan? ReadDuration(Yaml? node)
    {
        if (node is null) return null;
        if (node.Text.Length > 1 && int.TryParse(node.Text[..^1], CultureInfo.InvariantCulture, out var number))
        {
            if (node.Text[^1] == 'd') return TimeSpan.FromDays(number);
            if (node.Text[^1] == 'h') return TimeSpan.FromHours(number);
        }
        node.Fault("'expires' is a number of days or hours, such as 7d or 12h");
        return null;
    }
}
