using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Takes the updates that Telegram posts. Answers 200 only when an update is durable, and also for one that nobody can read: it
/// is parked, for otherwise Telegram would hold back everything behind it.
/// </summary>
internal sealed partial class TelegramWebhook(
    IOptions<TelegramOptions> options, TelegramAdapter adapter, Inbox inbox, PressAcknowledger presses, ILogger<TelegramWebhook> log)
{
    public const string Path = "/telegram/webhook";

    private const int MaxBody = 1024 * 1024;
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private readonly byte[] _secretHash = options.Value.WebhookSecret is { Length: > 0 } secret
        ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
        : throw new InvalidOperationException("Telegram:WebhookSecret is missing: anybody could pose as Telegram.");

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, HandleAsync);

    private async Task HandleAsync(HttpContext http)
    {
        if (!IsFromTelegram(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var ct = http.RequestAborted;
        if (await ReadBodyAsync(http.Request, ct) is not { } body)
        {
            LogTooLarge();
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        if (await TryAcceptAsync(ReadUpdate(body), ct)) return;
        http.Response.Headers.RetryAfter = "2";
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }

    private async Task<bool> TryAcceptAsync(Update update, CancellationToken ct)
    {
        try
        {
            return await inbox.AcceptAsync(adapter, [update], ct);
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            LogNotStored(Faults.Describe(fault));
            return false;
        }
    }

    /// <summary>Hashes are compared, so that the time taken tells neither content nor length.</summary>
    private bool IsFromTelegram(HttpRequest request)
    {
        var given = request.Headers[SecretHeader];
        return given.Count == 1 && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given[0] ?? "")), _secretHash);
    }

    private Update ReadUpdate(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (RawUpdate.Of(json.RootElement) is { } raw)
            {
                var update = raw.WithPayload(Encoding.UTF8.GetString(body.Span));
                presses.Acknowledge(raw.PressId, update.ExternalId);
                return update;
            }
        }
        catch (JsonException)
        {
            // Parked below under the hash of its content: a second copy is recognised.
        }
        return new Update("unreadable:" + Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 16)), "");
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBody) return null;
        var body = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        while (body.WrittenCount <= MaxBody)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(1), ct);
            if (read == 0) return body.WrittenMemory;
            body.Advance(read);
        }
        return null;
    }

    [LoggerMessage(LogLevel.Error, "An update could not be stored; Telegram will offer it again: {Fault}")]
    private partial void LogNotStored(string fault);

    [LoggerMessage(LogLevel.Warning, "A webhook call with more than 1 MB was refused")]
    private partial void LogTooLarge();
}
