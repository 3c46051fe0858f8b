using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpanKind = System.Diagnostics.ActivityKind;
using Trace = System.Diagnostics.Activity;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// What messaging tells of its work while somebody listens, by the names of OpenTelemetry's messaging conventions. Tags name
/// channels, lanes, outcomes and our own row ids; never a person, an address or a text.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "CrossBorderNetwork.Messaging";

    /// <summary>Prefix of what the conventions have no name for.</summary>
    public const string Own = "crossborder.";

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> TurnDuration = Meter.CreateHistogram("messaging.process.duration", "s", "Duration of a turn with all its attempts.", null, Seconds);
    private static readonly Counter<long> TurnCount = Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Updates handled.");
    private static readonly Histogram<double> SendDuration = Meter.CreateHistogram("messaging.client.operation.duration", "s", "Duration of a sending with its waits and repetitions.", null, Seconds);
    private static readonly Counter<long> SendCount = Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that delivery is done with, by outcome.");

    internal static Measurement Turn(string channel, long inboxId)
    {
        var tags = new TagList { { "messaging.system", channel }, { "messaging.operation.name", "turn" } };
        return new Measurement(Source.StartActivity("process " + channel, SpanKind.Consumer), inboxId, tags, TurnDuration, TurnCount);
    }

    internal static Measurement Send(ClaimedMessage message)
    {
        var tags = new TagList { { "messaging.system", message.Channel }, { "messaging.operation.name", "send" }, { Own + "lane", message.Lane.ToString() } };
        return new Measurement(Source.StartActivity("send " + message.Channel, SpanKind.Producer), message.Id, tags, SendDuration, SendCount);
    }

    /// <summary>One turn or one sending, from its making to its disposal.</summary>
    internal sealed class Measurement(Trace? trace, long rowId, TagList tags, Histogram<double> duration, Counter<long> count) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private string? _outcome;
        private string? _fault;

        public void Ended(string outcome, string? fault = null) => (_outcome, _fault) = (outcome, fault);

        public void Dispose()
        {
            if (_outcome is not null) tags.Add(Own + "outcome", _outcome);
            if (_fault is not null) tags.Add("error.type", _fault);
            duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);
            count.Add(1, tags);
            if (trace is null) return;
            foreach (var (key, value) in tags) trace.SetTag(key, value);
            trace.SetTag("messaging.message.id", rowId);
            if (_fault is not null) trace.SetStatus(ActivityStatusCode.Error);
            trace.Dispose();
        }
    }
}
