using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>The public entrance: who is let in, what is confirmed, and what Telegram is told to offer again.</summary>
public sealed class TelegramWebhookTests : IAsyncLifetime
{
    private const string Update = """{"update_id":900,"message":{"message_id":5,"date":1,"text":"Labas","chat":{"id":1001,"type":"private","first_name":"Ona"},"from":{"id":1001,"is_bot":false,"first_name":"Ona"}}}""";

    private readonly int _port = FreePort();
    private readonly HttpClient _http = new();
    private BotApiEmulator _api = null!;
    private EmulatedUser _ona = null!;
    private TelegramHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null, WebhookRetryScale = 0.1 });
        _ona = _api.User(1001, "Ona", started: true);
        _host = await TelegramHost.StartAsync(_api, webhookPort: _port);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task A_person_who_writes_is_answered()
    {
        _ona.Says("Labas");

        await _ona.Sees("Message: Labas");

        await TelegramHost.UntilAsync(() => _api.PendingUpdates == 0);
        _api.Truth.Requests.ShouldNotContain(request => request.Method == "getUpdates");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shared_secret-of-the-webhooK")]
    [InlineData("shared_secret-of-the-webhook2")]
    public async Task Who_does_not_know_the_secret_is_turned_away_and_nothing_is_stored(string? secret)
    {
        using var response = await PostAsync(Update, secret);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
        (await _host.InboxAsync(InboxState.Pending) + await _host.InboxAsync(InboxState.Done) + await _host.InboxAsync(InboxState.Parked)).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"update_id":"many"}""")]
    [InlineData("""{"update_id":5,"message":7}""")]
    public async Task What_nobody_can_read_is_parked_and_confirmed_so_that_the_queue_moves_on(string body)
    {
        (await PostAsync(body, TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(body, TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await _host.InboxAsync(InboxState.Parked)).ShouldBe(1);
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_refused_with_or_without_a_length()
    {
        var large = new byte[(1024 * 1024) + 1];

        (await PostAsync(new ByteArrayContent(large), TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var chunked = new StreamContent(new UnknownLength(large));
        (await PostAsync(chunked, TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_same_update_twice_is_confirmed_twice_and_handled_once()
    {
        (await PostAsync(Update, TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(Update, TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await _ona.Sees("Message: Labas");
        _ona.Says("Viskas");
        await _ona.Sees("Message: Viskas");

        _api.Truth.Copies(1001, "Message: Labas").ShouldBe(1);
    }

    [Fact]
    public async Task While_the_database_is_away_telegram_is_asked_to_come_again_and_nothing_is_lost()
    {
        await using (var db = _host.Database.Read()) await db.Database.ExecuteSqlRawAsync("ALTER TABLE inbox RENAME TO inbox_away");
        using (var refused = await PostAsync(Update, TelegramHost.Secret))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        }
        await using (var db = _host.Database.Read()) await db.Database.ExecuteSqlRawAsync("ALTER TABLE inbox_away RENAME TO inbox");

        (await PostAsync(Update, TelegramHost.Secret)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await _ona.Sees("Message: Labas");
    }

    private Task<HttpResponseMessage> PostAsync(string body, string? secret) => PostAsync(new StringContent(body, Encoding.UTF8, "application/json"), secret);

    private Task<HttpResponseMessage> PostAsync(HttpContent body, string? secret)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/telegram/webhook")) { Content = body };
        if (secret is not null) request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
        return _http.SendAsync(request);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class UnknownLength(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
