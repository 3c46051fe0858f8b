using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

internal sealed record TextEntity(string Type, int Offset, int Length, string? ArgumentName = null, JsonValue? Argument = null)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["type"] = Type, ["offset"] = Offset, ["length"] = Length };
        if (ArgumentName is not null)
            json[ArgumentName] = Argument?.DeepClone();
        return json;
    }
}

/// <summary>A text as Telegram keeps it: without markup, trimmed, with the markup as entities in UTF-16 units.</summary>
internal sealed record FormattedText(string Text, JsonArray? Entities)
{
    public const int LongestText = 4096;
    public const int LongestCaption = 1024;
    private const int MostBytes = 32_768;

    /// <summary>The pieces of the text that carry a mark, such as <c>bold</c>.</summary>
    public IReadOnlyList<string> Marked(string type) =>
        [.. (Entities ?? []).OfType<JsonObject>().Where(entity => (string?)entity["type"] == type).Select(entity => Text.Substring((int)entity["offset"]!, (int)entity["length"]!))];

    public static FormattedText Message(ApiCall call, bool strictHtml)
    {
        var text = Read(call, "text", "entities", LongestText, "message is too long", strictHtml);
        return text.Text.Length > 0 ? text : throw ApiError.BadRequest("message text is empty");
    }

    public static FormattedText? Caption(ApiCall call, bool strictHtml)
    {
        var caption = Read(call, "caption", "caption_entities", LongestCaption, "message caption is too long", strictHtml);
        return caption.Text.Length > 0 ? caption : null;
    }

    private static FormattedText Read(
        ApiCall call, string name, string entitiesName, int longest, string tooLong, bool strictHtml)
    {
        var source = call.Text(name) ?? "";
        if (source.Length > MostBytes / 4 && System.Text.Encoding.UTF8.GetByteCount(source) > MostBytes)
            throw ApiError.BadRequest(tooLong);
        List<TextEntity> found = [];
        var plain = call.Text("parse_mode")?.ToLowerInvariant() switch
        {
            null or "" or "none" => source,
            "html" => HtmlText.Parse(source, strictHtml, found),
            "markdownv2" => MarkdownText.Parse(source, found),
            "markdown" => source,
            _ => throw ApiError.BadRequest("unsupported parse_mode"),
        };
        var text = Trimmed(plain, found, call.Element(entitiesName));
        return CodePoints(text.Text) <= longest ? text : throw ApiError.BadRequest(tooLong);
    }

    public static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var unit in text)
        {
            if (char.IsLowSurrogate(unit))
                count--;
        }
        return count;
    }

    private static FormattedText Trimmed(string text, List<TextEntity> parsed, JsonElement? given)
    {
        var trimmed = text.Trim();
        if (given is { ValueKind: JsonValueKind.Array } list && parsed.Count == 0)
            return new FormattedText(trimmed, Given(list, trimmed));
        if (parsed.Count == 0)
            return new FormattedText(trimmed, null);
        var lead = text.Length - text.TrimStart().Length;
        var entities = new JsonArray();
        foreach (var entity in parsed.OrderBy(entity => entity.Offset).ThenByDescending(entity => entity.Length))
        {
            var from = Math.Clamp(entity.Offset - lead, 0, trimmed.Length);
            var to = Math.Clamp(entity.Offset + entity.Length - lead, 0, trimmed.Length);
            if (to > from)
                entities.Add(entity with { Offset = from, Length = to - from } is var kept ? kept.ToJson() : null);
        }
        return new FormattedText(trimmed, entities.Count > 0 ? entities : null);
    }

    private static JsonArray? Given(JsonElement list, string text)
    {
        var entities = new JsonArray();
        foreach (var entity in list.EnumerateArray())
        {
            if (!entity.TryGetProperty("type", out _)
                || !entity.TryGetProperty("offset", out var offset) || !offset.TryGetInt32(out var from)
                || !entity.TryGetProperty("length", out var length) || !length.TryGetInt32(out var count))
                throw ApiError.BadRequest("can't parse MessageEntity");
            if (from < 0 || count <= 0 || from + count > text.Length)
                throw ApiError.BadRequest("entity beyond the end of the message text");
            entities.Add(JsonNode.Parse(entity.GetRawText()));
        }
        return entities.Count > 0 ? entities : null;
    }
}
