using System.Text;
using CrossBorderNetwork.Messaging;
using Telegram.Bot.Types.ReplyMarkups;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>Turns channel-neutral texts and buttons into Telegram's. The only place where text becomes markup: all is escaped here.</summary>
internal static class Rendering
{
    public const int TextLimit = 4096;

    /// <summary>The marks around a run, the outermost first. A quotation is a block of its own, see <see cref="Html"/>.</summary>
    private static readonly (RunStyle Style, string Tag)[] Marks =
    [
        (RunStyle.Bold, "b"), (RunStyle.Italic, "i"), (RunStyle.Underline, "u"), (RunStyle.Strike, "s"), (RunStyle.Spoiler, "tg-spoiler"),
    ];

    public static string Html(RichText text)
    {
        var html = new StringBuilder();
        var isQuoting = false;
        foreach (var run in text.Runs.Where(run => run.Text.Length > 0))
        {
            if (run.Style.HasFlag(RunStyle.Quote) != isQuoting)
            {
                html.Append(isQuoting ? "</blockquote>" : "<blockquote>");
                isQuoting = !isQuoting;
            }
            Write(html, run);
        }
        return isQuoting ? html.Append("</blockquote>").ToString() : html.ToString();
    }

    private static void Write(StringBuilder html, Run run)
    {
        // Code can neither hold other marks nor stand in them.
        if (run.Style.HasFlag(RunStyle.Code) && !run.Style.HasFlag(RunStyle.Quote))
        {
            Escape(html.Append("<code>"), run.Text).Append("</code>");
            return;
        }
        var marks = Marks.Where(mark => run.Style.HasFlag(mark.Style)).Select(mark => mark.Tag).ToList();
        var link = IsWebAddress(run.Link) ? run.Link : null;
        if (link is not null) Escape(html.Append("<a href=\""), link).Append("\">");
        foreach (var tag in marks) html.Append('<').Append(tag).Append('>');
        Escape(html, run.Text);
        foreach (var tag in Enumerable.Reverse(marks)) html.Append("</").Append(tag).Append('>');
        if (link is not null) html.Append("</a>");
    }

    /// <summary>Null where there are no buttons: an edit without a keyboard takes the old one away.</summary>
    public static InlineKeyboardMarkup? Keyboard(IReadOnlyList<IReadOnlyList<Button>> rows) => rows.Count == 0
        ? null
        : new InlineKeyboardMarkup(rows.Select(row => row.Select(button => button.Url is { } url
            ? InlineKeyboardButton.WithUrl(button.Label, url)
            : InlineKeyboardButton.WithCallbackData(button.Label, button.Token ?? ""))));

    private static bool IsWebAddress(string? link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";

    private static StringBuilder Escape(StringBuilder html, string text)
    {
        var rest = text.AsSpan();
        for (var i = rest.IndexOfAny("&<>\""); i >= 0; i = rest.IndexOfAny("&<>\""))
        {
            html.Append(rest[..i]).Append(rest[i] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            rest = rest[(i + 1)..];
        }
        return html.Append(rest);
    }
}
