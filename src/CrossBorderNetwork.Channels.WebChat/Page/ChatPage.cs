using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using static System.Net.WebUtility;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// The page at <c>/</c>: what a newcomer sees first. Server rendered; the chat itself is Microsoft's Web Chat, started by
/// <c>chat.js</c>.
/// </summary>
internal sealed class ChatPage(WebChatTexts texts, WebChatVisitors visitors, PageAssets assets, PageFrame frame, WebChatPanel? panel = null)
{
    public async Task<IResult> ShowAsync(HttpContext http)
    {
        if (PageLanguage.TryChoose(http) is { } redirect) return redirect;
        var visitor = visitors.Welcome(http);
        var language = PageLanguage.Of(http);
        var nonce = PageFrame.NewNonce();
        var filled = panel is null ? "" : await panel.RenderHtml(http, language);
        var panelHtml = filled.Length == 0 ? "" : $"""<section class="panel">{filled}</section>""";
        return frame.Show(http, nonce, new FramedPage(
            texts[language, "name"], $"<h1>{HtmlEncode(texts[language, "name"])}</h1>", panelHtml + Main(language), Scripts(language, visitor, nonce), Skip: "#chat"));
    }

    private string Main(string language)
    {
        string T(string key) => HtmlEncode(texts[language, key]);
        return $"""
            <main id="chat" aria-label="{T("chat")}" tabindex="-1">
            <p id="notice" role="status">{T(assets.HasBundle ? "loading" : "bundle_missing")}</p>
            <noscript><p class="noscript">{T("noscript")}</p></noscript>
            <div id="webchat"></div>
            </main>
            """;
    }

    private string Scripts(string language, string visitor, string nonce)
    {
        var settings = JsonSerializer.Serialize(new PageSettings(visitor, PageLanguage.Tag(language), nonce, texts.WebChatStrings(language),
            texts[language, "load_failed"], texts[language, "cookies_needed"]), PageSettingsJson.Default.PageSettings);
        var scripts = assets.HasBundle
            ? $"""
               <script nonce="{nonce}" src="{assets.Url(PageAssets.Bundle)}" defer></script>
               <script nonce="{nonce}" src="{assets.Url("chat.js")}" defer></script>
               """
            : "";
        return $"""<script type="application/json" id="settings" nonce="{nonce}">{settings}</script>{scripts}""";
    }
}

/// <summary>What <c>chat.js</c> needs to know.</summary>
internal sealed record PageSettings(
    string Visitor, string Locale, string Nonce, IReadOnlyDictionary<string, string> Strings, string LoadFailed, string CookiesNeeded);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PageSettings))]
internal sealed partial class PageSettingsJson : JsonSerializerContext;
