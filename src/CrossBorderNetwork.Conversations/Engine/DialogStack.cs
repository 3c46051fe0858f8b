using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CrossBorderNetwork.Conversations;

/// <summary>One running dialog: where it is and what was answered. Stored as JSON, so that a deployment meets it unharmed.</summary>
internal sealed class Frame
{
    public required int Id { get; init; }

    public required string Dialog { get; init; }

    /// <summary>Version of the dialog file that the step belongs to.</summary>
    public required string Version { get; set; }

    public string Step { get; set; } = "";

    public JsonObject Answers { get; set; } = [];

    /// <summary>Questions answered before this one, for going back.</summary>
    public List<string> History { get; set; } = [];

    /// <summary>Counts the questions shown; a button of an earlier one is known by it.</summary>
    public int Revision { get; set; }

    /// <summary>What is being chosen but not yet taken: ticks, ratings, places found.</summary>
    public JsonNode? Draft { get; set; }

    public int Page { get; set; }

    /// <summary>Invalid answers to this question in a row.</summary>
    public int Failures { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>The dialogs of one conversation: the topmost is being held, those under it wait, parked ones wait for their command.</summary>
internal sealed class DialogStack
{
    /// <summary>Deeper nesting is a fault in the content.</summary>
    public const int MaxDepth = 8;

    public List<Frame> Frames { get; set; } = [];

    public List<Frame> Parked { get; set; } = [];

    public int LastFrameId { get; set; }

    /// <summary>Outbox id of the message that shows the current question, if it has buttons.</summary>
    public long? Shown { get; set; }

    /// <summary>The token handled last: the second half of a double click says nothing.</summary>
    public string? LastToken { get; set; }

    [JsonIgnore]
    public Frame? Top => Frames.Count > 0 ? Frames[^1] : null;

    /// <exception cref="JsonException">The stored state cannot be read.</exception>
    public static DialogStack Read(string? state) =>
        state is null ? new DialogStack() : JsonSerializer.Deserialize(state, StackJson.Default.DialogStack) ?? new DialogStack();

    public string Write() => JsonSerializer.Serialize(this, StackJson.Default.DialogStack);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(DialogStack))]
internal sealed partial class StackJson : JsonSerializerContext;
