using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using CrossBorderNetwork.Tests.Story;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>The whole story while each update comes three times, twice of them at once, with updates between that nobody can handle.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task What_comes_three_times_is_done_once_and_poison_harms_nobody()
    {
        await using var repeater = await Repeater.StartAsync();
        await using var stage = await Stage.SetAsync(
            webhook: true, (_, server) =>
            {
                repeater.Target = server.Address;
                return Task.CompletedTask;
            },
            [.. Stage.Coordinators(Stage.CoordinatorId), ("Telegram__WebhookUrl", repeater.Address)]);

        // It fails where an answer is missing, and ends with one member less, who has left.
        await new NetworkStory(stage).TellAsync("lt", "pl", "en");
        await stage.IsQuietAsync();

        repeater.Updates.ShouldBeGreaterThan(100);
        // One profile each; the one introduction and the one seat went with the member who left, but each was told of once.
        (await stage.Server.SqlAsync("SELECT count(*) FROM member")).ShouldBe(["3"]);
        stage.Api.Truth.MessagesIn(NetworkStory.HeadId).Count(message => message.Text.Contains("Mes kuriame lėles", StringComparison.Ordinal)).ShouldBe(1);
        stage.Api.Truth.MessagesIn(NetworkStory.TeacherId).Count(message => message.Text.Contains(NetworkStory.Head.Contact, StringComparison.Ordinal)).ShouldBe(1);
        foreach (var (person, language) in new[] { (NetworkStory.TeacherId, "lt"), (NetworkStory.HeadId, "pl"), (Stage.CoordinatorId, "en") })
            NetworkStory.DigestsOf(stage, person, language).ShouldBe(1);
        stage.Refusals.ShouldBeEmpty();
        (await stage.Server.SqlAsync("SELECT reason FROM outbox WHERE state = 3")).ShouldBeEmpty();
        // Handled is each once, parked is the poison and nothing else.
        (await stage.Server.SqlAsync("SELECT count(*) FROM inbox WHERE state = 1 AND CAST(external_id AS INTEGER) < @poison", ("@poison", Repeater.FirstPoison)))
            .ShouldBe([repeater.Updates.ToString(CultureInfo.InvariantCulture)]);
        (await stage.Server.SqlAsync("SELECT external_id FROM inbox WHERE state = 2")).Where(id => !repeater.IsPoison(id)).ShouldBeEmpty();
        (await stage.Server.SqlAsync("SELECT 1 FROM inbox WHERE state = 2")).Count.ShouldBeGreaterThan(50);
    }

    /// <summary>Stands between Telegram and the server. Accepted is what all three copies were accepted of.</summary>
    private sealed class Repeater : IAsyncDisposable
    {
        public const int FirstPoison = 900_000_000;

        private static readonly string[] Poison =
        [
            """{"update_id":#,"message":{"chat":{"id":"x"}}}""",
            """{"update_id":#,"chat_member":{"new_chat_member":{"status":"from_the_future"}}}""",
            """{"update_id":#,"callback_query":{"id":"1"}}""",
            """{"update_id":#,"message":{"message_id":1,"date":1,"chat":{"id":1001,"type":"nowhere"},"from":{"id":1001,"is_bot":false,"first_name":"x"},"text":{}}}""",
            """{"update_id":#,"from_the_future":{}}""",
        ];

        private readonly WebApplication _app;
        private readonly HttpClient _http = new();
        private readonly ConcurrentDictionary<string, byte> _updates = [];
        private int _poison = FirstPoison;

        private Repeater(WebApplication app) => _app = app;

        public Uri? Target { get; set; }

        public string Address => _app.Urls.Single();

        public int Updates => _updates.Count;

        public bool IsPoison(string externalId) => int.TryParse(externalId, CultureInfo.InvariantCulture, out var id) && id >= FirstPoison && id <= _poison;

        public static async Task<Repeater> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var repeater = new Repeater(builder.Build());
            repeater._app.MapPost("/{**path}", repeater.RepeatAsync);
            await repeater._app.StartAsync();
            return repeater;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _http.Dispose();
        }

        private async Task RepeatAsync(HttpContext context)
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var secret = context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"].ToString();
            var path = context.Request.Path.Value!;
            try
            {
                var statuses = new List<HttpStatusCode>(await Task.WhenAll(PostAsync(body), PostAsync(body)));
                var id = Interlocked.Increment(ref _poison);
                statuses.Add(await PostAsync(Poison[id % Poison.Length].Replace("#", id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
                statuses.Add(await PostAsync(body));
                var worst = statuses.Max();
                if (worst == HttpStatusCode.OK) _updates[body] = 0;
                context.Response.StatusCode = (int)worst;
            }
            catch (HttpRequestException)
            {
                // The server is being started anew.
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            }

            async Task<HttpStatusCode> PostAsync(string update)
            {
                using var content = new StringContent(update, Encoding.UTF8, "application/json");
                content.Headers.Add("X-Telegram-Bot-Api-Secret-Token", secret);
                using var answer = await _http.PostAsync(new Uri(Target!, path), content);
                return answer.StatusCode;
            }
        }
    }
}
