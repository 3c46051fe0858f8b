using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>What must be known of an update before it is understood: its id, and the press that waits for an acknowledgement.</summary>
internal readonly record struct RawUpdate(int Id, string? PressId)
{
    /// <summary>The kinds that the bot asks Telegram for.</summary>
    public static readonly string[] Kinds = ["message", "edited_message", "callback_query", "my_chat_member"];

    /// <summary>Null where it is no update at all.</summary>
    public static RawUpdate? Of(JsonElement update)
    {
        if (update.ValueKind != JsonValueKind.Object || !update.TryGetProperty("update_id", out var number)) return null;
        if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out var id)) return null;
        var press = update.TryGetProperty("callback_query", out var query) && query.ValueKind == JsonValueKind.Object
            && query.TryGetProperty("id", out var pressId) && pressId.ValueKind == JsonValueKind.String ? pressId.GetString() : null;
        return new RawUpdate(id, press);
    }

    public Update WithPayload(string payload) => new(Id.ToString(CultureInfo.InvariantCulture), payload);
}
