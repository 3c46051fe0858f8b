using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi.Methods;

/// <summary>Methods that change what a person already sees, and the answer to a press.</summary>
internal static class Editing
{
    private const string NotModified =
        "message is not modified: specified new message content and reply markup are exactly the same as a current content "
        + "and reply markup of the message";

    private const int LongestNotice = 200;
    private const int MostDeletedAtOnce = 100;
    private static readonly TimeSpan DeletableFor = TimeSpan.FromHours(48);

    public static JsonNode EditMessageText(World world, ApiCall call)
    {
        var text = FormattedText.Message(call, world.Options.StrictHtml);
        var keyboard = Keyboard.Read(call);
        var (chat, message) = Editable(world, call);
        if (message.MediaLabel is not null)
            throw ApiError.BadRequest("there is no text in the message to edit");
        if (text.Text == message.Text?.Text
            && JsonNode.DeepEquals(text.Entities, message.Text.Entities)
            && IsSame(keyboard, message.Keyboard))
            throw ApiError.BadRequest(NotModified);
        message.Text = text;
        return Edited(world, chat, message, keyboard, EffectKind.Edited);
    }

    public static JsonNode EditMessageCaption(World world, ApiCall call)
    {
        var caption = FormattedText.Caption(call, world.Options.StrictHtml);
        var keyboard = Keyboard.Read(call);
        var (chat, message) = Editable(world, call);
        if (message.MediaLabel is null)
            throw ApiError.BadRequest("there is no caption in the message to edit");
        if (caption?.Text == message.Text?.Text
            && JsonNode.DeepEquals(caption?.Entities, message.Text?.Entities)
            && IsSame(keyboard, message.Keyboard))
            throw ApiError.BadRequest(NotModified);
        message.Text = caption;
        return Edited(world, chat, message, keyboard, EffectKind.Edited);
    }

    public static JsonNode EditMessageReplyMarkup(World world, ApiCall call)
    {
        var keyboard = Keyboard.Read(call);
        var (chat, message) = Editable(world, call);
        return IsSame(keyboard, message.Keyboard)
            ? throw ApiError.BadRequest(NotModified)
            : Edited(world, chat, message, keyboard, EffectKind.KeyboardEdited);
    }

    public static JsonNode DeleteMessage(World world, ApiCall call)
    {
        var chat = world.ChatOf(call);
        var message = chat.Message(call.Long("message_id") ?? 0);
        if (message is null or { Deleted: true })
            throw ApiError.BadRequest("message to delete not found");
        if (world.Now - message.At > DeletableFor)
            throw ApiError.BadRequest("message can't be deleted for everyone");
        Delete(world, chat, message);
        return JsonValue.Create(true);
    }

    public static JsonNode DeleteMessages(World world, ApiCall call)
    {
        var chat = world.ChatOf(call);
        var ids = call.Element("message_ids")!.Value;
        if (ids.GetArrayLength() == 0)
            throw ApiError.BadRequest("message identifiers are not specified");
        if (ids.GetArrayLength() > MostDeletedAtOnce)
            throw ApiError.BadRequest("too many message identifiers specified");
        foreach (var id in ids.EnumerateArray())
        {
            var message = id.ValueKind == JsonValueKind.Number ? chat.Message(id.GetInt64()) : null;
            if (message is { Deleted: false } && world.Now - message.At <= DeletableFor)
                Delete(world, chat, message);
        }
        return JsonValue.Create(true);
    }

    public static JsonNode AnswerCallbackQuery(World world, ApiCall call)
    {
        var text = call.Text("text") ?? "";
        if (FormattedText.CodePoints(text) > LongestNotice)
            throw ApiError.BadRequest("MESSAGE_TOO_LONG");
        if (!world.Presses.TryGetValue(call.Text("callback_query_id")!, out var press)
            || press.Answer is not null || world.Now - press.At > world.Options.CallbackLifetime)
            throw ApiError.BadRequest(ApiError.QueryTooOld);
        press.Answer = text;
        press.ShownAsAlert = call.Flag("show_alert");
        world.Note(EffectKind.CallbackAnswered, world.Find(press.ChatId)!, press.MessageId, text, []);
        return JsonValue.Create(true);
    }

    private static (Chat Chat, ChatMessage Message) Editable(World world, ApiCall call)
    {
        if (call.Has("inline_message_id"))
            throw ApiError.BadRequest("MESSAGE_ID_INVALID");
        if (!call.Has("chat_id"))
            throw ApiError.BadRequest("chat_id is empty");
        if (!call.Has("message_id"))
            throw ApiError.BadRequest("message identifier is not specified");
        var chat = world.ChatOf(call);
        var message = chat.Message(call.Long("message_id") ?? 0);
        if (message is null or { Deleted: true })
            throw ApiError.BadRequest("message to edit not found");
        return message.FromBot && !message.Keyboard.BarsEditing
            ? (chat, message)
            : throw ApiError.BadRequest("message can't be edited");
    }

    private static bool IsSame(Keyboard one, Keyboard other) => JsonNode.DeepEquals(one.Inline, other.Inline);

    private static JsonObject Edited(World world, Chat chat, ChatMessage message, Keyboard keyboard, EffectKind kind)
    {
        message.Keyboard = keyboard;
        message.EditedAt = world.Now;
        chat.Touch(message);
        world.Note(kind, chat, message);
        return message.ToJson(chat);
    }

    private static void Delete(World world, Chat chat, ChatMessage message)
    {
        message.Deleted = true;
        world.Note(EffectKind.Deleted, chat, message.Id, message.Shown, []);
    }
}
