using System.Net;
using System.Text.Json;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>What Telegram says about the token.</summary>
/// <param name="Username">The bot's name, where it is known.</param>
/// <param name="ServerTime">Telegram's clock, where it answered at all.</param>
/// <param name="Fault">What is wrong, with the remedy and without the token; null when all is well.</param>
public sealed record TokenAnswer(string? Username, DateTimeOffset? ServerTime, string? Fault);

/// <summary>Asks Telegram once, with a short patience, whose token this is. For the operator's check, beside the running server.</summary>
public static class TokenCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<TokenAnswer> AskAsync(TelegramOptions options, CancellationToken ct)
    {
        // No trace and no factory's logger sees the address, which holds the token.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"{options.ApiBaseUrl.TrimEnd('/')}/bot{options.Token}/getMe"), ct);
            return await ReadAsync(answer, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TokenAnswer(null, null, $"Telegram did not answer within {Patience.TotalSeconds} seconds. Check the network and Telegram:ApiBaseUrl.");
        }
        catch (HttpRequestException fault)
        {
            var why = fault.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "its name is not known here: check DNS and Telegram:ApiBaseUrl",
                HttpRequestError.ConnectionError => "no connection: check the firewall, the proxy and Telegram:ApiBaseUrl",
                HttpRequestError.SecureConnectionError => "no secure connection: check the clock and the root certificates",
                _ => "the connection broke: check the network and Telegram:ApiBaseUrl",
            };
            return new TokenAnswer(null, null, $"Telegram cannot be reached; {why}.");
        }
    }

    private static async Task<TokenAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var date = answer.Headers.Date;
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound)
            return new TokenAnswer(null, date, "Telegram does not know this token. Set Telegram:Token to the bot's current token from @BotFather.");
        try
        {
            using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
            if (body.RootElement.GetProperty("ok").GetBoolean()) return new TokenAnswer(body.RootElement.GetProperty("result").GetProperty("username").GetString(), date, null);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Something answered, but not the Bot API.
        }
        return new TokenAnswer(null, date, $"Telegram:ApiBaseUrl answered {(int)answer.StatusCode} and not as the Bot API does. Check the address, or try again later.");
    }
}
