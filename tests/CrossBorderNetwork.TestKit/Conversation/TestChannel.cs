using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// The channel "test": everybody's screens, which outlive the server, and what the channel answers when the server sends. Each
/// server speaks to it through an adapter of its own, as a restarted process would.
/// </summary>
public sealed class TestChannel(ChannelFeatures features)
{
    public const string Name = "test";

    private readonly ConcurrentDictionary<string, Phone> _phones = [];
    private readonly List<(Func<Envelope, bool> To, SendResult Result, bool Shown)> _faults = [];
    private readonly ConcurrentDictionary<string, byte> _held = [];
    private int _lastMessageId;

    public ChannelFeatures Features => features;

    /// <summary>Everything that was sent, edits included, in order.</summary>
    public ConcurrentQueue<Envelope> Sent { get; } = [];

    /// <summary>Addresses whose conversations the channel was asked to forget.</summary>
    public ConcurrentQueue<string> Forgotten { get; } = [];

    /// <summary>Awaited before each send: lets a test stop the wire.</summary>
    public Func<Envelope, Task>? Before { get; set; }

    public Phone Phone(string address) => _phones.GetOrAdd(address, _ => new Phone());

    /// <summary>The next message (to <paramref name="address"/>, or to anybody) gets this answer.</summary>
    /// <param name="result">What the server is told.</param>
    /// <param name="address">Whose message; null: anybody's.</param>
    /// <param name="shown">Whether the person sees the message all the same.</param>
    public void FailNext(SendResult result, string? address = null, bool shown = false)
    {
        lock (_faults) _faults.Add((envelope => address is null || envelope.Address == address, result, shown));
    }

    /// <summary>Addresses whose next message waits for the clock.</summary>
    internal ICollection<string> Held => _held.Keys;

    internal ChannelAdapter Connect() => new Adapter(this);

    internal static void Disconnect(ChannelAdapter adapter) => ((Adapter)adapter).IsDead = true;

    private SendResult Send(Envelope envelope)
    {
        _held.TryRemove(envelope.Address, out _);
        if (FaultFor(envelope) is var (_, result, shown))
        {
            if (shown) Show(envelope);
            if (result is SendResult.TryLater or SendResult.InDoubt) _held[envelope.Address] = 0;
            return result;
        }
        return new SendResult.Delivered(Show(envelope));
    }

    private (Func<Envelope, bool> To, SendResult Result, bool Shown)? FaultFor(Envelope envelope)
    {
        lock (_faults)
        {
            var place = _faults.FindIndex(fault => fault.To(envelope));
            if (place < 0) return null;
            var fault = _faults[place];
            _faults.RemoveAt(place);
            return fault;
        }
    }

    private string? Show(Envelope envelope)
    {
        Sent.Enqueue(envelope);
        if (envelope.Message.Deletes is not null)
        {
            if (envelope.DeletesMessageId is { } gone) Phone(envelope.Address).TakeAway(gone);
            return null;
        }
        var id = (features.CanEdit ? envelope.ReplacesMessageId : null)
            ?? Interlocked.Increment(ref _lastMessageId).ToString(CultureInfo.InvariantCulture);
        return Phone(envelope.Address).Show(id, envelope, features.CanEdit);
    }

    private sealed class Adapter(TestChannel channel) : ChannelAdapter
    {
        public volatile bool IsDead;

        public override string Channel => Name;

        public override ChannelFeatures Features => channel.Features;

        public override Activity? Parse(string payload)
        {
            try
            {
                return JsonSerializer.Deserialize<Activity>(payload);
            }
            catch (JsonException fault)
            {
                throw new FormatException("The update is not an activity.", fault);
            }
        }

        public override async Task<SendResult> SendAsync(Envelope envelope, CancellationToken ct)
        {
            if (channel.Before is { } before) await before(envelope);
            return IsDead ? new SendResult.InDoubt("the process is dead") : channel.Send(envelope);
        }

        public override Uri? LinkTo(string payload) => new("https://test.example/?start=" + payload);

        public override Task ForgetAsync(string address, CancellationToken ct)
        {
            channel.Forgotten.Enqueue(address);
            return Task.CompletedTask;
        }
    }
}
