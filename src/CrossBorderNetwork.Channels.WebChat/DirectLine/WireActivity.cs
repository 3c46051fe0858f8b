using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CrossBorderNetwork.Channels.WebChat.DirectLine;

/// <summary>
/// An activity of the Bot Framework protocol as Direct Line carries it, reduced to the members that this service reads or writes:
/// whatever else a client sends is not stored.
/// </summary>
internal sealed record WireActivity
{
    public string Type { get; init; } = "";

    public string Id { get; init; } = "";

    public DateTimeOffset? Timestamp { get; init; }

    public string? ChannelId { get; init; }

    public WireAccount? From { get; init; }

    public WireAccount? Conversation { get; init; }

    public string? Name { get; init; }

    public string? Text { get; init; }

    public string? TextFormat { get; init; }

    public string? Locale { get; init; }

    public string? ReplyToId { get; init; }

    public JsonElement? Value { get; init; }

    public IReadOnlyList<WireAttachment>? Attachments { get; init; }

    public WireSuggestedActions? SuggestedActions { get; init; }

    public WireChannelData? ChannelData { get; init; }

    /// <exception cref="JsonException">It is no activity.</exception>
    public static WireActivity FromJson(string json) => JsonSerializer.Deserialize(json, WireJson.Wire.WireActivity) ?? throw new JsonException();

    public string ToJson() => JsonSerializer.Serialize(this, WireJson.Wire.WireActivity);

    /// <summary>The token of a pressed button, as the value of a card action carries it.</summary>
    [JsonIgnore]
    public string? Token => Value is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String
        ? token.GetString()
        : null;
}

internal sealed record WireAccount(string? Id, string? Role = null);

/// <param name="Size">In bytes; set by the service alone, where it kept what was attached.</param>
internal sealed record WireAttachment(string? ContentType, string? Name, string? ContentUrl = null, long? Size = null);

internal sealed record WireSuggestedActions(IReadOnlyList<WireCardAction> Actions, IReadOnlyList<string>? To = null);

internal sealed record WireCardAction(string Type, string Title, string? Text, string? DisplayText, JsonElement? Value);

internal sealed record WireChannelData
{
    /// <summary>By this Web Chat knows the echo of what it sent.</summary>
    [JsonPropertyName("clientActivityID")]
    public string? ClientActivityId { get; init; }

    public bool? PostBack { get; init; }

    /// <summary>The page offers to send a file.</summary>
    public bool? AsksForFile { get; init; }

    public WireMessageBack? MessageBack { get; init; }

    /// <summary>What Web Chat lets a screen reader say: the text without markup.</summary>
    [JsonPropertyName("webchat:fallback-text")]
    public string? FallbackText { get; init; }
}

internal sealed record WireMessageBack(string? DisplayText);

internal sealed record WireStart(string? Locale);

internal sealed record WireConversation(string ConversationId, string Token, [property: JsonPropertyName("expires_in")] int ExpiresIn, string? StreamUrl = null);

internal sealed record WireId(string Id);

internal sealed record WireError(WireErrorBody Error);

internal sealed record WireErrorBody(string Code, string Message);

[JsonSerializable(typeof(WireActivity))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(WireStart))]
[JsonSerializable(typeof(WireConversation))]
[JsonSerializable(typeof(WireId))]
[JsonSerializable(typeof(WireError))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>Letters of all languages stay letters; what HTML could read as markup is escaped.</summary>
    public static readonly WireJson Wire = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
