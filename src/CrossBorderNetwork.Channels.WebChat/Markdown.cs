using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// Writes rich text as Markdown. Every punctuation mark of the text itself becomes a character reference, which no Markdown
/// dialect takes for structure, so that nothing a person typed can become markup, a link or a smart quote.
/// </summary>
internal static partial class Markdown
{
    public static string Write(RichText text)
    {
        var pieces = text.Runs.SelectMany(Lines).ToList();
        var markdown = new StringBuilder();
        for (var i = 0; i < pieces.Count; i++)
        {
            // A delimiter beside a letter might not count as one; beside a reference, which ends in punctuation, it always does.
            var afterMark = i > 0 && IsMarked(pieces[i - 1]);
            var beforeMark = i + 1 < pieces.Count && IsMarked(pieces[i + 1]);
            if (IsMarked(pieces[i])) WriteMarked(markdown, pieces[i], afterMark);
            else WriteText(markdown, pieces[i].Text, afterMark, beforeMark);
        }
        return LineEnds().Replace(markdown.ToString().Trim('\n'), end => end.Length == 1 ? "\\\n" : "\n\n");
    }

    /// <summary>A link with a label; null unless it leads to a web page.</summary>
    public static string? Link(string label, string? url)
    {
        if (WebUrl(url) is not { } target) return null;
        var markdown = new StringBuilder();
        WriteMarked(markdown, new Run(label.ReplaceLineEndings(" "), Link: target), afterMark: false);
        return markdown.ToString();
    }

    /// <summary>No mark spans a line end: a paragraph would break it.</summary>
    private static IEnumerable<Run> Lines(Run run)
    {
        var lines = run.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) yield return new Run("\n");
            if (lines[i].Length > 0) yield return run with { Text = lines[i] };
        }
    }

    /// <summary>Markdown knows bold, italic and links; other looks are left out, never the words.</summary>
    private static bool IsMarked(Run run) => ((run.Style & (RunStyle.Bold | RunStyle.Italic)) != RunStyle.Plain || WebUrl(run.Link) is not null) && !string.IsNullOrWhiteSpace(run.Text);

    private static void WriteMarked(StringBuilder markdown, Run run, bool afterMark)
    {
        var core = run.Text.Trim();
        var start = run.Text.IndexOf(core, StringComparison.Ordinal);
        var mark = new string('*', (run.Style.HasFlag(RunStyle.Bold) ? 2 : 0) + (run.Style.HasFlag(RunStyle.Italic) ? 1 : 0));
        WriteText(markdown, run.Text[..start], false, false);
        // Two marks that touch would be read as one; a space of no width parts them.
        if (afterMark && start == 0) markdown.Append("&#8203;");
        markdown.Append(mark);
        if (WebUrl(run.Link) is { } target)
        {
            markdown.Append('[');
            WriteText(markdown, core, true, true);
            markdown.Append("](<").Append(target.Replace("&", "&amp;", StringComparison.Ordinal)).Append(">)");
        }
        else WriteText(markdown, core, true, true);
        markdown.Append(mark);
        WriteText(markdown, run.Text[(start + core.Length)..], false, false);
    }

    private static void WriteText(StringBuilder markdown, string text, bool referenceFirst, bool referenceLast)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var atLineStart = markdown.Length == 0 || markdown[^1] == '\n';
            var besideMark = (i == 0 && referenceFirst) || (i == text.Length - 1 && referenceLast);
            if (c == '\n') markdown.Append(c);
            else if (char.IsControl(c)) markdown.Append(c == '\t' ? "&#160;" : "");
            else if (c == ' ') markdown.Append(atLineStart ? "&#160;" : " ");
            else if (char.IsAscii(c) && (!char.IsAsciiLetterOrDigit(c) || besideMark)) markdown.Append(CultureInfo.InvariantCulture, $"&#{(int)c};");
            else markdown.Append(c);
        }
    }

    private static string? WebUrl(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal)
            : null;

    [GeneratedRegex(@"\n+", RegexOptions.None, 1000)]
    private static partial Regex LineEnds();
}
