using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>The sentences of the chat page, read by the host from <c>dialogs/webchat/texts.*.yaml</c>: language, then key, then text.</summary>
public sealed record WebChatTexts(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByLanguage)
{
    private const string WebChatPrefix = "webchat.";

    private static readonly string[] Keys =
    [
        "name", "description", "programme", "cofunded", "skip", "languages", "chat", "privacy", "about", "accessibility", "to_chat",
        "loading", "noscript", "bundle_missing", "load_failed", "cookies_needed",
    ];

    internal string this[string language, string key] => ByLanguage[language][key];

    /// <summary>Sentences that Web Chat itself lacks in a language, by its own names for them.</summary>
    internal IReadOnlyDictionary<string, string> WebChatStrings(string language) => ByLanguage[language]
        .Where(text => text.Key.StartsWith(WebChatPrefix, StringComparison.Ordinal))
        .ToDictionary(text => text.Key[WebChatPrefix.Length..], text => text.Value);

    /// <exception cref="InvalidOperationException">Names every sentence that is missing.</exception>
    internal void Check()
    {
        var missing = Languages.All
            .SelectMany(language => Keys.Select(key => (Language: language, Key: key)))
            .Where(text => !(ByLanguage.TryGetValue(text.Language, out var texts) && texts.TryGetValue(text.Key, out var value) && value.Length > 0))
            .Select(text => $"dialogs/webchat/texts.{text.Language}.yaml: {text.Key}")
            .ToList();
        if (missing.Count > 0) throw new InvalidOperationException("Sentences of the chat page are missing: " + string.Join(", ", missing));
    }
}
