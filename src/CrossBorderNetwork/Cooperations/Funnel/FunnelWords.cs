using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Cooperations;

/// <summary>The funnel in a reader's words: what the picture, the text beside it and the workbook call things.</summary>
internal sealed class FunnelWords(DialogContent content, string language)
{
    public const string Dialog = "funnel";

    private static readonly Dictionary<FunnelView, string> Lists = new()
    {
        [FunnelView.Side] = "sides", [FunnelView.Role] = "roles", [FunnelView.Municipality] = "municipalities",
    };

    public IReadOnlyList<string> Stages => [.. FunnelFigures.Stages.Select(stage => Say("stages." + stage.ToString().ToLowerInvariant()))];

    public string Hidden => Say("hidden");

    public string Total => Say("total");

    public string LabelOf(FunnelView view) => Say("views." + view.ToString().ToLowerInvariant());

    /// <summary>The name of a group. Side counts by who asked.</summary>
    public string LabelOf(FunnelView view, string key) =>
        key == FunnelCount.Round ? Say("round") : Lists.TryGetValue(view, out var list) ? content.Label(list, key, language) : key;

    public string Title(FunnelView view, IReadOnlyList<string> months) =>
        content.Text(Dialog, "title", language, new JsonObject { ["view"] = LabelOf(view), ["from"] = months[0], ["to"] = months[^1] }).ToString();

    /// <summary>Total and groups with names in the place of keys, for the picture and the workbook.</summary>
    public IReadOnlyList<FunnelRow> Rows(FunnelFigures figures) =>
        [figures.Total with { Key = Total }, .. figures.Rows.Select(row => row with { Key = LabelOf(figures.View, row.Key) })];

    /// <summary>One line a group: the counts that the picture shows, for whoever does not see it.</summary>
    public string Table(FunnelFigures figures) => string.Join('\n', Rows(figures).Take(FunnelPicture.MostRows).Select(row =>
        $"• {row.Key}: {string.Join(", ", Stages.Zip(row.Counts).Where(stage => stage.Second is not null).Select(stage => $"{stage.First.ToLowerInvariant()} – {stage.Second}"))}"));

    /// <summary>A count, or what stands for one that is not shown.</summary>
    public object Written(int? count) => count is { } shown ? shown : Hidden;

    private string Say(string key) => content.Text(Dialog, key, language, []).ToString();
}
