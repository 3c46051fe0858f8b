using System.Collections.Concurrent;
using CrossBorderNetwork.Messaging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;
using BotMessage = Telegram.Bot.Types.Message;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Sends a kept file: by Telegram's own id of it where it has one, so that thousands of messages carry some bytes each; otherwise it
/// is uploaded, once a run, and the id remembered.
/// </summary>
internal sealed class MediaSender(TelegramApi api, MediaFiles files)
{
    private readonly ConcurrentDictionary<long, (string FileId, bool IsPhoto)> _known = [];

    /// <param name="media">What to send.</param>
    /// <param name="request">Makes the request from the file, as a photo or as a document.</param>
    /// <param name="ct">Cancels the request.</param>
    /// <exception cref="MediaGoneException">It is kept no more.</exception>
    public async Task<BotMessage> SendAsync(MediaRef media, Func<InputFile, bool, IRequest<BotMessage>> request, CancellationToken ct)
    {
        if (_known.TryGetValue(media.Id, out var known)) return await api.Bot.SendRequest(request(InputFile.FromFileId(known.FileId), known.IsPhoto), ct);
        var file = await files.ReadAsync(media.Id, ct) ?? throw new MediaGoneException();
        if (file.Channel == TelegramAdapter.Name)
        {
            try
            {
                return Remember(media.Id, await api.Bot.SendRequest(request(InputFile.FromFileId(file.Reference), file.IsPhoto), ct));
            }
            catch (ApiRequestException refusal) when (file.Content is not null && Outcome.IsFileIdRefused(refusal))
            {
                // Such as after the network moved to another bot: then what was fetched is uploaded.
            }
        }
        return Remember(media.Id, await UploadAsync(file, request, ct));
    }

    private async Task<BotMessage> UploadAsync(MediaFile file, Func<InputFile, bool, IRequest<BotMessage>> request, CancellationToken ct)
    {
        var content = file.Content ?? throw new MediaGoneException();
        try
        {
            return await SendAsync(file.IsPhoto);
        }
        catch (ApiRequestException refusal) when (file.IsPhoto && Outcome.IsPhotoRefused(refusal))
        {
            return await SendAsync(isPhoto: false);
        }

        async Task<BotMessage> SendAsync(bool isPhoto)
        {
            using var stream = new MemoryStream(content, writable: false);
            return await api.Bot.SendRequest(request(InputFile.FromStream(stream, file.Name), isPhoto), ct);
        }
    }

    private BotMessage Remember(long id, BotMessage sent)
    {
        if (sent.Photo is [.., { } photo]) _known[id] = (photo.FileId, true);
        else if (sent.Document is { } document) _known[id] = (document.FileId, false);
        return sent;
    }
}

internal sealed class MediaGoneException() : Exception("the photo or document is kept no more");
