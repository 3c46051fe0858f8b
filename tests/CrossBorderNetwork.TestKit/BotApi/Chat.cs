using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>One message as Telegram keeps it. Exactly one of text and media describes what it is.</summary>
internal sealed class ChatMessage
{
    public int Id { get; set; }

    public required bool FromBot { get; init; }

    public required JsonObject Author { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Text of a text message, caption of any other.</summary>
    public FormattedText? Text { get; set; }

    public Keyboard Keyboard { get; set; } = Keyboard.None;

    /// <summary>
    /// The field that makes it more than text: document, photo, forward_origin …, with what a person sees of it.
    /// </summary>
    public JsonObject Extra { get; init; } = [];

    public string? MediaLabel { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    public bool Deleted { get; set; }

    public int? ReplyTo { get; init; }

    /// <summary>Number of the bot's last change to it within the chat.</summary>
    public int Change { get; set; }

    /// <summary>What a person sees: a label for media, then the text.</summary>
    public string Shown => MediaLabel is null ? Text?.Text ?? "" : $"({MediaLabel}) {Text?.Text}".TrimEnd();

    /// <summary>The buttons below it; a reply keyboard belongs to the chat instead.</summary>
    public IReadOnlyList<IReadOnlyList<Button>> Buttons => Keyboard.Inline is null ? [] : Keyboard.Rows;

    /// <summary>The parts of its text that are not plain.</summary>
    public IReadOnlyList<Formatting> Formatting => Text?.Entities is not { Count: > 0 } entities ? [] : [.. entities.Select(entity => new Formatting(
        entity!["type"]!.GetValue<string>(),
        Text.Text.Substring(entity["offset"]!.GetValue<int>(), entity["length"]!.GetValue<int>()),
        entity["url"]?.GetValue<string>()))];

    public JsonObject ToJson(Chat chat)
    {
        var json = new JsonObject
        {
            ["message_id"] = Id, ["from"] = Author.DeepClone(), ["chat"] = chat.ToJson(), ["date"] = At.ToUnixTimeSeconds(),
        };
        if (EditedAt is { } edited)
            json["edit_date"] = edited.ToUnixTimeSeconds();
        if (ReplyTo is { } target && chat.Message(target) is { } replied)
            json["reply_to_message"] = replied.ToJson(chat);
        foreach (var (name, value) in Extra)
            json[name] = value?.DeepClone();
        if (Text is { } text)
        {
            json[MediaLabel is null ? "text" : "caption"] = text.Text;
            if (text.Entities is not null)
                json[MediaLabel is null ? "entities" : "caption_entities"] = text.Entities.DeepClone();
        }
        if (Keyboard.Inline is not null)
            json["reply_markup"] = Keyboard.Inline.DeepClone();
        return json;
    }
}

/// <summary>A private chat or group with its messages in order; ids count from 1 in each chat.</summary>
internal sealed class Chat(long id, string kind, JsonObject description)
{
    private readonly List<ChatMessage> messages = [];
    private TaskCompletionSource? waiting;

    public long Id { get; } = id;

    public string Kind { get; } = kind;

    public bool IsPrivate => Kind == "private";

    /// <summary>A bot cannot write to a person who never wrote to it.</summary>
    public bool Started { get; set; }

    /// <summary>Blocked by the person, or removed from the group.</summary>
    public bool BotShutOut { get; set; }

    public bool Deactivated { get; set; }

    public long? MigratedTo { get; set; }

    public Keyboard ReplyKeyboard { get; private set; } = Keyboard.None;

    /// <summary>Everybody in it but the bot, by user id.</summary>
    public Dictionary<long, JsonObject> Members { get; } = [];

    public Transcript Transcript { get; } = new();

    /// <summary>Number of changes that the bot made, and how many there were when the person last did something.</summary>
    public int Changes { get; private set; }

    public int ChangesAtLastDeed { get; private set; }

    /// <summary>The newest message when the person last did something.</summary>
    public int MessagesAtLastDeed { get; private set; }

    public IReadOnlyList<ChatMessage> Messages => messages;

    public JsonObject ToJson() => description.DeepClone().AsObject();

    public bool IsCalled(string? name) =>
        name is ['@', ..]
        && string.Equals(description["username"]?.GetValue<string>(), name[1..], StringComparison.OrdinalIgnoreCase);

    public ChatMessage? Message(long messageId) =>
        messageId > 0 && messageId <= messages.Count ? messages[(int)messageId - 1] : null;

    public void Add(ChatMessage message)
    {
        messages.Add(message);
        message.Id = messages.Count;
        if (message.FromBot && message.Keyboard.BarsEditing)
            ReplyKeyboard = message.Keyboard;
        if (message.FromBot)
            Touch(message);
    }

    public void Touch(ChatMessage message) => message.Change = ++Changes;

    /// <summary>The person did something: what comes from now on is new to them.</summary>
    public void Deed(string line)
    {
        ChangesAtLastDeed = Changes;
        MessagesAtLastDeed = messages.Count;
        Transcript.Add(line);
    }

    public void Record(EffectKind kind, string text, IReadOnlyList<IReadOnlyList<Button>> buttons)
    {
        Transcript.Add(kind, text, buttons);
        waiting?.TrySetResult();
        waiting = null;
    }

    /// <summary>Ends at the bot's next visible deed in this chat.</summary>
    public Task NextChange() =>
        (waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
