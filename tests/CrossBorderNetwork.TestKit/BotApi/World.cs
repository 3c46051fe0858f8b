using System.Globalization;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// Telegram's side of the truth: chats, messages, files, profile texts. Everything in it is read and changed under <c>Gate</c>,
/// never across an await.
/// </summary>
internal sealed class World(BotApiOptions options, UpdateQueue updates, Webhooks webhooks, Truth truth)
{
    private readonly Dictionary<long, Chat> chats = [];
    private readonly Dictionary<string, StoredFile> files = [];

    public Lock Gate { get; } = new();

    public BotApiOptions Options { get; } = options;

    public UpdateQueue Updates { get; } = updates;

    public Webhooks Webhooks { get; } = webhooks;

    public Truth Truth { get; } = truth;

    public long BotId { get; } = long.Parse(options.Token.Split(':')[0], CultureInfo.InvariantCulture);

    public Dictionary<string, Press> Presses { get; } = [];

    /// <summary>Names, descriptions, commands and menu buttons by <c>kind|scope|language</c>.</summary>
    public Dictionary<string, JsonNode> Profile { get; } = [];

    public IEnumerable<Chat> Chats => chats.Values;

    public DateTimeOffset Now => Options.Time.GetUtcNow();

    public void Add(Chat chat)
    {
        if (!chats.TryAdd(chat.Id, chat))
            throw new InvalidOperationException($"There is already a chat or person with id {chat.Id}.");
    }

    public Chat? Find(long id) => chats.GetValueOrDefault(id);

    public JsonObject Bot() => new()
    {
        ["id"] = BotId, ["is_bot"] = true, ["first_name"] = Options.BotName, ["username"] = Options.BotUsername,
    };

    /// <summary>The chat named by the call; unknown and never started chats are not found.</summary>
    public Chat ChatOf(ApiCall call, string parameter = "chat_id")
    {
        var chat = call.TryLong(parameter, out var id)
            ? Find(id) : chats.Values.FirstOrDefault(chat => chat.IsCalled(call.Text(parameter)));
        if (chat is null or { Started: false })
            throw ApiError.BadRequest("chat not found");
        if (chat.MigratedTo is { } moved)
            throw new ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat") { MigrateToChatId = moved };
        return chat;
    }

    /// <summary>The same, refused when nothing may be written there.</summary>
    public Chat ChatToWrite(ApiCall call)
    {
        var chat = ChatOf(call);
        if (chat.Deactivated)
            throw ApiError.Forbidden("user is deactivated");
        if (chat.BotShutOut)
            throw ApiError.Forbidden(
                chat.IsPrivate ? "bot was blocked by the user" : $"bot was kicked from the {chat.Kind} chat");
        return chat;
    }

    public ChatMessage Post(Chat chat, ChatMessage message)
    {
        chat.Add(message);
        if (message.FromBot)
            Note(EffectKind.Sent, chat, message);
        return message;
    }

    public void Note(EffectKind kind, Chat chat, ChatMessage message) =>
        Note(kind, chat, message.Id, message.Shown, message.Buttons, message.Formatting);

    public void Note(
        EffectKind kind, Chat chat, int messageId, string text, IReadOnlyList<IReadOnlyList<Button>> buttons, IReadOnlyList<Formatting>? formatting = null)
    {
        Truth.Add(kind, chat.Id, messageId, text, buttons, formatting ?? [], Now);
        chat.Record(kind, text, buttons);
    }

    public StoredFile Store(string name, string contentType, byte[] bytes)
    {
        var file = new StoredFile($"file{files.Count + 1}", name, contentType, bytes);
        files[file.Id] = file;
        return file;
    }

    public StoredFile? FileById(string? id) => id is null ? null : files.GetValueOrDefault(id);

    public StoredFile? FileByPath(string path) => files.Values.FirstOrDefault(file => file.Path == path);
}

/// <summary>A button that a person pressed, and what the bot answered; null while it has not.</summary>
public sealed record Press(string Id, long UserId, long ChatId, int MessageId, string Data, DateTimeOffset At)
{
    public string? Answer { get; internal set; }

    public bool ShownAsAlert { get; internal set; }
}
