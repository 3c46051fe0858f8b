using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.TestKit.BotApi.Methods;

/// <summary>Methods that put something new on a person's screen.</summary>
internal static class Sending
{
    private const int LargestDocument = 50 * 1024 * 1024;
    private const int LargestPhoto = 10 * 1024 * 1024;

    private static readonly FrozenSet<string> ChatActions = new[]
    {
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    }.ToFrozenSet();

    public static JsonNode SendMessage(World world, ApiCall call)
    {
        var text = FormattedText.Message(call, world.Options.StrictHtml);
        var keyboard = Keyboard.Read(call);
        var chat = world.ChatToWrite(call);
        return Post(world, chat, call, text, keyboard, [], mediaLabel: null);
    }

    public static JsonNode SendDocument(World world, ApiCall call)
    {
        var caption = FormattedText.Caption(call, world.Options.StrictHtml);
        var keyboard = Keyboard.Read(call);
        var chat = world.ChatToWrite(call);
        var file = FileOf(world, call, "document", LargestDocument);
        var document = new JsonObject
        {
            ["file_id"] = file.Id, ["file_unique_id"] = "u" + file.Id, ["file_name"] = file.Name,
            ["mime_type"] = file.ContentType, ["file_size"] = file.Bytes.Length,
        };
        return Post(world, chat, call, caption, keyboard, new JsonObject { ["document"] = document }, $"document {file.Name}");
    }

    public static JsonNode SendPhoto(World world, ApiCall call)
    {
        var caption = FormattedText.Caption(call, world.Options.StrictHtml);
        var keyboard = Keyboard.Read(call);
        var chat = world.ChatToWrite(call);
        var file = FileOf(world, call, "photo", LargestPhoto);
        var photo = new JsonObject { ["photo"] = new JsonArray(Attachments.PhotoSize(file)) };
        return Post(world, chat, call, caption, keyboard, photo, "photo");
    }

    public static JsonNode CopyMessage(World world, ApiCall call)
    {
        var keyboard = Keyboard.Read(call);
        var chat = world.ChatToWrite(call);
        var original = world.ChatOf(call, "from_chat_id").Message(call.Long("message_id") ?? 0);
        if (original is null or { Deleted: true })
            throw ApiError.BadRequest("message to copy not found");
        var caption = call.Has("caption") ? FormattedText.Caption(call, world.Options.StrictHtml) : original.Text;
        var extra = original.Extra.DeepClone().AsObject();
        extra.Remove("forward_origin");
        var copy = Post(world, chat, call, caption, keyboard, extra, original.MediaLabel);
        return new JsonObject { ["message_id"] = copy["message_id"]!.GetValue<int>() };
    }

    public static JsonNode SendChatAction(World world, ApiCall call)
    {
        var action = call.Text("action")!.ToLowerInvariant();
        // Client libraries send their enum's own name, such as UploadDocument.
        if (!ChatActions.Any(known => known == action || known.Replace("_", "", StringComparison.Ordinal) == action))
            throw ApiError.BadRequest("wrong parameter action in request");
        var chat = world.ChatToWrite(call);
        world.Note(EffectKind.ChatAction, chat, messageId: 0, action, []);
        return JsonValue.Create(true);
    }

    private static JsonObject Post(
        World world, Chat chat, ApiCall call, FormattedText? text, Keyboard keyboard, JsonObject extra, string? mediaLabel)
    {
        var message = new ChatMessage
        {
            FromBot = true, Author = world.Bot(), At = world.Now, Text = text, Keyboard = keyboard, Extra = extra,
            MediaLabel = mediaLabel, ReplyTo = ReplyTarget(chat, call),
        };
        return world.Post(chat, message).ToJson(chat);
    }

    private static int? ReplyTarget(Chat chat, ApiCall call)
    {
        if (call.Element("reply_parameters") is not { } reply
            || !reply.TryGetProperty("message_id", out var id)
            || !id.TryGetInt32(out var target))
            return null;
        if (chat.Message(target) is { Deleted: false })
            return target;
        var mayBeMissing = reply.TryGetProperty("allow_sending_without_reply", out var allowed) && allowed.GetBoolean();
        return mayBeMissing ? null : throw ApiError.BadRequest("message to be replied not found");
    }

    private static StoredFile FileOf(World world, ApiCall call, string parameter, int largest)
    {
        if (call.File(parameter) is { } upload)
        {
            return upload.Length switch
            {
                0 => throw ApiError.BadRequest("file must be non-empty"),
                _ when upload.Length > largest => throw new ApiError(413, "Request Entity Too Large"),
                _ => world.Store(upload.FileName, ContentType(upload), Bytes(upload)),
            };
        }
        return world.FileById(call.Text(parameter)) ?? throw ApiError.BadRequest("wrong file identifier/HTTP URL specified");
    }

    /// <summary>Telegram judges by the file's name, whatever the upload says.</summary>
    private static string ContentType(IFormFile upload) => Path.GetExtension(upload.FileName).ToLowerInvariant() switch
    {
        ".ics" => "text/calendar",
        ".pdf" => "application/pdf",
        ".csv" => "text/csv",
        ".json" => "application/json",
        ".txt" => "text/plain",
        _ => upload.ContentType is { Length: > 0 } given ? given : "application/octet-stream",
    };

    private static byte[] Bytes(IFormFile upload)
    {
        var bytes = new byte[upload.Length];
        using var stream = upload.OpenReadStream();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
