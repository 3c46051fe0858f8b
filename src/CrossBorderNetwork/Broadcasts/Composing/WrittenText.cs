using System.Text.RegularExpressions;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>A text as its author wrote it: with its looks where the channel told them, and with its web addresses as links everywhere.</summary>
internal static partial class WrittenText
{
    /// <param name="activity">The message in which it was written.</param>
    /// <param name="cleaned">Its words as the question cleaned them, for channels that know no looks.</param>
    public static RichText Of(Activity activity, string cleaned)
    {
        var written = activity.Formatted ?? Marked(cleaned);
        return new RichText([.. written.Runs.SelectMany(run => Linked(run with { Text = WithoutControls(run.Text) }))]);
    }

    /// <summary>Where a channel tells no looks, **bold** and __italic__ are written as Telegram's own clients take them.</summary>
    private static RichText Marked(string text)
    {
        var runs = new List<Run>();
        var from = 0;
        foreach (Match mark in Mark().Matches(text))
        {
            if (mark.Index > from) runs.Add(new Run(text[from..mark.Index]));
            runs.Add(mark.Groups["bold"] is { Success: true } bold ? new Run(bold.Value, RunStyle.Bold) : new Run(mark.Groups["italic"].Value, RunStyle.Italic));
            from = mark.Index + mark.Length;
        }
        if (from < text.Length) runs.Add(new Run(text[from..]));
        return new RichText(runs);
    }

    private static IEnumerable<Run> Linked(Run run)
    {
        if (run.Link is not null || run.Style.HasFlag(RunStyle.Code))
        {
            yield return run;
            yield break;
        }
        var from = 0;
        foreach (Match address in Address().Matches(run.Text))
        {
            if (address.Index > from) yield return run with { Text = run.Text[from..address.Index] };
            yield return run with { Text = address.Value, Link = address.Value };
            from = address.Index + address.Length;
        }
        if (from < run.Text.Length) yield return run with { Text = run.Text[from..] };
    }

    private static string WithoutControls(string text) => string.Concat(text.Where(sign => sign == '\n' || !char.IsControl(sign)));

    [GeneratedRegex(@"\*\*(?<bold>[^*\s](?:[^*\n]*[^*\s])?)\*\*|(?<![\w/])__(?<italic>[^_\s](?:[^_\n]*[^_\s])?)__(?!\w)", RegexOptions.None, 1000)]
    private static partial Regex Mark();

    /// <summary>Punctuation after an address belongs to the sentence.</summary>
    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?()\[\]]", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
