using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrossBorderNetwork.TestKit.BotApi.Methods;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// A person at their Telegram client. What they do becomes an update for the bot at once; what the bot does is read with
/// <c>Sees</c>, <c>Screen</c> and <c>Transcript</c>.
/// </summary>
public sealed partial class EmulatedUser
{
    private readonly World world;
    private readonly ChatScreen screen;
    private readonly JsonObject account;

    internal EmulatedUser(World world, Chat chat, JsonObject account)
    {
        this.world = world;
        this.account = account;
        screen = new ChatScreen(world, chat);
    }

    public long Id => screen.Chat.Id;

    /// <summary>Every visible message of the private chat, oldest first.</summary>
    public IReadOnlyList<ScreenMessage> Messages => screen.Messages;

    /// <summary>What is visible now: <c>&gt; said</c>, <c>&lt; answered</c>, <c>[buttons]</c>.</summary>
    public string Screen => screen.Text;

    /// <summary>Everything in the order in which it happened.</summary>
    public string Transcript => screen.Transcript;

    /// <summary>The command menu in this person's language: <c>/name description</c>.</summary>
    public IReadOnlyList<string> Commands
    {
        get
        {
            lock (world.Gate)
            {
                var language = account["language_code"]?.GetValue<string>() ?? "";
                return Profile.CommandsFor(world, Id, language[..Math.Min(2, language.Length)]) is JsonArray commands
                    ? [.. commands.Select(command => $"/{command!["command"]} {command["description"]}")] : [];
            }
        }
    }

    internal JsonObject Account => account.DeepClone().AsObject();

    /// <summary>Writes to the bot, or to a group; there a bot hears only commands and its own name.</summary>
    public ScreenMessage Says(string text, EmulatedGroup? group = null)
    {
        var entities = Command().Match(text) is { Success: true } command
            ? new JsonArray(new TextEntity("bot_command", 0, command.Length).ToJson()) : null;
        var heard = group is null
            || entities is not null
            || text.Contains('@' + world.Options.BotUsername, StringComparison.OrdinalIgnoreCase);
        return Write(group, new FormattedText(text, entities), [], mediaLabel: null, heard);
    }

    /// <summary>Opens <c>t.me/bot?start=payload</c> and presses Start.</summary>
    public ScreenMessage Starts(string? payload = null)
    {
        if (payload is not null && !DeepLinkPayload().IsMatch(payload))
            throw new ArgumentException("Telegram allows 1 to 64 letters A-Z a-z 0-9 _ - in a start link.", nameof(payload));
        return Says(payload is null ? "/start" : $"/start {payload}");
    }

    /// <summary>Sends something that is no text; an album gives its last message.</summary>
    public ScreenMessage Sends(Attachment attachment, string? caption = null, EmulatedGroup? group = null)
    {
        var count = attachment == Attachment.Album ? 3 : 1;
        var albumId = world.Updates.LastId.ToString(CultureInfo.InvariantCulture);
        ScreenMessage? last = null;
        for (var part = 0; part < count; part++)
        {
            JsonObject extra;
            lock (world.Gate)
                extra = Attachments.Describe(world, attachment, account);
            if (count > 1)
                extra["media_group_id"] = albumId;
            var words = part == 0 && caption is not null ? new FormattedText(caption, null) : null;
            var label = attachment == Attachment.Album ? "photo" : attachment.ToString().ToLowerInvariant();
            last = Write(group, words, extra, label, heard: group is null);
        }
        return last!;
    }

    /// <summary>Sends a file with this content, which the bot can fetch with getFile.</summary>
    public ScreenMessage SendsDocument(string name, string contentType, byte[] content, string? caption = null)
    {
        JsonObject extra;
        lock (world.Gate)
            extra = Attachments.Document(world, name, contentType, content);
        return Write(null, caption is null ? null : new FormattedText(caption, null), extra, $"document {name}", heard: true);
    }

    /// <summary>Forwards words of somebody else to the bot.</summary>
    public ScreenMessage Forwards(string text, EmulatedUser author) => Write(
        null,
        new FormattedText(text, null),
        new JsonObject
        {
            ["forward_origin"] = new JsonObject
            {
                ["type"] = "user", ["date"] = world.Now.ToUnixTimeSeconds(), ["sender_user"] = author.Account,
            },
        },
        mediaLabel: null,
        heard: true);

    /// <summary>Changes an own message.</summary>
    public void Edits(ScreenMessage message, string text)
    {
        lock (world.Gate)
        {
            var chat = world.Find(message.ChatId)!;
            var own = chat.Message(message.MessageId)!;
            if (own.FromBot)
                throw new InvalidOperationException("A person can edit only what they wrote.");
            own.Text = new FormattedText(text, null);
            own.EditedAt = world.Now;
            chat.Deed("> edited: " + text);
            world.Updates.Add("edited_message", own.ToJson(chat), Lane(chat));
        }
    }

    /// <summary>Presses the button on the newest visible message that has one with this text or a part of it.</summary>
    public Press Presses(string buttonText, EmulatedGroup? group = null)
    {
        lock (world.Gate)
        {
            var seen = group?.Screen ?? screen;
            var (message, button) = seen.ButtonWith(buttonText);
            if (button.Data is null)
                throw new InvalidOperationException($"The button “{button.Text}” tells the bot nothing. It opens: {button.Url}");
            return Press(seen.Chat, message, button.Data, $"[{button.Text}]");
        }
    }

    /// <summary>
    /// Sends data that no button need carry, from any message, even a deleted one: what forged and outdated clients do.
    /// </summary>
    public Press PressesData(ScreenMessage message, string data)
    {
        lock (world.Gate)
        {
            var chat = world.Find(message.ChatId)!;
            return Press(chat, chat.Message(message.MessageId)!, data, $"[data {data}]");
        }
    }

    /// <summary>Presses a key of the reply keyboard, which says the key's text.</summary>
    public ScreenMessage PressesKey(string text)
    {
        Button? key;
        lock (world.Gate)
        {
            key = screen.Chat.ReplyKeyboard.Rows.SelectMany(row => row)
                .FirstOrDefault(key => key.Text.Contains(text, StringComparison.Ordinal));
        }
        return Says(key?.Text ?? throw new InvalidOperationException($"The reply keyboard has no key “{text}”."));
    }

    public void Blocks() => SetBlocked(blocked: true);

    public void Unblocks() => SetBlocked(blocked: false);

    /// <summary>Their account ceases to exist; the bot gets no word of it.</summary>
    public void DeletesAccount()
    {
        lock (world.Gate)
            screen.Chat.Deactivated = true;
    }

    /// <summary>Waits until a visible message of the bot contains the text, new or old, also by an edit.</summary>
    /// <exception cref="TimeoutException">After 10 seconds or the given time; the message shows the screen.</exception>
    public Task<ScreenMessage> Sees(string text, TimeSpan? timeout = null) =>
        screen.SeesAsync(text, timeout, onlyNew: false);

    /// <summary>The same, but only what the bot sent or edited after this person's last deed.</summary>
    /// <exception cref="TimeoutException">After 10 seconds or the given time; the message shows the screen.</exception>
    public Task<ScreenMessage> SeesNew(string text, TimeSpan? timeout = null) =>
        screen.SeesAsync(text, timeout, onlyNew: true);

    /// <summary>Waits until the bot sends a message after this person's last deed that contains the text; an edit does not count.</summary>
    /// <exception cref="TimeoutException">After 10 seconds or the given time; the message shows the screen.</exception>
    public Task<ScreenMessage> GetsMessage(string text = "", TimeSpan? timeout = null) => screen.BelowAsync(text, timeout);

    /// <summary>Waits until the bot answers the press; gives the notice, empty for a silent acknowledgement.</summary>
    /// <exception cref="TimeoutException">After 10 seconds or the given time; the message shows the screen.</exception>
    public Task<string> GetsAnswer(Press press, TimeSpan? timeout = null) =>
        new ChatScreen(world, world.Find(press.ChatId)!).NoticeAsync(press, timeout);

    internal static string Lane(Chat chat) => $"chat {chat.Id}";

    private ScreenMessage Write(EmulatedGroup? group, FormattedText? text, JsonObject extra, string? mediaLabel, bool heard)
    {
        lock (world.Gate)
        {
            var seen = group?.Screen ?? screen;
            var chat = seen.Chat;
            if (group is null)
                CheckNotBlocked();
            chat.Started = true;
            var message = new ChatMessage
            {
                FromBot = false, Author = Account, At = world.Now, Text = text, Extra = extra, MediaLabel = mediaLabel,
            };
            chat.Add(message);
            chat.Deed("> " + message.Shown);
            if (heard)
                world.Updates.Add("message", message.ToJson(chat), Lane(chat));
            return seen.View(message);
        }
    }

    private Press Press(Chat chat, ChatMessage message, string data, string line)
    {
        if (chat == screen.Chat)
            CheckNotBlocked();
        var id = (4_382_000_000_000_000 + world.Presses.Count).ToString(CultureInfo.InvariantCulture);
        var press = new Press(id, Id, chat.Id, message.Id, data, world.Now);
        world.Presses[id] = press;
        chat.Deed(line);
        var shown = message.Deleted
            ? new JsonObject { ["chat"] = chat.ToJson(), ["message_id"] = message.Id, ["date"] = 0 }
            : message.ToJson(chat);
        var query = new JsonObject
        {
            ["id"] = id, ["from"] = Account, ["message"] = shown, ["chat_instance"] = $"{chat.Id}{world.BotId}", ["data"] = data,
        };
        world.Updates.Add("callback_query", query, $"user {Id}");
        return press;
    }

    private void SetBlocked(bool blocked)
    {
        lock (world.Gate)
        {
            if (screen.Chat.BotShutOut == blocked)
                return;
            screen.Chat.BotShutOut = blocked;
            screen.Chat.Started = true;
            screen.Chat.Deed(blocked ? "> (blocked the bot)" : "> (unblocked the bot)");
            var (old, now) = blocked ? ("member", "kicked") : ("kicked", "member");
            var change = EmulatedGroup.BotMembership(world, screen.Chat, Account, old, now);
            world.Updates.Add("my_chat_member", change, $"member {Id}");
        }
    }

    private void CheckNotBlocked()
    {
        if (screen.Chat.BotShutOut)
            throw new InvalidOperationException("This person blocked the bot; a client lets them write only after Unblocks().");
    }

    [GeneratedRegex("^/[A-Za-z0-9_]{1,32}(@[A-Za-z0-9_]+)?")]
    private static partial Regex Command();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex DeepLinkPayload();
}
