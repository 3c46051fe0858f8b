using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossBorderNetwork.Texts;

/// <summary>
/// What people wrote in one or more of the network's languages. A reader gets the own language, else English, else the next one;
/// nothing is translated here.
/// </summary>
[JsonConverter(typeof(LocalizedTextMap))]
public sealed record LocalizedText
{
    private readonly FrozenDictionary<string, string> _byLanguage;

    /// <param name="byLanguage">Texts by two-letter language; blank ones count as missing.</param>
    public LocalizedText(IEnumerable<KeyValuePair<string, string>> byLanguage) =>
        _byLanguage = byLanguage.Where(text => !string.IsNullOrWhiteSpace(text.Value)).ToFrozenDictionary();

    public static LocalizedText Empty { get; } = new([]);

    public bool IsEmpty => _byLanguage.Count == 0;

    /// <summary>The languages in which it stands, in the network's order.</summary>
    public IReadOnlyList<string> Present => [.. Languages.All.Where(_byLanguage.ContainsKey)];

    /// <summary>The languages in which it is missing, in the network's order.</summary>
    public IReadOnlyList<string> Missing => [.. Languages.All.Except(_byLanguage.Keys)];

    /// <summary>One text for each of the network's languages, as <paramref name="read"/> finds it.</summary>
    public static LocalizedText From(Func<string, string?> read) =>
        new(Languages.All.Select(language => KeyValuePair.Create(language, read(language) ?? "")));

    /// <summary>The text for a reader, and the language in which it stands; an empty text counts as the reader's own.</summary>
    public (string Text, string UsedLanguage) For(string language)
    {
        foreach (var candidate in (IEnumerable<string>)[language, "en", .. Languages.All])
        {
            if (_byLanguage.TryGetValue(candidate, out var text)) return (text, candidate);
        }
        return ("", language);
    }

    public bool Equals(LocalizedText? other) =>
        other is not null && _byLanguage.Count == other._byLanguage.Count && _byLanguage.All(text => other._byLanguage.GetValueOrDefault(text.Key) == text.Value);

    public override int GetHashCode() => _byLanguage.Aggregate(0, (hash, text) => hash ^ HashCode.Combine(text.Key, text.Value));

    public override string ToString() => string.Join(", ", Present);

    internal IEnumerable<KeyValuePair<string, string>> InOrder() => Present.Select(language => KeyValuePair.Create(language, _byLanguage[language]));
}

public static class LocalizedTextMapping
{
    extension(PropertyBuilder<LocalizedText> property)
    {
        /// <summary>Stores the texts as one JSON column.</summary>
        public PropertyBuilder<LocalizedText> IsLocalized() => property.HasConversion(new LocalizedTextColumn());
    }
}

public static class LanguageNotes
{
    extension(DialogContent content)
    {
        /// <summary>A line that tells a reader in which other language a text stands; empty where it is the reader's own.</summary>
        public string LanguageNote(string readerLanguage, string usedLanguage) => readerLanguage == usedLanguage
            ? ""
            : "\n" + content.Text("common", "other-language", readerLanguage, new() { ["used"] = usedLanguage });
    }
}

internal sealed class LocalizedTextColumn() : ValueConverter<LocalizedText, string>(
    text => JsonSerializer.Serialize(text, Readable),
    json => JsonSerializer.Deserialize<LocalizedText>(json, Readable)!)
{
    /// <summary>Letters stay letters: whoever looks into the table can read it.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>In JSON a text is a map of its languages.</summary>
internal sealed class LocalizedTextMap : JsonConverter<LocalizedText>
{
    public override LocalizedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, LocalizedText value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.InOrder().ToDictionary(), options);
}
