using System.Text.Json;
using System.Text.Json.Serialization;

namespace CrossBorderNetwork.Messaging;

/// <summary>A button under a message: a token of at most 64 bytes that comes back when pressed, or a link.</summary>
public sealed record Button(
    [property: JsonPropertyName("l")] string Label,
    [property: JsonPropertyName("t"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token,
    [property: JsonPropertyName("u"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url = null);

/// <summary>A small file made by the service, such as an .ics or a .json; a picture is shown, any other is offered.</summary>
public sealed record FileContent(string Name, string MediaType, byte[] Content)
{
    [JsonIgnore]
    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>A photo or document from <see cref="MediaFiles"/>.</summary>
/// <param name="Id">Its id there; 0 where there is none.</param>
/// <param name="Name">Its file name.</param>
/// <param name="IsPhoto">Shown as a picture, not as a file to open.</param>
public sealed record MediaRef(
    [property: JsonPropertyName("i")] long Id,
    [property: JsonPropertyName("n")] string Name,
    [property: JsonPropertyName("p")] bool IsPhoto)
{
    public static MediaRef None { get; } = new(0, "", false);
}

/// <summary>
/// One thing that the bot says, channel-neutral. Built by a turn or a job, stored in the outbox, rendered by the adapter.
/// </summary>
public sealed record Message
{
    /// <summary>What a text under a photo or document holds on every channel, in UTF-16 units.</summary>
    public const int CaptionLimit = 1024;

    [JsonPropertyName("x")]
    public RichText Text { get; init; } = RichText.Empty;

    /// <summary>Rows of buttons.</summary>
    [JsonPropertyName("b")]
    public IReadOnlyList<IReadOnlyList<Button>> Buttons { get; init; } = [];

    [JsonPropertyName("f"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FileContent? File { get; init; }

    /// <summary>A photo or document above the text, which is then a caption of at most <see cref="CaptionLimit"/> characters.</summary>
    [JsonPropertyName("a"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MediaRef? Media { get; init; }

    /// <summary>The answer may be a file: a channel that otherwise takes none takes one now.</summary>
    [JsonPropertyName("w"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AsksForFile { get; init; }

    /// <summary>Outbox id of the message that this one takes the place of, where the channel can edit.</summary>
    [JsonPropertyName("r"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Replaces { get; init; }

    /// <summary>The channel's own id of that message, where a press has told it.</summary>
    [JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReplacesMessageId { get; init; }

    /// <summary>Outbox id of an earlier message of the same conversation that is taken away; nothing is said. For channels with <see cref="ChannelFeatures.CanDelete"/>.</summary>
    [JsonPropertyName("d"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Deletes { get; init; }

    /// <summary>What is said instead of repeating the whole on a channel that cannot edit, such as "Chosen: music, play".</summary>
    [JsonPropertyName("s"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RichText? Brief { get; init; }

    /// <summary>True when this only takes the buttons from <see cref="Replaces"/>; a channel that cannot edit says nothing.</summary>
    [JsonPropertyName("k"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OnlyRemovesButtons { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, MessageJson.Default.Message);

    internal static Message FromJson(string json) => JsonSerializer.Deserialize(json, MessageJson.Default.Message)!;
}

[JsonSourceGenerationOptions(WriteIndented = false)]
[JsonSerializable(typeof(Message))]
internal sealed partial class MessageJson : JsonSerializerContext;
