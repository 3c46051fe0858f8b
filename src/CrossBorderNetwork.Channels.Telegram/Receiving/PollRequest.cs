using System.Text.Json.Serialization;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>The body of getUpdates.</summary>
internal sealed record PollRequest(int? Offset, int Limit, int Timeout, IReadOnlyList<string> AllowedUpdates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PollRequest))]
internal sealed partial class PollJson : JsonSerializerContext;
