using System.Text;
using System.Text.Json.Serialization;

namespace CrossBorderNetwork.Messaging;

/// <summary>How a run of text looks. A channel shows what it can of it; the words are always whole.</summary>
[Flags]
public enum RunStyle
{
    Plain = 0,
    Bold = 1,
    Italic = 2,
    Underline = 4,
    Strike = 8,
    Code = 16,
    Quote = 32,
    Spoiler = 64,
}

/// <summary>A run of text in one style, with an optional link target (http or https). The text is literal, never markup.</summary>
public sealed record Run(
    [property: JsonPropertyName("t")] string Text,
    [property: JsonPropertyName("s"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] RunStyle Style = RunStyle.Plain,
    [property: JsonPropertyName("l"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Link = null);

/// <summary>
/// Formatted text that no channel has escaped yet. Each adapter escapes at the last step for its own format, so a value typed by
/// a person can never become markup.
/// </summary>
public sealed record RichText(IReadOnlyList<Run> Runs)
{
    public static readonly RichText Empty = new([]);

    [JsonIgnore]
    public bool IsEmpty => Runs.All(run => run.Text.Length == 0);

    public static RichText Plain(string text) => text.Length == 0 ? Empty : new([new Run(text)]);

    /// <summary>One below the other with an empty line between; empty parts are left out.</summary>
    public static RichText Paragraphs(params IEnumerable<RichText> parts)
    {
        var runs = new List<Run>();
        foreach (var part in parts.Where(part => !part.IsEmpty))
        {
            if (runs.Count > 0) runs.Add(new Run("\n\n"));
            runs.AddRange(part.Runs);
        }
        return new RichText(runs);
    }

    /// <summary>Cuts into pieces of at most <paramref name="limit"/> UTF-16 units, at line ends or blanks where it can.</summary>
    public IReadOnlyList<RichText> Split(int limit)
    {
        if (Runs.Sum(run => run.Text.Length) <= limit) return [this];
        var pieces = new List<RichText>();
        var current = new List<Run>();
        var room = limit;
        foreach (var run in Runs)
        {
            var rest = run.Text;
            while (rest.Length > room)
            {
                var cut = CutPoint(rest, room, mayBreakAnywhere: current.Count == 0);
                if (cut > 0) current.Add(run with { Text = rest[..cut] });
                Close(pieces, current);
                rest = rest[cut..].TrimStart('\n', ' ');
                room = limit;
            }
            if (rest.Length == 0) continue;
            current.Add(run with { Text = rest });
            room -= rest.Length;
        }
        Close(pieces, current);
        return pieces;
    }

    public override string ToString()
    {
        if (Runs.Count == 1) return Runs[0].Text;
        var text = new StringBuilder();
        foreach (var run in Runs) text.Append(run.Text);
        return text.ToString();
    }

    /// <summary>Ends a piece; blanks and line ends at a cut say nothing.</summary>
    private static void Close(List<RichText> pieces, List<Run> current)
    {
        while (current.Count > 0 && current[0].Text.TrimStart('\n', ' ') is var start)
        {
            current[0] = current[0] with { Text = start };
            if (start.Length > 0) break;
            current.RemoveAt(0);
        }
        while (current.Count > 0 && current[^1].Text.TrimEnd('\n', ' ') is var end)
        {
            current[^1] = current[^1] with { Text = end };
            if (end.Length > 0) break;
            current.RemoveAt(current.Count - 1);
        }
        if (current.Count > 0) pieces.Add(new RichText([.. current]));
        current.Clear();
    }

    private static int CutPoint(string text, int room, bool mayBreakAnywhere)
    {
        if (room > 0)
        {
            var cut = text.LastIndexOf('\n', room);
            if (cut <= 0) cut = text.LastIndexOf(' ', room);
            if (cut > 0) return cut;
        }
        if (!mayBreakAnywhere) return 0;
        return char.IsHighSurrogate(text[room - 1]) ? room - 1 : room;
    }
}
