using System.Collections.Concurrent;
using System.Threading.Channels;
using CrossBorderNetwork.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// The one worker that sends. Claim, send, record: a row is marked as being sent before the request leaves, so that after a crash
/// it is known to be in doubt and is sent at most once more. Messages to one person leave one after the other. What did not leave
/// goes back to the outbox, where a cancel still finds it; only replies, which follow each other, wait here.
/// </summary>
public sealed partial class Delivery(
    OutboxRows rows, Node node, DeliverySignal signal, IEnumerable<ChannelAdapter> adapters, ChatPace chats, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<Delivery> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long a channel that does not let us in is left alone: only a person can mend that.</summary>
    private static readonly TimeSpan ShutOutWait = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Wire> _wires = adapters.ToDictionary(adapter => adapter.Channel, adapter => new Wire(adapter, options.Value, chats));
    private readonly ConcurrentDictionary<long, Task> _tails = [];
    private readonly Channel<SendRecord> _records = Channel.CreateUnbounded<SendRecord>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<long, string?> _unrecorded = [];
    private readonly CancellationTokenSource _drained = new();
    private readonly CancellationTokenSource _late = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await rows.PrepareAsync(_wires.Keys, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var late = cancellationToken.Register(_late.Cancel);
        await base.StopAsync(cancellationToken);
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
        while (signal.Work.TryRead(out var claimed))
        {
            if (claimed is null) LookEverywhere();
            else Dispatch(claimed);
        }
        var wait = Sweep;
        foreach (var wire in _wires.Values)
        {
            var next = await ClaimAsync(wire, ct);
            if (next < wait) wait = next;
        }
        using var sweep = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var more = signal.Work.WaitToReadAsync(sweep.Token).AsTask();
        if (await Task.WhenAny(more, Task.Delay(wait, time, sweep.Token)) != more && wait == Sweep) LookEverywhere();
        await sweep.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private void LookEverywhere()
    {
        foreach (var wire in _wires.Values) wire.MayHavePending = true;
    }

    /// <returns>After which time to look again; what is signalled comes sooner.</returns>
    private async Task<TimeSpan> ClaimAsync(Wire wire, CancellationToken ct)
    {
        if (!wire.MayHavePending || wire.Free <= 0) return Sweep;
        var now = time.GetUtcNow();
        if (wire.LooksAt > now && wire.LooksAt < now + Sweep) return wire.LooksAt - now;
        if (wire.Rest(now) is { } rest) return rest - now;
        try
        {
            var claim = await rows.ClaimAsync(wire, ct);
            wire.Looked(claim, now);
            wire.Take(claim.Messages.Count);
            foreach (var message in claim.Messages) Dispatch(message);
            if (!claim.MayHaveMore) return Sweep;
            return wire.LooksAt > now ? wire.LooksAt - now : TimeSpan.Zero;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The database is away: nothing was claimed, nothing leaves, and it is asked again.
            LogAway(wire.Adapter.Channel, Faults.Describe(fault));
            return Sweep;
        }
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
            record = !message.TakesPlace ? await ReplyAsync(message, _drained.Token)
                : _wires[message.Channel].Rest(time.GetUtcNow()) is null ? await AttemptAsync(message)
                : SendRecord.NotSent(message);
        }
        catch (Exception fault)
        {
            LogFault(message.Id, Faults.Describe(fault));
            record = new SendRecord(message, OutboxState.InDoubt, null, fault.GetType().Name);
        }
        measured.Ended(record.State.ToString(), record.State == OutboxState.Delivered ? null : record.State.ToString());
        _unrecorded[message.Id] = record.MessageId;
        _records.Writer.TryWrite(record);
    }

    /// <summary>Replies keep their place in the conversation: they wait here for what the others wait for in the outbox.</summary>
    private async Task<SendRecord> ReplyAsync(ClaimedMessage message, CancellationToken draining)
    {
        var wire = _wires[message.Channel];
        var mayLeaveAt = message.NotBefore;
        for (var tries = 0; ; tries++)
        {
            try
            {
                var slot = wire.ReserveReply(time.GetUtcNow());
                await UntilAsync(slot > mayLeaveAt ? slot : mayLeaveAt, draining);
                while (wire.Rest(time.GetUtcNow()) is { } rest) await UntilAsync(rest, draining);
                draining.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException)
            {
                return SendRecord.NotSent(message);
            }
            var record = await AttemptAsync(message);
            if (record.State != OutboxState.Pending || !node.Holds(message.Owner)) return record;
            var counts = record.Message.Attempts == message.Attempts;
            message = record.Message with { Attempts = counts ? message.Attempts + 1 : message.Attempts };
            if (counts) await RememberAsync(message.Channel, rows.CountAttemptAsync(message.Id, message.Attempts));
            mayLeaveAt = time.GetUtcNow() + Backoff(record.Wait, tries);
        }
    }

    private async Task UntilAsync(DateTimeOffset instant, CancellationToken ct)
    {
        var wait = instant - time.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
    }

    private async Task<SendRecord> AttemptAsync(ClaimedMessage message)
    {
        var wire = _wires[message.Channel];
        if (time.GetUtcNow() > message.NotAfter) return new SendRecord(message, OutboxState.Expired);
        if (message.Message.Deletes is not null && !wire.Adapter.Features.CanDelete)
            return new SendRecord(message, OutboxState.Failed, null, "the channel cannot take a message away");

        string? replaced, deleted;
        try
        {
            replaced = message.Message.ReplacesMessageId ?? (message.Message.Replaces is { } id ? await MessageIdOfAsync(id) : null);
            deleted = message.Message.Deletes is { } gone ? await MessageIdOfAsync(gone) : null;
        }
        catch (Exception fault) when (Database.IsAway(fault))
        {
            LogAway(message.Channel, Faults.Describe(fault));
            return SendRecord.NotSent(message, Sweep);
        }
        var envelope = new Envelope(message.Address, message.Thread, message.Message, replaced)
        {
            DeletesMessageId = deleted, IsPaid = wire.IsPaid && message.Lane != Lane.Reply,
        };
        // The last look before the request leaves: whoever stood still meanwhile must not send what others have taken over.
        if (!node.Holds(message.Owner)) return SendRecord.NotSent(message);
        var result = await wire.Adapter.SendAsync(envelope, CancellationToken.None);
        if (result is not (SendResult.TryLater or SendResult.InDoubt or SendResult.ShutOut) && wire.Answered())
            await RememberAsync(message.Channel, rows.LetInAsync(message.Channel));
        switch (result)
        {
            case SendResult.Delivered delivered:
                return new SendRecord(message, OutboxState.Delivered, delivered.MessageId);
            case SendResult.Refused refused:
                LogRefused(message.Id, message.Channel, refused.Reason);
                return new SendRecord(message, OutboxState.Failed, null, refused.Reason);
            case SendResult.Unreachable lost:
                return new SendRecord(message, OutboxState.Unreachable, null, lost.Reason);
            case SendResult.Moved moved:
                await RememberAsync(message.Channel, rows.MoveAsync(message, moved.Address));
                return SendRecord.NotSent(message with { Address = moved.Address });
            case SendResult.TryLater later:
                LogTryLater(message.Id, message.Channel, later.After.TotalSeconds, later.Reason);
                if (!later.WholeChannel) wire.Failed(time.GetUtcNow());
                else await PauseAsync(wire, later.After, null);
                return SendRecord.NotSent(message, later.WholeChannel ? TimeSpan.Zero : later.After);
            case SendResult.ShutOut shut:
                if (wire.ShutOut()) LogShutOut(message.Channel, shut.Reason);
                await PauseAsync(wire, ShutOutWait, shut.Reason);
                return SendRecord.NotSent(message);
            // Repeating an edit changes nothing that is seen; repeating a message does, so that happens once.
            case SendResult.InDoubt doubt when message.Attempts >= 2 && replaced is null && deleted is null:
                LogInDoubt(message.Id, message.Channel, doubt.Reason);
                return new SendRecord(message, OutboxState.InDoubt, null, doubt.Reason);
            case SendResult.InDoubt doubt:
                LogTryLater(message.Id, message.Channel, 1, doubt.Reason);
                return SendRecord.Again(message, Backoff(TimeSpan.FromSeconds(1), message.Attempts - 1));
            default:
                throw new InvalidOperationException($"A send ended as {result.GetType().Name}, which delivery does not know.");
        }
    }

    private Task PauseAsync(Wire wire, TimeSpan wait, string? shutOut)
    {
        var now = time.GetUtcNow();
        wire.RestUntil(now + wait, now);
        return RememberAsync(wire.Adapter.Channel, rows.PauseAsync(wire.Adapter.Channel, wait, shutOut));
    }

    /// <summary>What the channel taught us beside the fate of the message: while the database is away this process alone knows it.</summary>
    private async Task RememberAsync(string channel, Task written)
    {
        try
        {
            await written;
        }
        catch (Exception fault)
        {
            LogAway(channel, Faults.Describe(fault));
        }
    }

    private async Task<string?> MessageIdOfAsync(long outboxId) =>
        _unrecorded.TryGetValue(outboxId, out var messageId) ? messageId : await rows.MessageIdOfAsync(outboxId);

    private async Task RecordAsync()
    {
        var batch = new List<SendRecord>();
        // What could not be written is written before anything else happens: with all places taken nothing else would.
        while (batch.Count > 0 || await _records.Reader.WaitToReadAsync())
        {
            while (batch.Count < 256 && _records.Reader.TryRead(out var record)) batch.Add(record);
            try
            {
                var forgotten = await rows.RecordAsync(batch);
                foreach (var message in forgotten) await _wires[message.Channel].Adapter.ForgetAsync(message.Address, CancellationToken.None);
                if (forgotten.Count > 0 && !await rows.PurgeAsync()) LogNotPurged();
                Recorded(batch);
                batch.Clear();
            }
            catch (Exception fault)
            {
                // The database is away: what was sent is kept in memory and written when it is back.
                LogFault(batch[0].Message.Id, Faults.Describe(fault));
                // Where a stop runs out of time the next start finds it in doubt.
                if (_late.IsCancellationRequested) return;
                await Task.Delay(TimeSpan.FromSeconds(1), time, _late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A place is free again only when what became of the message is on disk: a crash before would send it once more.</summary>
    private void Recorded(List<SendRecord> batch)
    {
        foreach (var record in batch)
        {
            _unrecorded.TryRemove(record.Message.Id, out _);
            if (record.Message.TakesPlace) _wires[record.Message.Channel].GiveBack();
        }
        if (batch.Exists(record => record.Message.TakesPlace)) signal.Wake();
    }

    private static TimeSpan Backoff(TimeSpan asked, int tries)
    {
        var grown = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(tries, 6)) - 1);
        var wait = asked > grown ? asked : grown;
        return asked > LongestWait || wait < LongestWait ? wait : LongestWait;
    }

    [LoggerMessage(LogLevel.Warning, "Message {OutboxId} was refused by {Channel}: {Reason}")]
    private partial void LogRefused(long outboxId, string channel, string reason);

    [LoggerMessage(LogLevel.Warning, "Message {OutboxId} may or may not have reached {Channel}: {Reason}")]
    private partial void LogInDoubt(long outboxId, string channel, string reason);

    [LoggerMessage(LogLevel.Information, "Message {OutboxId} to {Channel} is tried again in {Seconds} s: {Reason}")]
    private partial void LogTryLater(long outboxId, string channel, double seconds, string reason);

    [LoggerMessage(LogLevel.Critical, "Nothing more can be sent to {Channel} until this is mended: {Reason}")]
    private partial void LogShutOut(string channel, string reason);

    [LoggerMessage(LogLevel.Error, "Nothing can be sent to {Channel} while the database is away: {Fault}")]
    private partial void LogAway(string channel, string fault);

    [LoggerMessage(LogLevel.Warning, "Words of somebody who was erased still stand in the database's write-ahead log, for somebody keeps reading; they go tonight or at the next start")]
    private partial void LogNotPurged();

    [LoggerMessage(LogLevel.Error, "Message {OutboxId} failed: {Fault}")]
    private partial void LogFault(long outboxId, string fault);
}
