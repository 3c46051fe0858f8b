using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Tests.Operations;

/// <summary>Everything that leaves the server for its operators, with all logging on and everything failing.</summary>
public sealed class ObservabilityTests
{
    private const string Said = "zqvprivate words";

    private static readonly string[] Metrics =
    [
        "messaging.process.duration", "messaging.client.consumed.messages", "messaging.client.operation.duration", "messaging.client.sent.messages",
        "crossborder.outbox.pending", "crossborder.outbox.oldest.age", "crossborder.outbox.in_doubt", "crossborder.inbox.oldest.age", "crossborder.job.last_success", "digest",
    ];

    [Fact]
    public async Task Metrics_and_traces_go_to_the_collector_and_neither_they_nor_the_log_name_a_token_or_a_person()
    {
        await using var collector = await Collector.StartAsync();
        await using var network = await OperatedNetwork.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"), ("Logging__LogLevel__Microsoft.EntityFrameworkCore", "Trace"),
            ("Logging__LogLevel__System.Net.Http", "Trace"), ("Logging__LogLevel__Quartz", "Trace"));
        var ona = network.People[0];
        await network.Server.SqlAsync("UPDATE member SET name = 'zqvname', contact = 'zqvcontact@example.org' WHERE id = (SELECT person_id FROM conversation WHERE address = '5000')");
        Fault[] faults =
        [
            Fault.BadGateway(), Fault.AnswerLost(), Fault.TooManyRequests(1), Fault.Refusal(403, "Forbidden: bot was blocked by the user"),
            Fault.Refusal(400, $"Bad Request: can't parse entities: unexpected \"{Said}\""), Fault.Refusal(400, $"Bad Request: \"{Said}\" is wrong"),
        ];
        foreach (var fault in faults) network.Api.Faults.Add(fault with { Method = "sendMessage" });
        network.Api.Faults.Add(Fault.BadGateway() with { Method = "getUpdates" });

        foreach (var text in new[] { "/profile", Said, "/help", Said + " again", "/mydata" })
        {
            ona.Says(text);
            await network.SettleAsync();
        }
        network.Api.Deliver("{\"message\":{\"message_id\":\"" + Said + "\"}}");
        await network.SettleAsync();
        using (var browser = new HttpClient()) (await browser.GetAsync(network.Server.Address)).EnsureSuccessStatusCode();

        await OperatedNetwork.UntilAsync(() => Task.FromResult(Metrics.All(collector.Received.Contains) && collector.Received.Contains("process telegram", StringComparison.Ordinal)));
        var token = network.Api.Token;
        collector.Received.ShouldContain("send telegram");
        collector.Received.ShouldContain("crossborder.outcome");
        var log = network.Server.Log;
        log.ShouldContain("dbug: Microsoft.AspNetCore");
        log.ShouldContain("could not be read and was parked");
        foreach (var told in new[] { collector.Received, log })
        {
            foreach (var secret in new[] { token, token.Split(':')[1], "zqv", "kazlauskien" }) told.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"“{secret}” was told.");
        }
        // The collector is another house: not even the numbers by which Telegram knows people go there.
        collector.Received.ShouldNotContain("5000");
    }

    /// <summary>Keeps all that is sent to it, as text; OTLP's strings are plain in its messages.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly ConcurrentQueue<string> _bodies = new();

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Urls.First();

        public string Received => string.Join('\n', _bodies);

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var collector = new Collector(builder.Build());
            collector._app.Run(async http =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                collector._bodies.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
                http.Response.StatusCode = StatusCodes.Status200OK;
            });
            await collector._app.StartAsync();
            return collector;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
