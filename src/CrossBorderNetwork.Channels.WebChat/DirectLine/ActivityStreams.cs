using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Channels.WebChat.DirectLine;

/// <summary>
/// The open sockets. A person may look at the conversation from several tabs and devices; each sees all of it. Beyond
/// <see cref="MostForOne"/> the oldest is closed.
/// </summary>
internal sealed class ActivityStreams
{
    public const int MostForOne = 8;

    /// <summary>What is announced with the address of a conversation that has a new line.</summary>
    public const string Topic = "webchat";

    private readonly Dictionary<string, List<ActivityStream>> _open = [];
    private readonly Lock _lock = new();

    public ActivityStreams(Database database) => database.Listen(Topic, Wake);


    public void Opened(string address, ActivityStream stream)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(address, out var streams)) _open[address] = streams = [];
            if (streams.Count >= MostForOne) streams[^MostForOne].Replace();
            streams.Add(stream);
        }
    }

    /// <summary>Null: any conversation may have a new line.</summary>
    private void Wake(string? address)
    {
        lock (_lock)
        {
            foreach (var stream in address is null ? _open.Values.SelectMany(streams => streams) : _open.GetValueOrDefault(address) ?? []) stream.Wake();
        }
    }

    public void Closed(string address, ActivityStream stream)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(address, out var streams) && streams.Remove(stream) && streams.Count == 0) _open.Remove(address);
        }
    }
}

/// <summary>
/// Feeds one socket from the stored transcript. A wake-up only says that there is something to read, so that none can be lost and
/// a reconnect after a watermark is the same road.
/// </summary>
internal sealed class ActivityStream(WebSocket socket, WebChatRows rows, TimeProvider time)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile bool _replaced;

    public void Wake() => _wake.Writer.TryWrite(true);

    public void Replace()
    {
        _replaced = true;
        Wake();
    }

    /// <summary>Runs until the client leaves, another socket takes over, or <paramref name="stopping"/>.</summary>
    public async Task RunAsync(string address, long after, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var abandoned = new CancellationTokenSource();
        var receiving = ReceiveAsync(ended, abandoned.Token);
        try
        {
            while (!_replaced)
            {
                var page = await rows.ReadAsync(address, after, ended.Token);
                if (page.Count > 0) await SendAsync(page.Json, ended.Token);
                after = page.Watermark;
                await WaitAsync(ended.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // The client is gone or the server stops: the next socket reads on from its watermark.
        }
        await CloseAsync();
        // To stop receiving is to cut the line: the client gets a moment to take its leave.
        await Task.WhenAny(receiving, Task.Delay(Farewell, time, CancellationToken.None));
        await abandoned.CancelAsync();
        await receiving;
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        while (true)
        {
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var woken = _wake.Reader.ReadAsync(turn.Token).AsTask();
            var idle = Task.Delay(KeepAlive, time, turn.Token);
            var first = await Task.WhenAny(woken, idle);
            if (first == woken)
            {
                await turn.CancelAsync();
                await woken;
                return;
            }
            await turn.CancelAsync();
            ct.ThrowIfCancellationRequested();
            if (woken.IsCompletedSuccessfully) return;
            await SendAsync("", ct);
        }
    }

    /// <summary>The client only sends empty frames to keep the line open; anything else is dropped unread.</summary>
    private async Task ReceiveAsync(CancellationTokenSource ended, CancellationToken abandoned)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), abandoned)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // Gone without a farewell.
        }
        await ended.CancelAsync();
    }

    private ValueTask SendAsync(string frame, CancellationToken ct) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(frame).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, ct);

    private async Task CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        var (status, reason) = _replaced ? (WebSocketCloseStatus.PolicyViolation, "collision") : (WebSocketCloseStatus.NormalClosure, "");
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await socket.CloseOutputAsync(status, reason, patience.Token);
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            // It was closed at the other end meanwhile.
        }
    }
}
