using System.Diagnostics.Metrics;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CrossBorderNetwork.Server;

/// <summary>
/// Sends metrics and traces by OTLP, only when an address for them is set by OpenTelemetry's own names (<c>OTEL_…</c>). Requests to
/// the server and to Telegram are counted, not traced: their addresses carry visitors' ids and the bot's token.
/// </summary>
internal static class Observability
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        configuration[Endpoint] is null or "" || (Uri.TryCreate(configuration[Endpoint], UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            ? []
            : [$"{Endpoint} must be the address of a collector, such as http://localhost:4317."];

    public static void AddObservability(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[Endpoint] is null or "") return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("crossbordernetwork", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name, Gauges.MeterName, "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"))
            .WithTracing(traces => traces.AddSource(Telemetry.Name))
            .UseOtlpExporter();
        services.AddHostedService<Gauges>();
    }

    /// <summary>What is read when a collector asks: how much waits, and when each job last succeeded.</summary>
    private sealed class Gauges(Database database, JobRunner jobs, TimeProvider time) : IHostedService, IDisposable
    {
        public const string MeterName = "CrossBorderNetwork.Server";

        private readonly Meter _meter = new(MeterName);

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var read = new Recent(database, time);
            Gauge("outbox.pending", "{message}", "Messages that wait or are on the wire.", () => read.Backlog?.OutboxPending);
            Gauge("outbox.oldest.age", "s", "For how long the oldest message has been due.", () => read.Backlog?.OutboxAge(time.GetUtcNow()).TotalSeconds);
            Gauge("outbox.in_doubt", "{message}", "Messages of which nobody knows whether they arrived.", () => read.Backlog?.OutboxInDoubt);
            Gauge("inbox.pending", "{message}", "Updates that wait for their turn.", () => read.Backlog?.InboxPending);
            Gauge("inbox.oldest.age", "s", "How long the oldest update has waited.", () => read.Backlog?.InboxAge(time.GetUtcNow()).TotalSeconds);
            Gauge("inbox.parked", "{message}", "Updates of the last two days that could not be handled.", () => read.Backlog?.InboxParked);
            _meter.CreateObservableGauge<double>(Telemetry.Own + "job.last_success", () => jobs.LastSuccess.Select(job =>
                new Measurement<double>(job.Value.ToUnixTimeSeconds(), new KeyValuePair<string, object?>(Telemetry.Own + "job.name", job.Key))), "s", "When a job, such as the digest, last ran to its end: Unix time.");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _meter.Dispose();

        /// <summary>Nothing is reported while the database cannot be read.</summary>
        private void Gauge(string name, string unit, string description, Func<double?> read) =>
            _meter.CreateObservableGauge<double>(Telemetry.Own + name, () => read() is { } value ? [new Measurement<double>(value)] : Array.Empty<Measurement<double>>(), unit, description);

        /// <summary>All gauges of one collection are read from the database at once.</summary>
        private sealed class Recent(Database database, TimeProvider time)
        {
            private long _readAt;
            private Backlog? _backlog;

            public Backlog? Backlog
            {
                get
                {
                    if (_readAt != 0 && time.GetElapsedTime(_readAt) < TimeSpan.FromMilliseconds(200)) return _backlog;
                    try
                    {
                        using var db = database.Read();
                        // A collector's question is synchronous, and SQLite answers synchronously.
                        _backlog = Messaging.Backlog.ReadAsync(db, CancellationToken.None).GetAwaiter().GetResult();
                    }
                    catch (Exception fault) when (fault is System.Data.Common.DbException or InvalidOperationException)
                    {
                        _backlog = null;
                    }
                    _readAt = time.GetTimestamp();
                    return _backlog;
                }
            }
        }
    }
}
