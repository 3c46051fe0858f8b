using System.Text;
using CrossBorderNetwork.Messaging;
using Telegram.Bot.Types.ReplyMarkups;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>Turns channel-neutral texts and buttons into Telegram's. The only place where text becomes markup: all is escaped here.</summary>
internal static class Rendering
{
    public const int TextLimit = 4096;
    public const int CaptionLimit = 1024;

    public static string Html(RichText text)
    {
        var html = new StringBuilder();
        foreach (var run in text.Runs)
        {
            if (run.Text.Length == 0) continue;
            var link = IsWebAddress(run.Link) ? run.Link : null;
            if (link is not null) Escape(html.Append("<a href=\""), link).Append("\">");
            if (run.Style.HasFlag(RunStyle.Bold)) html.Append("<b>");
            if (run.Style.HasFlag(RunStyle.Italic)) html.Append("<i>");
            Escape(html, run.Text);
            if (run.Style.HasFlag(RunStyle.Italic)) html.Append("</i>");
            if (run.Style.HasFlag(RunStyle.Bold)) html.Append("</b>");
            if (link is not null) html.Append("</a>");
        }
        return html.ToString();
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
