using System.Collections.Concurrent;
using System.Threading.Channels;
using CrossBorderNetwork.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// The one worker that sends. Claim, send, record: a row is marked as being sent before the request leaves, so that after a crash
/// it is known to be in doubt and is sent at most once more. Messages to one person leave one after the other.
/// </summary>
public sealed partial class Delivery(
    OutboxRows rows, DeliverySignal signal, IEnumerable<ChannelAdapter> adapters, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<Delivery> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Channel);
    private readonly ConcurrentDictionary<string, Pace> _paces = [];
    private readonly ConcurrentDictionary<long, Task> _tails = [];
    private readonly Channel<SendRecord> _records = Channel.CreateUnbounded<SendRecord>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<long, string?> _unrecorded = [];
    private readonly CancellationTokenSource _drained = new();
    private int _window;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var (again, inDoubt) = await rows.RecoverAsync(cancellationToken);
        if (again + inDoubt > 0) LogRecovered(again, inDoubt);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var recorder = Task.Run(RecordAsync, CancellationToken.None);
        try
        {
            signal.Wake();
            while (!stoppingToken.IsCancellationRequested) await StepAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is on the wire is waited for below; what is not goes back to the outbox.
        }
        finally
        {
            await _drained.CancelAsync();
            await Task.WhenAll(_tails.Values);
            _records.Writer.Complete();
            await recorder;
        }
    }

    private async Task StepAsync(CancellationToken ct)
    {
        var claim = false;
        while (signal.Work.TryRead(out var claimed))
        {
            if (claimed is null) claim = true;
            else Dispatch(claimed);
        }
        var free = options.Value.Window - Volatile.Read(ref _window);
        if (free > 0 && (claim || rows.MayHavePending))
        {
            foreach (var message in await rows.ClaimAsync(free, ct))
            {
                Interlocked.Increment(ref _window);
                Dispatch(message);
            }
        }
        using var sweep = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var more = signal.Work.WaitToReadAsync(sweep.Token).AsTask();
        if (await Task.WhenAny(more, Task.Delay(Sweep, time, sweep.Token)) != more) rows.MayHavePending = true;
        await sweep.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private void Dispatch(ClaimedMessage message)
    {
        var before = _tails.GetValueOrDefault(message.ConversationId, Task.CompletedTask);
        var mine = SendInOrderAsync(before, message);
        _tails[message.ConversationId] = mine;
        _ = mine.ContinueWith(_ => _tails.TryRemove(new(message.ConversationId, mine)), TaskScheduler.Default);
    }

    private async Task SendInOrderAsync(Task before, ClaimedMessage message)
    {
        await before;
        using var measured = Telemetry.Send(message);
        SendRecord record;
        try
        {
            record = await SendAsync(message, _drained.Token);
        }
        catch (OperationCanceledException) when (_drained.IsCancellationRequested)
        {
            record = new SendRecord(message, OutboxState.Pending, null, null);
        }
        catch (Exception fault)
        {
            LogFault(message.Id, Faults.Describe(fault));
            record = new SendRecord(message, OutboxState.InDoubt, null, fault.GetType().Name);
        }
        measured.Ended(record.State.ToString(), record.State == OutboxState.Delivered ? null : record.State.ToString());
        _unrecorded[message.Id] = record.MessageId;
        _records.Writer.TryWrite(record);
        if (message.TakesPlace)
        {
            Interlocked.Decrement(ref _window);
            signal.Wake();
        }
    }

    private async Task<SendRecord> SendAsync(ClaimedMessage message, CancellationToken draining)
    {
        var adapter = _adapters[message.Channel];
        var pace = _paces.GetOrAdd(message.Channel, _ => new Pace(options.Value.MessagesPerSecond, time));
        var address = message.Address;
        var copies = message.Attempts;
        for (var tries = 0; ; tries++)
        {
            if (adapter.Features.IsPaced) await pace.WaitAsync(message.Lane, draining);
            draining.ThrowIfCancellationRequested();
            if (time.GetUtcNow() > message.NotAfter) return new SendRecord(message, OutboxState.Expired, null, null);

            if (message.Message.Deletes is not null && !adapter.Features.CanDelete)
                return new SendRecord(message, OutboxState.Failed, null, "the channel cannot take a message away");

            var replaced = message.Message.ReplacesMessageId ?? (message.Message.Replaces is { } id ? await MessageIdOfAsync(id) : null);
            var deleted = message.Message.Deletes is { } gone ? await MessageIdOfAsync(gone) : null;
            var envelope = new Envelope(address, message.Thread, message.Message, replaced) { DeletesMessageId = deleted };
            var result = await adapter.SendAsync(envelope, CancellationToken.None);
            switch (result)
            {
                case SendResult.Delivered delivered:
                    return new SendRecord(message, OutboxState.Delivered, delivered.MessageId, null);
                case SendResult.Refused refused:
                    LogRefused(message.Id, message.Channel, refused.Reason);
                    return new SendRecord(message, OutboxState.Failed, null, refused.Reason);
                case SendResult.Unreachable lost:
                    return new SendRecord(message, OutboxState.Unreachable, null, lost.Reason);
                case SendResult.Moved moved:
                    address = moved.Address;
                    await rows.MoveAsync(message.ConversationId, address);
                    break;
                case SendResult.TryLater later:
                    var wait = Backoff(later.After, tries);
                    if (later.WholeChannel) pace.PauseUntil(time.GetUtcNow() + wait);
                    LogTryLater(message.Id, message.Channel, wait.TotalSeconds, later.Reason);
                    await Task.Delay(wait, time, draining);
                    break;
                // Repeating an edit changes nothing that is seen; repeating a message does, so that happens once.
                case SendResult.InDoubt doubt when copies >= 2 && replaced is null:
                    LogInDoubt(message.Id, message.Channel, doubt.Reason);
                    return new SendRecord(message, OutboxState.InDoubt, null, doubt.Reason);
                case SendResult.InDoubt doubt:
                    copies++;
                    LogTryLater(message.Id, message.Channel, 1, doubt.Reason);
                    await rows.CountAttemptAsync(message.Id, copies);
                    await Task.Delay(Backoff(TimeSpan.FromSeconds(1), tries), time, draining);
                    break;
            }
        }
    }

    private async Task<string?> MessageIdOfAsync(long outboxId) =>
        _unrecorded.TryGetValue(outboxId, out var messageId) ? messageId : await rows.MessageIdOfAsync(outboxId);

    private async Task RecordAsync()
    {
        var batch = new List<SendRecord>();
        while (await _records.Reader.WaitToReadAsync())
        {
            while (batch.Count < 256 && _records.Reader.TryRead(out var record)) batch.Add(record);
            try
            {
                var forgotten = await rows.RecordAsync(batch);
                foreach (var message in forgotten) await _adapters[message.Channel].ForgetAsync(message.Address, CancellationToken.None);
                if (forgotten.Count > 0) await rows.PurgeAsync();
                foreach (var record in batch) _unrecorded.TryRemove(record.Message.Id, out _);
                batch.Clear();
            }
            catch (Exception fault)
            {
                // The database is away: what was sent is kept in memory and written when it is back.
                LogFault(batch[0].Message.Id, Faults.Describe(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), time);
            }
        }
    }

    private static TimeSpan Backoff(TimeSpan asked, int tries)
    {
        var grown = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(tries, 6)) - 1);
        var wait = asked > grown ? asked : grown;
        return asked > LongestWait || wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(LogLevel.Information, "After an unclean stop {Again} messages are sent again and {InDoubt} stay in doubt")]
    private partial void LogRecovered(int again, int inDoubt);

    [LoggerMessage(LogLevel.Warning, "Message {OutboxId} was refused by {Channel}: {Reason}")]
    private partial void LogRefused(long outboxId, string channel, string reason);

    [LoggerMessage(LogLevel.Warning, "Message {OutboxId} may or may not have reached {Channel}: {Reason}")]
    private partial void LogInDoubt(long outboxId, string channel, string reason);

    [LoggerMessage(LogLevel.Information, "Message {OutboxId} to {Channel} is tried again in {Seconds} s: {Reason}")]
    private partial void LogTryLater(long outboxId, string channel, double seconds, string reason);

    [LoggerMessage(LogLevel.Error, "Message {OutboxId} failed: {Fault}")]
    private partial void LogFault(long outboxId, string fault);
}
