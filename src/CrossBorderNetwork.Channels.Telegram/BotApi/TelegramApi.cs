using Microsoft.Extensions.Options;
using Telegram.Bot;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// The two ways to the Bot API: one for calls, one for the long poll. The token is part of each address, so these clients are
/// made here and not by the host's factory, whose loggers, traces and retries would carry it away or repeat a send.
/// </summary>
internal sealed class TelegramApi : IDisposable
{
    private readonly HttpClient _sender = Client(TimeSpan.FromSeconds(30));
    private readonly HttpClient _receiver = Client(TimeSpan.FromSeconds(60));
    private readonly string _pollUrl;

    public TelegramApi(IOptions<TelegramOptions> options)
    {
        var (token, baseUrl) = (options.Value.Token, options.Value.ApiBaseUrl.TrimEnd('/'));
        Bot = new TelegramBotClient(new TelegramBotClientOptions(token, baseUrl) { RetryCount = 0, RetryThreshold = 0 }, _sender);
        _pollUrl = $"{baseUrl}/bot{token}/getUpdates";
    }

    /// <summary>Never retries by itself: that is delivery's decision.</summary>
    public TelegramBotClient Bot { get; }

    /// <summary>The bot's own name in groups, once it is known.</summary>
    public string? Username { get; private set; }

    public async Task IntroduceAsync(CancellationToken ct) => Username = (await Bot.GetMe(ct)).Username;

    /// <summary>One long poll; the caller reads the raw answer, because one update that the library cannot read must not hold the others.</summary>
    public Task<HttpResponseMessage> PollAsync(HttpContent body, CancellationToken ct) =>
        _receiver.SendAsync(new HttpRequestMessage(HttpMethod.Post, _pollUrl) { Content = body }, ct);

    public void Dispose()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    private static HttpClient Client(TimeSpan timeout) => new(new SendWitness(new SocketsHttpHandler
    {
        // Enough for a thousand messages a second at a quarter of a second each.
        MaxConnectionsPerServer = 256,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        // Shorter than the server's: a request on a connection that it is about to close would be in doubt.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        AllowAutoRedirect = false,
        UseCookies = false,
        // No trace carries the address, which holds the token.
        ActivityHeadersPropagator = null,
    }))
    {
        Timeout = timeout,
    };
}
