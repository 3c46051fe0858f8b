using System.Net;
using System.Text;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Server;

/// <summary>The privacy notice as a page of its own, for whoever wants to read it before writing a word. The same text as in the chat.</summary>
internal static class PrivacyPage
{
    public static void MapPrivacy(this WebApplication app) => app.MapGet("/privacy", (HttpContext http, DialogContent content) =>
    {
        var language = PageLanguage.Of(http);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var title = WebUtility.HtmlEncode(content.Text("privacy", "command", language, []).ToString());
        var text = Html(content.Text("privacy", "notice.ask", language, []));
        return Results.Content(
            $"<!doctype html><html lang=\"{language}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><main>{text}</main></html>",
            "text/html; charset=utf-8");
    });

    private static string Html(RichText text)
    {
        var html = new StringBuilder("<p>");
        foreach (var run in text.Runs)
        {
            var words = WebUtility.HtmlEncode(run.Text).Replace("\n\n", "</p><p>", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
            if (run.Link is { } link) words = $"<a href=\"{WebUtility.HtmlEncode(link)}\">{words}</a>";
            html.Append(run.Style.HasFlag(RunStyle.Bold) ? $"<strong>{words}</strong>" : words);
        }
        return html.Append("</p>").ToString();
    }
}
