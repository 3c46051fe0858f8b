using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// Telegram's HTML style read into plain text and entities, refusing what Telegram refuses in its own words.
/// One instance reads one text; offsets in errors are UTF-8 bytes, as Telegram gives them.
/// </summary>
internal sealed class HtmlText
{
    private static readonly FrozenDictionary<string, string> EntityOfTag = new Dictionary<string, string>
    {
        ["b"] = "bold", ["strong"] = "bold", ["i"] = "italic", ["em"] = "italic", ["u"] = "underline", ["ins"] = "underline",
        ["s"] = "strikethrough", ["strike"] = "strikethrough", ["del"] = "strikethrough",
        ["span"] = "spoiler", ["tg-spoiler"] = "spoiler", ["a"] = "text_link", ["code"] = "code", ["pre"] = "pre",
        ["blockquote"] = "blockquote", ["tg-emoji"] = "custom_emoji", ["tg-time"] = "date_time",
    }.ToFrozenDictionary();

    private readonly string html;
    private readonly bool strict;
    private readonly StringBuilder text = new();
    private readonly Stack<OpenTag> open = new();
    private int at;

    private HtmlText(string html, bool strict) => (this.html, this.strict) = (html, strict);

    public static string Parse(string html, bool strict, List<TextEntity> entities) => new HtmlText(html, strict).Read(entities);

    private string Read(List<TextEntity> entities)
    {
        while (at < html.Length)
        {
            var next = html[at];
            if (next == '&')
                text.Append(Reference());
            else if (next != '<')
                text.Append(html[at++]);
            else if (at + 1 < html.Length && html[at + 1] == '/')
                Close(entities);
            else
                Open();
        }
        return open.TryPeek(out var unclosed)
            ? throw Invalid($"Can't find end tag corresponding to start tag \"{unclosed.Name}\"")
            : text.ToString();
    }

    private void Open()
    {
        var start = at++;
        var name = ReadWhile(character => !char.IsWhiteSpace(character) && character != '>').ToLowerInvariant();
        if (at == html.Length)
            throw InvalidAt("Unclosed start tag", start);
        if (!EntityOfTag.ContainsKey(name))
            throw InvalidAt($"Unsupported start tag \"{name}\"", start);
        var attributes = Attributes(name, start);
        if (name == "span" && attributes.GetValueOrDefault("class") != "tg-spoiler")
            throw InvalidAt("Tag \"span\" must have class \"tg-spoiler\"", start);
        if (strict)
            CheckPlace(name, start);
        open.Push(new OpenTag(name, text.Length, attributes));
    }

    private void CheckPlace(string name, int start)
    {
        var outer = open.FirstOrDefault(tag => tag.Name is "code" or "pre");
        if (outer is not null && !(outer.Name == "pre" && name == "code"))
            throw InvalidAt($"Tag \"{name}\" can't be inside \"{outer.Name}\"", start);
        if (name == "blockquote" && open.Any(tag => tag.Name == "blockquote"))
            throw InvalidAt("Tag \"blockquote\" can't be nested", start);
    }

    private Dictionary<string, string> Attributes(string tag, int start)
    {
        var attributes = new Dictionary<string, string>();
        while (true)
        {
            ReadWhile(char.IsWhiteSpace);
            if (at == html.Length)
                throw InvalidAt($"Unclosed start tag \"{tag}\"", start);
            if (html[at] == '>')
            {
                at++;
                return attributes;
            }
            var name = ReadWhile(character => !char.IsWhiteSpace(character) && character is not ('=' or '>')).ToLowerInvariant();
            if (name.Length == 0)
                throw InvalidAt($"Empty attribute name in the tag \"{tag}\"", start);
            attributes[name] = at < html.Length && html[at] == '=' ? Value(tag, start) : "";
        }
    }

    private string Value(string tag, int start)
    {
        at++;
        if (at < html.Length && html[at] is '"' or '\'')
        {
            var quote = html[at++];
            var value = new StringBuilder();
            while (at < html.Length && html[at] != quote)
                value.Append(html[at] == '&' ? Reference() : html[at++].ToString());
            if (at++ >= html.Length)
                throw InvalidAt($"Unclosed start tag \"{tag}\"", start);
            return value.ToString();
        }
        return ReadWhile(character => !char.IsWhiteSpace(character) && character != '>');
    }

    private void Close(List<TextEntity> entities)
    {
        var start = at;
        at += 2;
        var name = ReadWhile(character => !char.IsWhiteSpace(character) && character != '>').ToLowerInvariant();
        ReadWhile(char.IsWhiteSpace);
        if (at == html.Length || html[at] != '>')
            throw InvalidAt("Unclosed end tag", start);
        at++;
        if (!open.TryPop(out var tag))
            throw InvalidAt("Unexpected end tag", start);
        if (name.Length > 0 && name != tag.Name)
            throw InvalidAt($"Unmatched end tag", start, $", expected \"</{tag.Name}>\", found \"</{name}>\"");
        if (text.Length > tag.Offset && Entity(tag) is { } entity)
            entities.Add(entity);
    }

    private TextEntity? Entity(OpenTag tag)
    {
        var plain = new TextEntity(EntityOfTag[tag.Name], tag.Offset, text.Length - tag.Offset);
        var attributes = tag.Attributes;
        switch (tag.Name)
        {
            case "a":
                var address = attributes.GetValueOrDefault("href") is { Length: > 0 } href
                    ? href : text.ToString(tag.Offset, plain.Length);
                return Uri.TryCreate(address, UriKind.Absolute, out _) ? With(plain, "url", JsonValue.Create(address)) : null;
            case "tg-emoji":
                return With(plain, "custom_emoji_id", JsonValue.Create(attributes.GetValueOrDefault("emoji-id")));
            case "tg-time":
                return long.TryParse(attributes.GetValueOrDefault("unix"), CultureInfo.InvariantCulture, out var unix)
                    ? With(plain, "unix_time", JsonValue.Create(unix))
                    : throw Invalid("Tag \"tg-time\" must have attribute \"unix\"");
            case "blockquote":
                return attributes.ContainsKey("expandable") ? plain with { Type = "expandable_blockquote" } : plain;
            case "code" when open.TryPeek(out var outer) && outer.Name == "pre" && outer.Offset == tag.Offset:
                outer.Language = attributes.GetValueOrDefault("class")?.Replace("language-", "", StringComparison.Ordinal);
                return null;
            case "pre" when tag.Language is { Length: > 0 } language:
                return With(plain, "language", JsonValue.Create(language));
            default:
                return plain;
        }
    }

    private static TextEntity With(TextEntity entity, string name, JsonValue? value) =>
        entity with { ArgumentName = name, Argument = value };

    private string Reference()
    {
        var start = at;
        var end = html.IndexOf(';', start);
        if (end > start && end - start <= 10 && Decode(html[(start + 1)..end]) is { } character)
        {
            at = end + 1;
            return character;
        }
        if (strict)
            throw InvalidAt("Unescaped \"&\"", start);
        at++;
        return "&";
    }

    private static string? Decode(string name) => name switch
    {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        _ when name.StartsWith("#x", StringComparison.OrdinalIgnoreCase) => Numeric(name[2..], NumberStyles.AllowHexSpecifier),
        _ when name.StartsWith('#') => Numeric(name[1..], NumberStyles.None),
        _ => null,
    };

    private static string? Numeric(string digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) && code > 0
            ? char.ConvertFromUtf32(code) : null;

    private string ReadWhile(Func<char, bool> wanted)
    {
        var start = at;
        while (at < html.Length && wanted(html[at]))
            at++;
        return html[start..at];
    }

    private ApiError InvalidAt(string what, int position, string more = "") =>
        Invalid($"{what} at byte offset {Encoding.UTF8.GetByteCount(html.AsSpan(0, position))}{more}");

    private static ApiError Invalid(string what) => ApiError.BadRequest("can't parse entities: " + what);

    private sealed class OpenTag(string name, int offset, Dictionary<string, string> attributes)
    {
        public string Name { get; } = name;

        public int Offset { get; } = offset;

        public Dictionary<string, string> Attributes { get; } = attributes;

        public string? Language { get; set; }
    }
}
