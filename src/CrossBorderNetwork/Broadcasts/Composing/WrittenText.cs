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
        var written = activity.Formatted ?? RichText.Plain(cleaned);
        return new RichText([.. written.Runs.SelectMany(run => Linked(run with { Text = WithoutControls(run.Text) }))]);
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

    /// <summary>Punctuation after an address belongs to the sentence.</summary>
    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?()\[\]]", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
