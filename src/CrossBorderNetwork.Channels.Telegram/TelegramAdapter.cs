using System.Globalization;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using BotMessage = Telegram.Bot.Types.Message;
using Message = CrossBorderNetwork.Messaging.Message;
using RichText = CrossBorderNetwork.Messaging.RichText;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Telegram as a channel: updates to activities, messages to calls. Makes one attempt and says how it ended; pace, order and
/// repetition are delivery's. A text beyond a caption's 1,024 characters cannot go with a file: say it in a message of its own.
/// </summary>
internal sealed partial class TelegramAdapter(TelegramApi api, MediaSender media, ILogger<TelegramAdapter> log) : ChannelAdapter
{
    public const string Name = "telegram";

    private static readonly LinkPreviewOptions NoPreview = new() { IsDisabled = true };

    private readonly UpdateReader _reader = new(api);

    /// <summary>Messages without buttons, as far as this run knows: to take them away once more would only be refused.</summary>
    private readonly Recent<(long Chat, int Message), bool> _bare = new(10_000);
    private int _tokenRefused;

    public override string Channel => Name;

    public override ChannelFeatures Features { get; } = new(CanEdit: true, Rendering.TextLimit, IsPaced: true) { CanDelete = true };

    /// <summary>Ids of groups and channels are negative.</summary>
    public override bool IsGroup(string address) => address.StartsWith('-');

    public override Activity? Parse(string payload) => _reader.Read(payload);

    public override Uri? LinkTo(string payload) => api.Username is { } name ? new Uri($"https://t.me/{name}?start={payload}") : null;

    public override async Task<byte[]?> FetchAsync(string reference, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await api.Bot.GetInfoAndDownloadFile(reference, content, ct);
        return content.ToArray();
    }

    public override async Task<SendResult> SendAsync(Envelope envelope, CancellationToken ct)
    {
        if (!long.TryParse(envelope.Address, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chat))
            return new SendResult.Refused("the address is not a chat id");
        var to = new Target(chat, ParseId(envelope.Thread), envelope.IsPaid);
        try
        {
            var messageId = await SendAsync(to, envelope, ct);
            Interlocked.Exchange(ref _tokenRefused, 0);
            return new SendResult.Delivered(messageId?.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is CaptionTooLongException or MediaGoneException)
        {
            return new SendResult.Refused(fault.Message);
        }
        catch (RequestException fault)
        {
            // One wrong token fails every message; it is said once.
            if (Outcome.IsTokenRefused(fault) && Interlocked.Exchange(ref _tokenRefused, 1) == 0) LogTokenRefused();
            return Outcome.Of(fault);
        }
    }

    private Task<int?> SendAsync(Target to, Envelope envelope, CancellationToken ct)
    {
        var message = envelope.Message;
        if (message.Deletes is not null) return DeleteAsync(to.Chat, ParseId(envelope.DeletesMessageId), ct);
        var replaced = ParseId(envelope.ReplacesMessageId);
        if (message.OnlyRemovesButtons) return RemoveButtonsAsync(to.Chat, replaced, ct);
        if (message.File is { } file) return SendFileAsync(to, message, file, ct);
        if (message.Media is not null) return replaced is { } shown ? EditAsync(to, shown, message, ct) : SendMediaAsync(to, message, ct);
        return SendTextAsync(to, message, replaced, ct);
    }

    private async Task<int?> SendTextAsync(Target to, Message message, int? replaced, CancellationToken ct)
    {
        // Callers split by Features.TextLimit; this is the net below. A failure amid the pieces repeats those before it.
        var pieces = message.Text.Split(Rendering.TextLimit);
        int? sent = null;
        for (var i = 0; i < Math.Max(1, pieces.Count); i++)
        {
            var piece = message with { Text = pieces.Count == 0 ? RichText.Empty : pieces[i], Buttons = i >= pieces.Count - 1 ? message.Buttons : [] };
            sent = i == 0 && replaced is { } target ? await EditAsync(to, target, piece, ct) : await SendNewAsync(to, piece, ct);
        }
        return sent;
    }

    private async Task<int?> SendNewAsync(Target to, Message message, CancellationToken ct)
    {
        var sent = (await InThreadAsync(to.Thread, topic => WithMarkupAsync(message.Text, (text, mode) => api.Bot.SendRequest(
            new SendMessageRequest
            {
                ChatId = to.Chat, MessageThreadId = topic, Text = text, ParseMode = mode, LinkPreviewOptions = NoPreview,
                ReplyMarkup = Rendering.Keyboard(message.Buttons), AllowPaidBroadcast = to.IsPaid,
            },
            ct)))).Id;
        return Noted(to.Chat, sent, message);
    }

    private async Task<int?> EditAsync(Target to, int target, Message message, CancellationToken ct)
    {
        if (message.Buttons.Count > 0) _bare.Forget((to.Chat, target));
        try
        {
            await WithMarkupAsync(message.Text, (text, mode) => api.Bot.SendRequest(Edit(to.Chat, target, message, text, mode), ct));
            return Noted(to.Chat, target, message);
        }
        catch (ApiRequestException refusal) when (Outcome.IsNotModified(refusal))
        {
            return target;
        }
        catch (ApiRequestException refusal) when (Outcome.IsEditTargetGone(refusal))
        {
            return message.Media is null ? await SendNewAsync(to, message, ct) : await SendMediaAsync(to, message, ct);
        }
    }

    private static RequestBase<BotMessage> Edit(long chat, int target, Message message, string text, ParseMode mode) => message.Media is null
        ? new EditMessageTextRequest
        {
            ChatId = chat, MessageId = target, Text = text, ParseMode = mode, LinkPreviewOptions = NoPreview, ReplyMarkup = Rendering.Keyboard(message.Buttons),
        }
        : new EditMessageCaptionRequest { ChatId = chat, MessageId = target, Caption = text, ParseMode = mode, ReplyMarkup = Rendering.Keyboard(message.Buttons) };

    private async Task<int?> RemoveButtonsAsync(long chat, int? target, CancellationToken ct)
    {
        if (target is not { } messageId || _bare.Has((chat, messageId))) return target;
        try
        {
            await api.Bot.SendRequest(new EditMessageReplyMarkupRequest { ChatId = chat, MessageId = messageId }, ct);
        }
        catch (ApiRequestException refusal) when (Outcome.IsNotModified(refusal))
        {
            // There are no buttons any more: nothing is left to do.
        }
        catch (ApiRequestException refusal) when (Outcome.IsEditTargetGone(refusal))
        {
            return messageId;
        }
        _bare.FirstSeen((chat, messageId), true);
        return messageId;
    }

    /// <summary>What is gone already needs no deleting; what is older than 48 hours Telegram refuses.</summary>
    private async Task<int?> DeleteAsync(long chat, int? target, CancellationToken ct)
    {
        if (target is not { } messageId) return null;
        try
        {
            await api.Bot.SendRequest(new DeleteMessageRequest { ChatId = chat, MessageId = messageId }, ct);
        }
        catch (ApiRequestException refusal) when (Outcome.IsDeleteTargetGone(refusal))
        {
            // The person was quicker.
        }
        return messageId;
    }

    private async Task<int?> SendFileAsync(Target to, Message message, FileContent file, CancellationToken ct)
    {
        CheckCaption(message);
        var sent = (await InThreadAsync(to.Thread, topic => WithMarkupAsync(message.Text, async (text, mode) =>
        {
            using var content = new MemoryStream(file.Content, writable: false);
            return await api.Bot.SendRequest(WithFile(to, topic, message, text, mode, InputFile.FromStream(content, file.Name), file.IsPicture), ct);
        }))).Id;
        return Noted(to.Chat, sent, message);
    }

    private async Task<int?> SendMediaAsync(Target to, Message message, CancellationToken ct)
    {
        CheckCaption(message);
        var sent = (await InThreadAsync(to.Thread, topic => WithMarkupAsync(message.Text, (text, mode) =>
            media.SendAsync(message.Media!, (file, isPhoto) => WithFile(to, topic, message, text, mode, file, isPhoto), ct)))).Id;
        return Noted(to.Chat, sent, message);
    }

    private static RequestBase<BotMessage> WithFile(Target to, int? thread, Message message, string text, ParseMode mode, InputFile file, bool isPhoto)
    {
        var caption = text.Length == 0 ? null : text;
        var keyboard = Rendering.Keyboard(message.Buttons);
        return isPhoto
            ? new SendPhotoRequest
            {
                ChatId = to.Chat, MessageThreadId = thread, Photo = file, Caption = caption, ParseMode = mode, ReplyMarkup = keyboard, AllowPaidBroadcast = to.IsPaid,
            }
            : new SendDocumentRequest
            {
                ChatId = to.Chat, MessageThreadId = thread, Document = file, Caption = caption, ParseMode = mode, ReplyMarkup = keyboard, AllowPaidBroadcast = to.IsPaid,
            };
    }

    private static void CheckCaption(Message message)
    {
        if (message.Text.ToString().Length > Message.CaptionLimit) throw new CaptionTooLongException();
    }

    private int Noted(long chat, int id, Message message)
    {
        if (message.Buttons.Count == 0) _bare.FirstSeen((chat, id), true);
        return id;
    }

    /// <summary>A topic that the person deleted must not swallow the answer: then it goes to the chat itself.</summary>
    private static async Task<T> InThreadAsync<T>(int? thread, Func<int?, Task<T>> send)
    {
        try
        {
            return await send(thread);
        }
        catch (ApiRequestException refusal) when (thread is not null && Outcome.IsThreadGone(refusal))
        {
            return await send(null);
        }
    }

    /// <summary>Markup that Telegram does not accept costs the looks, never the message.</summary>
    private async Task<T> WithMarkupAsync<T>(RichText text, Func<string, ParseMode, Task<T>> send)
    {
        try
        {
            return await send(Rendering.Html(text), ParseMode.Html);
        }
        catch (ApiRequestException refusal) when (Outcome.IsMarkupRefused(refusal))
        {
            LogMarkupRefused();
            return await send(text.ToString(), ParseMode.None);
        }
    }

    private static int? ParseId(string? id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Where a message goes, and whether it may cost money to leave sooner.</summary>
    private readonly record struct Target(long Chat, int? Thread, bool IsPaid);

    [LoggerMessage(LogLevel.Critical, "The token was refused by Telegram: nothing can be sent or received. Set Telegram:Token to the bot's current token from @BotFather and start again")]
    private partial void LogTokenRefused();

    [LoggerMessage(LogLevel.Warning, "Telegram did not accept the formatting of a message; it was sent as plain text")]
    private partial void LogMarkupRefused();

    private sealed class CaptionTooLongException() : Exception("a text with a file has at most 1024 characters; send the longer text as a message of its own");
}
