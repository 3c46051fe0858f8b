using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CrossBorderNetwork.Conversations;

/// <summary>Where somebody wanted to go whom a guard sent through another dialog first.</summary>
internal sealed record Wish(string Dialog, string Step, string Id);

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

    /// <summary>Where to go once this dialog is finished, instead of where it leads by itself.</summary>
    public Wish? Then { get; set; }

    /// <summary>In which language the current question was prepared.</summary>
    public string? Language { get; set; }

    /// <summary>The look-up that prepared the current question, to be run again when the language changes.</summary>
    public string? PreparedBy { get; set; }
}

/// <summary>The dialogs of one conversation: the topmost is being held, those under it wait, parked ones wait for their command.</summary>
internal sealed class DialogStack
{
    /// <summary>Deeper nesting is a fault in the content.</summary>
    public const int MaxDepth = 8;

    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<Frame> Frames { get; set; } = [];

    public List<Frame> Parked { get; set; } = [];

    public int LastFrameId { get; set; }

    /// <summary>Outbox id of the message that shows the current question, if it has buttons.</summary>
    public long? Shown { get; set; }

    /// <summary>The token handled last: the second half of a double click says nothing.</summary>
    public string? LastToken { get; set; }

    [JsonIgnore]
    public Frame? Top => Frames.Count > 0 ? Frames[^1] : null;

    /// <summary>An empty stack. Frames are counted from the clock on, so that no button of a forgotten conversation fits a new frame.</summary>
    public static DialogStack Begin(DateTimeOffset now) => new() { LastFrameId = (int)((long)(now - Epoch).TotalSeconds & int.MaxValue) };

    /// <returns>Null where the stored state cannot be read.</returns>
    public static DialogStack? Read(string state)
    {
        try
        {
            var stack = JsonSerializer.Deserialize(state, StackJson.Default.DialogStack);
            return stack is { Frames: not null, Parked: not null } && stack.Frames.Concat(stack.Parked).All(IsWhole) ? stack : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public string Write() => JsonSerializer.Serialize(this, StackJson.Default.DialogStack);

    private static bool IsWhole(Frame? frame) => frame is { Dialog: not null, Step: not null, Answers: not null, History: not null } && !frame.History.Contains(null!);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(DialogStack))]
internal sealed partial class StackJson : JsonSerializerContext;
