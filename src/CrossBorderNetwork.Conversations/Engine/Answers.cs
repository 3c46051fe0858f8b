using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>An option that an action found for a question: a key of at most 40 bytes, and a label in the reader's language.</summary>
public sealed record Option(string Key, string Label);

/// <summary>The answers of a running dialog, with what actions added. Canonical values (keys, ISO instants), never labels.</summary>
public sealed class Answers(JsonObject values)
{
    internal JsonObject Values => values;

    public bool Has(string name) => values[name] is not null;

    /// <summary>The answer as text, or an empty string.</summary>
    public string Text(string name) => values[name]?.ToString() ?? "";

    public long? Number(string name) => long.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Is(string name) => Text(name) is "true" or "yes";

    /// <summary>An instant stored as ISO 8601.</summary>
    public DateTimeOffset? Instant(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    /// <summary>The chosen keys of a multi-choice.</summary>
    public IReadOnlyList<string> Many(string name) => values[name] is JsonArray array ? [.. array.Select(item => item!.ToString())] : [];

    /// <summary>The photo or document of a question <c>ask: file</c>.</summary>
    public MediaRef? File(string name) => values[name] is JsonObject ? values[name].Deserialize<MediaRef>() : null;

    public void Set(string name, MediaRef file) => values[name] = JsonSerializer.SerializeToNode(file);

    /// <summary>The levels of a rating by key.</summary>
    public IReadOnlyDictionary<string, string> Ratings(string name) =>
        values[name] is JsonObject map ? map.ToDictionary(entry => entry.Key, entry => entry.Value!.ToString()) : [];

    public void Set(string name, string? value) => values[name] = value;

    public void Set(string name, long value) => values[name] = value;

    public void Set(string name, bool value) => values[name] = value ? "true" : "false";

    public void Set(string name, DateTimeOffset value) => values[name] = value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public void Set(string name, IEnumerable<string> keys) => values[name] = new JsonArray([.. keys.Select(key => (JsonNode)key)]);

    public void Set(string name, IReadOnlyDictionary<string, string> ratings) =>
        values[name] = new JsonObject(ratings.Select(rating => KeyValuePair.Create(rating.Key, (JsonNode?)rating.Value)));

    /// <summary>Leaves several values for the texts that follow, such as those of a card.</summary>
    public void Set(JsonObject several)
    {
        foreach (var (name, value) in several) values[name] = value?.DeepClone();
    }

    /// <summary>Leaves options for a question with <c>from: name</c>.</summary>
    public void Offer(string name, IEnumerable<Option> options) =>
        values[name] = new JsonArray([.. options.Select(option => (JsonNode)new JsonObject { ["k"] = option.Key, ["l"] = option.Label })]);

    public void Remove(string name) => values.Remove(name);

    internal IReadOnlyList<Option> Offered(string name) =>
        values[name] is JsonArray array ? [.. array.OfType<JsonObject>().Select(option => new Option(option["k"]!.ToString(), option["l"]!.ToString()))] : [];
}
