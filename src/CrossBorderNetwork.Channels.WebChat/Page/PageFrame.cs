using System.Security.Cryptography;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using static System.Net.WebUtility;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>What differs from page to page; all but the title is trusted HTML.</summary>
internal sealed record FramedPage(string Title, string Heading, string Body, string Scripts = "", string? Skip = null, string BodyClass = "");

/// <summary>What all pages have around them: the network's name, the funding, the languages, the links below, and the headers that keep them safe.</summary>
internal sealed class PageFrame(WebChatTexts texts, PageAssets assets, IOptions<WebChatOptions> options)
{
    /// <summary>Web Chat adds empty style elements that it fills by script; this is the hash of nothing.</summary>
    private const string EmptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

    /// <summary>Marks the scripts and styles of one answer as ours.</summary>
    public static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public IResult Show(HttpContext http, string nonce, FramedPage page)
    {
        SecurityHeaders(http, nonce);
        return Results.Content(Render(PageLanguage.Of(http), nonce, page), "text/html; charset=utf-8");
    }

    private static void SecurityHeaders(HttpContext http, string nonce)
    {
        var socket = (http.Request.IsHttps ? "wss://" : "ws://") + http.Request.Host;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}' {EmptyStyle}; img-src 'self' data: blob:; connect-src 'self' blob: {socket}; " +
            "object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language, Cookie";
        headers.ContentLanguage = PageLanguage.Of(http);
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }

    private string Render(string language, string nonce, FramedPage page)
    {
        string T(string key) => HtmlEncode(texts[language, key]);
        var languages = string.Concat(Languages.All.Select(other =>
            $"""<li><a href="?lang={other}" lang="{other}" hreflang="{other}"{(other == language ? " aria-current=\"true\"" : "")}>{PageLanguage.OwnName(other)}</a></li>"""));
        var skip = page.Skip is { } target ? $"""<a class="skip" href="{target}">{T("skip")}</a>""" : "";
        return $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{HtmlEncode(page.Title)}</title>
            <meta name="description" content="{T("description")}">
            <link rel="icon" href="data:,">
            <link nonce="{nonce}" rel="stylesheet" href="{assets.Url("chat.css")}">
            </head>
            <body class="{page.BodyClass}">
            {skip}
            <header>
            <div class="title">{page.Heading}<p>{T("description")}</p></div>
            <div class="funding">{EuEmblem.Svg}<p><strong>{T("programme")}</strong><br>{T("cofunded")}</p></div>
            <nav aria-label="{T("languages")}"><ul>{languages}</ul></nav>
            </header>
            {page.Body}
            <footer>{FooterLinks(language)}</footer>
            {page.Scripts}
            </body>
            </html>
            """;
    }

    private string FooterLinks(string language)
    {
        var links = new[] { ("about", options.Value.AboutUrl), ("privacy", options.Value.PrivacyUrl), ("accessibility", options.Value.AccessibilityUrl) }
            .Where(link => link.Item2.Length > 0)
            .Select(link => $"""<li><a href="{HtmlEncode(link.Item2)}">{HtmlEncode(texts[language, link.Item1])}</a></li>""");
        return "<ul>" + string.Concat(links) + "</ul>";
    }
}
