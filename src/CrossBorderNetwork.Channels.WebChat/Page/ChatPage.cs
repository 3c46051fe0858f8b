using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using static System.Net.WebUtility;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// The page at <c>/</c>: what a newcomer sees first. Server rendered; the chat itself is Microsoft's Web Chat, started by
/// <c>chat.js</c>.
/// </summary>
internal sealed class ChatPage(WebChatTexts texts, WebChatVisitors visitors, PageAssets assets, IOptions<WebChatOptions> options, WebChatPanel? panel = null)
{
    /// <summary>Web Chat adds empty style elements that it fills by script; this is the hash of nothing.</summary>
    private const string EmptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

    public async Task<IResult> ShowAsync(HttpContext http)
    {
        if (Languages.All.FirstOrDefault(language => language == http.Request.Query["lang"]) is { } chosen)
        {
            PageLanguage.Choose(http, chosen);
            return Results.Redirect(http.Request.PathBase + "/");
        }
        var visitor = visitors.Welcome(http);
        var language = PageLanguage.Of(http);
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var panelHtml = panel is null ? "" : $"""<section class="panel">{await panel.RenderHtml(http, language)}</section>""";
        SecurityHeaders(http, nonce);
        return Results.Content(Render(language, visitor, nonce, panelHtml), "text/html; charset=utf-8");
    }

    private static void SecurityHeaders(HttpContext http, string nonce)
    {
        var socket = (http.Request.IsHttps ? "wss://" : "ws://") + http.Request.Host;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}' {EmptyStyle}; img-src 'self' data: blob:; connect-src 'self' {socket}; " +
            "object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language, Cookie";
        headers.ContentLanguage = PageLanguage.Of(http);
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }

    private string Render(string language, string visitor, string nonce, string panelHtml)
    {
        string T(string key) => HtmlEncode(texts[language, key]);
        var settings = JsonSerializer.Serialize(new PageSettings(visitor, PageLanguage.Tag(language), nonce, texts.WebChatStrings(language),
            texts[language, "load_failed"], texts[language, "cookies_needed"]), PageSettingsJson.Default.PageSettings);
        var languages = string.Concat(Languages.All.Select(other =>
            $"""<li><a href="?lang={other}" lang="{other}" hreflang="{other}"{(other == language ? " aria-current=\"true\"" : "")}>{PageLanguage.OwnName(other)}</a></li>"""));
        var scripts = assets.HasBundle
            ? $"""
               <script nonce="{nonce}" src="{assets.Url(PageAssets.Bundle)}" defer></script>
               <script nonce="{nonce}" src="{assets.Url("chat.js")}" defer></script>
               """
            : "";
        return $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{T("name")}</title>
            <meta name="description" content="{T("description")}">
            <link rel="icon" href="data:,">
            <link nonce="{nonce}" rel="stylesheet" href="{assets.Url("chat.css")}">
            </head>
            <body>
            <a class="skip" href="#chat">{T("skip")}</a>
            <header>
            <div class="title"><h1>{T("name")}</h1><p>{T("description")}</p></div>
            <div class="funding">{EuEmblem.Svg}<p><strong>{T("programme")}</strong><br>{T("cofunded")}</p></div>
            <nav aria-label="{T("languages")}"><ul>{languages}</ul></nav>
            </header>
            {panelHtml}
            <main id="chat" aria-label="{T("chat")}" tabindex="-1">
            <p id="notice" role="status">{T(assets.HasBundle ? "loading" : "bundle_missing")}</p>
            <noscript><p class="noscript">{T("noscript")}</p></noscript>
            <div id="webchat"></div>
            </main>
            <footer>{FooterLinks(language)}</footer>
            <script type="application/json" id="settings" nonce="{nonce}">{settings}</script>
            {scripts}
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

/// <summary>What <c>chat.js</c> needs to know.</summary>
internal sealed record PageSettings(
    string Visitor, string Locale, string Nonce, IReadOnlyDictionary<string, string> Strings, string LoadFailed, string CookiesNeeded);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PageSettings))]
internal sealed partial class PageSettingsJson : JsonSerializerContext;
