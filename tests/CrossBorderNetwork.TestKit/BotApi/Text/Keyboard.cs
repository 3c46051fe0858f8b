using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>A button as a person sees it. <c>Data</c> is set for a button that answers the bot, <c>Url</c> for a link.</summary>
public sealed record Button(string Text, string? Data = null, string? Url = null, bool Disabled = false);

/// <summary>The <c>reply_markup</c> of a call, checked by the rules of the server.</summary>
internal sealed record Keyboard(
    JsonObject? Inline, IReadOnlyList<IReadOnlyList<Button>> Rows, bool IsReplyKeyboard, bool RemovesReplyKeyboard)
{
    private const int MostButtons = 100;
    private const int MostInRow = 8;
    private const int MostDataBytes = 64;

    private static readonly string[] Actions =
    [
        "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled",
    ];

    public static readonly Keyboard None = new(null, [], IsReplyKeyboard: false, RemovesReplyKeyboard: false);

    /// <summary>A message that touches the reply keyboard can never be edited.</summary>
    public bool BarsEditing => IsReplyKeyboard || RemovesReplyKeyboard;

    public static Keyboard Read(ApiCall call)
    {
        if (!call.Has("reply_markup"))
            return None;
        if (call.Element("reply_markup") is not { ValueKind: JsonValueKind.Object } markup)
            throw ApiError.BadRequest("can't parse reply keyboard markup JSON object");
        if (markup.TryGetProperty("inline_keyboard", out var inline))
            return ReadInline(inline);
        if (markup.TryGetProperty("keyboard", out var keyboard))
            return new Keyboard(null, ReadRows(keyboard, ReplyButton), IsReplyKeyboard: true, RemovesReplyKeyboard: false);
        if (markup.TryGetProperty("remove_keyboard", out _) || markup.TryGetProperty("force_reply", out _))
            return None with { RemovesReplyKeyboard = true };
        throw ApiError.BadRequest("object expected as reply markup");
    }

    private static Keyboard ReadInline(JsonElement inline)
    {
        var rows = ReadRows(inline, InlineButton);
        return rows.Count == 0 ? None : None with
        {
            Inline = new JsonObject { ["inline_keyboard"] = JsonNode.Parse(inline.GetRawText()) },
            Rows = rows,
        };
    }

    private static List<IReadOnlyList<Button>> ReadRows(JsonElement keyboard, Func<JsonElement, Button> read)
    {
        if (keyboard.ValueKind != JsonValueKind.Array
            || keyboard.EnumerateArray().Any(row => row.ValueKind != JsonValueKind.Array))
            throw ApiError.BadRequest("can't parse keyboard: array of arrays of buttons expected");
        List<IReadOnlyList<Button>> rows = [.. keyboard.EnumerateArray()
            .Where(row => row.GetArrayLength() > 0)
            .Select(row => (IReadOnlyList<Button>)[.. row.EnumerateArray().Select(read)])];
        if (rows.Sum(row => row.Count) > MostButtons || rows.Any(row => row.Count > MostInRow))
            throw ApiError.BadRequest("REPLY_MARKUP_TOO_LONG");
        return rows;
    }

    private static Button ReplyButton(JsonElement button) =>
        button.ValueKind == JsonValueKind.String ? new Button(button.GetString()!) : new Button(Label(button, "keyboard button"));

    private static Button InlineButton(JsonElement button)
    {
        const string kind = "inline keyboard button";
        var text = Label(button, kind);
        var actions = Array.FindAll(Actions, action => button.TryGetProperty(action, out var value) && IsSet(action, value));
        if (actions.Length == 0)
            throw ApiError.BadRequest($"can't parse {kind}: Text buttons are unallowed in the inline keyboard");
        if (actions.Length > 1)
            throw ApiError.BadRequest($"can't parse {kind}: exactly one action must be used, found {string.Join(", ", actions)}");
        return actions[0] switch
        {
            "callback_data" => new Button(text, Data: CheckedData(button.GetProperty("callback_data"))),
            "url" => new Button(text, Url: CheckedUrl(button.GetProperty("url").GetString()!)),
            "disabled" => new Button(text, Disabled: true),
            _ => new Button(text),
        };
    }

    /// <summary>An empty inline query is an action; empty data or an empty address is none.</summary>
    private static bool IsSet(string action, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String when action is "callback_data" or "url" => !value.ValueEquals(""),
        _ => true,
    };

    private static string Label(JsonElement button, string kind)
    {
        if (button.ValueKind != JsonValueKind.Object)
            throw ApiError.BadRequest($"can't parse {kind}: object expected");
        if (!button.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            throw ApiError.BadRequest($"can't parse {kind}: Field \"text\" must be of type String");
        return string.IsNullOrWhiteSpace(text.GetString())
            ? throw ApiError.BadRequest($"can't parse {kind}: button text must be non-empty")
            : text.GetString()!;
    }

    private static string CheckedData(JsonElement value)
    {
        var data = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return Encoding.UTF8.GetByteCount(data) is > 0 and <= MostDataBytes
            ? data
            : throw ApiError.BadRequest("BUTTON_DATA_INVALID");
    }

    private static string CheckedUrl(string url)
    {
        var full = url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url;
        var good = Uri.TryCreate(full, UriKind.Absolute, out var address)
            && (address.Scheme == "tg"
                || (address.Scheme is "http" or "https" && address.Host.Contains('.', StringComparison.Ordinal)));
        return good ? url : throw ApiError.BadRequest($"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL");
    }
}
