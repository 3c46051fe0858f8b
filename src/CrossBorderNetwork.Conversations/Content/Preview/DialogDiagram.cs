using System.Globalization;
using System.Net;
using System.Text;

namespace CrossBorderNetwork.Conversations;

/// <summary>Draws the steps of one dialog as an SVG picture without any script.</summary>
internal static class DialogDiagram
{
    private const int LongestLabel = 26;

    public static string Draw(Dialog dialog)
    {
        var steps = dialog.Steps.Values.ToDictionary(step => step.Name, step => new DiagramNode(step.Name, KindOf(step)));
        var edges = new List<(DiagramNode From, DiagramNode To, string Label)>();
        var outside = new Dictionary<(DiagramNode From, string Target), DiagramNode>();
        var start = new DiagramNode("begins", "outside");
        var entrances = new List<DiagramNode> { start };
        if (dialog.Guard is { } guard)
        {
            var check = new DiagramNode("guard", "do");
            entrances.Add(check);
            edges.Add((start, check, ""));
            foreach (var (outcome, target) in guard.Outcomes) Connect(check, target == "enter" ? dialog.Start : target, outcome);
        }
        else Connect(start, dialog.Start, "");
        foreach (var (name, target) in dialog.Entries.Select(entry => ($"[{entry.Key}]", entry.Value)).Concat(dialog.Links.Select(link => ("link " + link.Key, link.Value))))
        {
            entrances.Add(new DiagramNode(name, "outside"));
            Connect(entrances[^1], target, "");
        }
        foreach (var step in dialog.Steps.Values)
        {
            foreach (var (target, label) in WaysOn(step)) Connect(steps[step.Name], target, label);
        }
        var merged = edges.GroupBy(edge => (edge.From, edge.To)).Select(group =>
            new DiagramEdge(group.Key.From, group.Key.To, string.Join(", ", group.Select(edge => edge.Label).Where(label => label.Length > 0))));
        return Write(dialog.Name, new Diagram([.. entrances, .. steps.Values, .. outside.Values], merged));

        // Where a dialog ends is drawn beside each step that ends it: one common end would draw every arrow to itself.
        void Connect(DiagramNode from, string target, string label)
        {
            if (!steps.TryGetValue(target, out var to) && !outside.TryGetValue((from, target), out to)) to = outside[(from, target)] = new DiagramNode(target, "outside");
            edges.Add((from, to, label));
        }
    }

    private static string KindOf(Step step) => step switch { AskStep => "ask", SayStep => "say", RunStep => "run", _ => "do" };

    private static IEnumerable<(string Target, string Label)> WaysOn(Step step) => step switch
    {
        ActionStep action => action.Outcomes.Select(outcome => (outcome.Value, outcome.Key)),
        SayStep say => Routed(say.Next),
        RunStep run => Routed(run.Next),
        AskStep ask when ask.Options.Count > 0 && ask.Options.All(option => option.Target is not null) => ask.Options.Select(option => (option.Target!, option.Key)),
        AskStep ask => ask.Options.Where(option => option.Target is not null).Select(option => (option.Target!, option.Key)).Concat(Routed(ask.Next)),
        _ => [],
    };

    private static IEnumerable<(string, string)> Routed(Route route) => route.Branches.Select(branch =>
        (branch.Target, string.Join(" + ", branch.When.Select(condition => string.Join('/', condition.Value)))));

    private static string Write(string name, Diagram diagram)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="diagram" viewBox="0 0 {diagram.Width:0} {diagram.Height:0}" width="{diagram.Width:0}" height="{diagram.Height:0}" role="img" aria-label="Steps of {Escape(name)}">""");
        foreach (var edge in diagram.Edges) WriteEdge(svg, edge);
        foreach (var node in diagram.Nodes.Where(node => !node.IsWaypoint))
        {
            var radius = node.Kind is "say" or "outside" ? 15 : 5;
            svg.Append(CultureInfo.InvariantCulture, $"""<g class="node {node.Kind}"><rect x="{node.X - (node.Width / 2):0.#}" y="{node.Y:0.#}" width="{node.Width:0.#}" height="{DiagramNode.Height}" rx="{radius}"/><text x="{node.X:0.#}" y="{node.Y + 19:0.#}">{Escape(node.Label)}</text></g>""");
        }
        foreach (var edge in diagram.Edges.Where(edge => edge.Label.Length > 0)) WriteLabel(svg, edge);
        return svg.Append("</svg>").ToString();
    }

    private static void WriteEdge(StringBuilder svg, DiagramEdge edge)
    {
        var path = edge.Path;
        svg.Append(edge.IsBack ? "<path class=\"edge back\" " : "<path class=\"edge\" ").Append(edge.IsBack ? "marker-start" : "marker-end").Append("=\"url(#arrow)\" d=\"");
        if (path.Count == 1)
        {
            var (x, y) = (path[0].X + (path[0].Width / 2), path[0].Y + (DiagramNode.Height / 2.0));
            svg.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y - 8:0.#}c26 -10 26 26 2 16");
        }
        for (var i = 0; i + 1 < path.Count; i++)
        {
            var (x1, y1) = (path[i].X, path[i].Y + (path[i].IsWaypoint ? DiagramNode.Height / 2.0 : DiagramNode.Height));
            var (x2, y2) = (path[i + 1].X, path[i + 1].Y + (path[i + 1].IsWaypoint ? DiagramNode.Height / 2.0 : 0));
            var middle = (y1 + y2) / 2;
            if (i == 0) svg.Append(CultureInfo.InvariantCulture, $"M{x1:0.#} {y1:0.#}");
            svg.Append(CultureInfo.InvariantCulture, $"C{x1:0.#} {middle:0.#} {x2:0.#} {middle:0.#} {x2:0.#} {y2:0.#}");
        }
        svg.Append("\"/>");
    }

    /// <summary>Near the box that the arrow comes from, a little way towards where it goes.</summary>
    private static void WriteLabel(StringBuilder svg, DiagramEdge edge)
    {
        var label = edge.Label.Length > LongestLabel ? edge.Label[..(LongestLabel - 1)] + "…" : edge.Label;
        var (from, next) = edge.IsBack ? (edge.From, edge.Path[^2]) : (edge.From, edge.Path[Math.Min(1, edge.Path.Count - 1)]);
        var x = from.X + ((next.X - from.X) * 0.6);
        var y = edge.IsBack ? from.Y - 12 : from.Y + DiagramNode.Height + 26;
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="label" x="{x:0.#}" y="{y:0.#}">{Escape(label)}<title>{Escape(edge.Label)}</title></text>""");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
