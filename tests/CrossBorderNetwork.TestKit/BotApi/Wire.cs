using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>Telegram's envelopes, written without reflection because load tests send them by the thousand.</summary>
internal static class Wire
{
    public static byte[] Bytes(JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
            node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteOk(IBufferWriter<byte> output, JsonNode? result)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteBoolean("ok"u8, value: true);
        writer.WritePropertyName("result"u8);
        if (result is null)
            writer.WriteNullValue();
        else
            result.WriteTo(writer);
        writer.WriteEndObject();
    }

    public static void WriteUpdates(IBufferWriter<byte> output, IReadOnlyList<QueuedUpdate> updates)
    {
        output.Write("{\"ok\":true,\"result\":["u8);
        for (var index = 0; index < updates.Count; index++)
        {
            if (index > 0)
                output.Write(","u8);
            output.Write(updates[index].Body);
        }
        output.Write("]}"u8);
    }

    public static void WriteError(IBufferWriter<byte> output, ApiError error)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteBoolean("ok"u8, value: false);
        writer.WriteNumber("error_code"u8, error.Code);
        writer.WriteString("description"u8, error.Message);
        if (error.RetryAfter is not null || error.MigrateToChatId is not null)
        {
            writer.WriteStartObject("parameters"u8);
            if (error.MigrateToChatId is { } chat)
                writer.WriteNumber("migrate_to_chat_id"u8, chat);
            if (error.RetryAfter is { } seconds)
                writer.WriteNumber("retry_after"u8, seconds);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
