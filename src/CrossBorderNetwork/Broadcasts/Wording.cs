using System.Text.Encodings.Web;
using System.Text.Json;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>What an announcement says in each language, with the looks that its author gave it.</summary>
public sealed class Wording
{
    private readonly IReadOnlyDictionary<string, RichText> _byLanguage;
    private readonly LocalizedText _plain;

    public Wording(IReadOnlyDictionary<string, RichText> byLanguage)
    {
        _byLanguage = byLanguage;
        _plain = new LocalizedText(byLanguage.Select(text => KeyValuePair.Create(text.Key, text.Value.ToString())));
    }

    public static Wording Empty { get; } = new(new Dictionary<string, RichText>());

    public bool IsEmpty => _plain.IsEmpty;

    public IReadOnlyList<string> Present => _plain.Present;

    public IReadOnlyList<string> Missing => _plain.Missing;

    /// <summary>The text for a reader, and the language in which it stands.</summary>
    public (RichText Text, string UsedLanguage) For(string language)
    {
        var used = _plain.For(language).UsedLanguage;
        return (_byLanguage.GetValueOrDefault(used, RichText.Empty), used);
    }

    /// <summary>The words of one language, or an empty string where it is missing.</summary>
    public string Plain(string language) => _byLanguage.GetValueOrDefault(language, RichText.Empty).ToString();

    /// <summary>Another text in one language; an empty one takes the language away.</summary>
    public Wording With(string language, RichText text) =>
        new(_byLanguage.Where(known => known.Key != language).Append(KeyValuePair.Create(language, text)).Where(known => !known.Value.IsEmpty).ToDictionary());

    /// <summary>The first words, for telling one announcement from another.</summary>
    public string Gist(string language)
    {
        const int longest = 60;
        var text = For(language).Text.ToString().ReplaceLineEndings(" ");
        if (text.Length <= longest) return text;
        var end = Math.Max(text.LastIndexOf(' ', longest), longest / 2);
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    internal string ToJson() => JsonSerializer.Serialize(_byLanguage, WordingMapping.Readable);

    internal static Wording FromJson(string json) => new(JsonSerializer.Deserialize<Dictionary<string, RichText>>(json, WordingMapping.Readable)!);
}

internal static class WordingMapping
{
    /// <summary>Letters stay letters: whoever looks into the table can read it.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    extension(PropertyBuilder<Wording> property)
    {
        /// <summary>Stores the texts as one JSON column.</summary>
        public PropertyBuilder<Wording> IsWording() => property.HasConversion(new Column());
    }

    private sealed class Column() : ValueConverter<Wording, string>(wording => wording.ToJson(), json => Wording.FromJson(json));
}
