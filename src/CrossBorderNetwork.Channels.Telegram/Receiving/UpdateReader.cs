using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.Messaging;
using Telegram.Bot;
using Telegram.Bot.Types.Enums;
using BotApi = Telegram.Bot.Types;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Reads one raw update. Stateless but for albums: Telegram sends each picture of an album as an update of its own, and only the
/// first is to be answered.
/// </summary>
internal sealed class UpdateReader(TelegramApi api)
{
    private readonly Recent<string, int> _albums = new(1000);

    public Activity? Read(string payload) => Deserialize(payload) switch
    {
        { Message: { } message } update => FromMessage(update.Id, message),
        // A live location also comes as a stream of edits: only changed words are an attempt to say something.
        { EditedMessage: { From.IsBot: false, Chat.Type: ChatType.Private } edited } when (edited.Text ?? edited.Caption) is { } words =>
            From(edited.From, edited.Chat, edited) with { Kind = ActivityKind.Edited, Text = words },
        { CallbackQuery: { } press } => FromPress(press),
        { MyChatMember: { Chat.Type: ChatType.Private } change } => FromMembership(change),
        _ => null,
    };

    private static BotApi.Update Deserialize(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<BotApi.Update>(payload, JsonBotAPI.Options) ?? throw new FormatException("The update is empty.");
        }
        catch (Exception fault) when (fault is not FormatException)
        {
            throw new FormatException("The update cannot be read.", fault);
        }
    }

    private Activity? FromMessage(int updateId, BotApi.Message message)
    {
        if (message.From is not { IsBot: false } || (message.IsServiceMessage && message.Type != MessageType.Unknown)) return null;
        if (message.Chat.Type != ChatType.Private) return FromGroup(message);
        var activity = From(message.From, message.Chat, message);
        // What was forwarded or made by another bot was not typed by this person: it must never answer a question.
        if (message.Text is { } text && message.ForwardOrigin is null && message.ViaBot is null)
            return activity with { Text = WithoutOwnName(text), Formatted = WrittenFormat.Read(text, message.Entities) };
        var isAlbumRest = message.MediaGroupId is { } album && _albums.FirstSeen(album, updateId) != updateId;
        return isAlbumRest ? null : activity with { Kind = ActivityKind.Unreadable, Media = MediaOf(message) };
    }

    private static ReceivedMedia? MediaOf(BotApi.Message message) => message switch
    {
        // Telegram sends a photo in several sizes, the largest last.
        { Photo: [.., { } largest] } => new ReceivedMedia(largest.FileId, "photo.jpg", IsPhoto: true, largest.FileSize ?? 0),
        // An animation is told as a document too, but cannot be sent as one.
        { Document: { } document, Animation: null } => new ReceivedMedia(document.FileId, document.FileName ?? "", IsPhoto: false, document.FileSize ?? 0),
        _ => null,
    };

    /// <summary>In a group the bot listens only when it is spoken to by name.</summary>
    private Activity? FromGroup(BotApi.Message message)
    {
        if (api.Username is not { } name || message.Text is not { } text || message.SenderChat is not null || message.ForwardOrigin is not null) return null;
        if (!text.Contains("@" + name, StringComparison.OrdinalIgnoreCase)) return null;
        var isAddressed = message.Entities?.Any(entity => entity.Type is MessageEntityType.BotCommand or MessageEntityType.Mention
            && text.AsSpan(entity.Offset, entity.Length).EndsWith("@" + name, StringComparison.OrdinalIgnoreCase)) == true;
        return isAddressed ? From(message.From!, message.Chat, message) with { IsPrivate = false, Text = WithoutOwnName(text) } : null;
    }

    private static Activity? FromPress(BotApi.CallbackQuery press) => press is { Message.Chat.Type: ChatType.Private, Data: { } token }
        ? From(press.From, press.Message.Chat, press.Message) with
        {
            Kind = ActivityKind.Press,
            Token = token,
            PressedMessageId = press.Message.Id.ToString(CultureInfo.InvariantCulture),
        }
        : null;

    private static Activity? FromMembership(BotApi.ChatMemberUpdated change) => change.NewChatMember.Status switch
    {
        ChatMemberStatus.Kicked or ChatMemberStatus.Left => From(change.From, change.Chat, null) with { Kind = ActivityKind.Left },
        ChatMemberStatus.Member => From(change.From, change.Chat, null) with { Kind = ActivityKind.Joined },
        _ => null,
    };

    private static Activity From(BotApi.User person, BotApi.Chat chat, BotApi.Message? message) => new()
    {
        Kind = ActivityKind.Message,
        Channel = TelegramAdapter.Name,
        Address = chat.Id.ToString(CultureInfo.InvariantCulture),
        // A reply thread of an ordinary group also has an id, but cannot be written to by it.
        Thread = message is { IsTopicMessage: true } ? message.MessageThreadId?.ToString(CultureInfo.InvariantCulture) : null,
        SenderId = person.Id.ToString(CultureInfo.InvariantCulture),
        SenderName = person.LastName is { } last ? $"{person.FirstName} {last}" : person.FirstName,
        SenderHandle = person.Username,
        Locale = person.LanguageCode,
    };

    /// <summary>"/help@our_bot" says the same as "/help".</summary>
    private string WithoutOwnName(string text)
    {
        if (!text.StartsWith('/') || api.Username is not { } name) return text;
        var end = text.IndexOfAny([' ', '\n']);
        var command = end < 0 ? text : text[..end];
        return command.EndsWith("@" + name, StringComparison.OrdinalIgnoreCase) ? command[..^(name.Length + 1)] + text[command.Length..] : text;
    }
}
