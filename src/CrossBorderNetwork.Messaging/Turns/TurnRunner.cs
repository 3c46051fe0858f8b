using CrossBorderNetwork.Data;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Runs one turn in one transaction: inbox mark, dialog state, entities and outbox rows become durable together. A turn that
/// fails three times is parked, the person is told, and the conversation goes on.
/// </summary>
public sealed partial class TurnRunner(Database database, Outbox outbox, Bot bot, IEnumerable<ChannelAdapter> adapters, TimeProvider time, ILogger<TurnRunner> log) : IDisposable
{
    private const string MarkDone = "UPDATE inbox SET state = 1, payload = NULL WHERE id = @1 AND state = 0";
    private const string Park = "UPDATE inbox SET state = 2, payload = NULL, reason = @2 WHERE id = @1 AND state = 0";
    private const string CountAttempt = "UPDATE inbox SET attempts = @2 WHERE id = @1";

    /// <summary>Why an update that came too fast was parked.</summary>
    internal const string Flood = "Flood";

    private readonly SemaphoreSlim _recovering = new(1, 1);
    private readonly Dictionary<string, ChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Channel);

    public async Task RunAsync(PendingTurn turn, CancellationToken ct)
    {
        if (!turn.IsRecovered)
        {
            await HandleAsync(turn, ct);
            return;
        }
        // Of what may have killed the process one is handled at a time, counted before: so the innocent are not counted with it.
        await _recovering.WaitAsync(ct);
        try
        {
            var counted = turn with { Attempts = turn.Attempts + 1 };
            while (!await TryCountAsync(turn, counted.Attempts, ct)) ct.ThrowIfCancellationRequested();
            await HandleAsync(counted, ct);
        }
        finally
        {
            _recovering.Release();
        }
    }

    public void Dispose() => _recovering.Dispose();

    private async Task HandleAsync(PendingTurn turn, CancellationToken ct)
    {
        using var measured = Telemetry.Turn(turn.Activity.Channel, turn.InboxId);
        for (var attempt = turn.Attempts; ; attempt++)
        {
            try
            {
                if (turn.IsFlood) await TurnAsync(turn, Park, Flood, Saying(bot.OnFlood), ct);
                else await TurnAsync(turn, MarkDone, null, bot.OnTurn, ct);
                measured.Ended(turn.IsFlood ? "flood" : "done");
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception fault)
            {
                LogFault(turn.InboxId, attempt, Faults.Describe(fault));
                // That the database is away is not the update's fault: it waits, however long that lasts.
                var isAway = Database.IsAway(fault);
                if (isAway) await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
                else if (attempt >= TurnLanes.MaxAttempts)
                {
                    await ParkAsync(turn, fault, ct);
                    measured.Ended("parked", fault.GetType().Name);
                    return;
                }
                if (isAway || !await TryCountAsync(turn, attempt + 1, ct)) attempt--;
            }
        }
    }

    private async Task TurnAsync(PendingTurn turn, string mark, string? reason, Func<TurnContext, CancellationToken, Task> handle, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        var now = time.GetUtcNow();
        // An update that was handled before (a crash between commit and memory) leaves no second trace.
        var marked = reason is null ? work.Execute(mark, turn.InboxId) : work.Execute(mark, turn.InboxId, reason);
        if (marked == 0) return;
        var conversation = ConversationRows.Load(work, turn.Activity, now);
        var context = new TurnContext(turn.Activity, conversation, _adapters[turn.Activity.Channel].Features, work, outbox, now);
        await handle(context, ct);
        await work.SaveAsync(ct);
        context.WriteReplies();
        ConversationRows.Save(work, conversation);
        await work.CommitAsync(ct);
    }

    private async Task ParkAsync(PendingTurn turn, Exception fault, CancellationToken ct)
    {
        try
        {
            await TurnAsync(turn, Park, fault.GetType().Name, Saying(bot.OnFault), ct);
        }
        catch (Exception second) when (second is not OperationCanceledException)
        {
            // The row stays pending with its attempts counted: the next start parks it.
            LogFault(turn.InboxId, TurnLanes.MaxAttempts, Faults.Describe(second));
        }
    }

    private static Func<TurnContext, CancellationToken, Task> Saying(Action<TurnContext> say) => (context, _) =>
    {
        say(context);
        return Task.CompletedTask;
    };

    /// <summary>False when even counting fails: then the database is the fault, not the update, and it is tried again.</summary>
    private async Task<bool> TryCountAsync(PendingTurn turn, int attempts, CancellationToken ct)
    {
        try
        {
            await using var work = await database.BeginAsync(ct);
            work.Execute(CountAttempt, turn.InboxId, attempts);
            await work.CommitAsync(ct);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(turn.InboxId, attempts, Faults.Describe(fault));
            await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Update {InboxId} failed at attempt {Attempt}: {Fault}")]
    private partial void LogFault(long inboxId, int attempt, string fault);
}
