using CrossBorderNetwork.Data;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Runs one turn in one transaction: inbox mark, dialog state, entities and outbox rows become durable together. A turn that
/// fails three times is parked, the person is told, and the conversation goes on.
/// </summary>
public sealed partial class TurnRunner(Database database, Node node, Outbox outbox, Bot bot, IEnumerable<ChannelAdapter> adapters, TimeProvider time, ILogger<TurnRunner> log) : IDisposable
{
    private const string Mine = "WHERE id = @1 AND state = 0 AND owner = @2";
    private const string InOrder = " AND NOT EXISTS (SELECT 1 FROM inbox earlier WHERE earlier.state = 0 AND earlier.lane = inbox.lane AND earlier.id < @1)";
    private const string CountAttempt = "UPDATE inbox SET attempts = @2 WHERE id = @1";

    /// <summary>Why an update that came too fast was parked.</summary>
    internal const string Flood = "Flood";

    // A server alone has its lanes; several see to the order in the database.
    private readonly string _markDone = $"UPDATE inbox SET state = 1, payload = NULL {Mine}{(database.IsShared ? InOrder : "")}";
    private readonly string _park = $"UPDATE inbox SET state = 2, payload = NULL, reason = @3 {Mine}{(database.IsShared ? InOrder : "")}";
    private readonly SemaphoreSlim _recovering = new(1, 1);
    private readonly Dictionary<string, ChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Channel);

    /// <returns>False where something earlier of the same person is still with another server: then it was not handled.</returns>
    public async Task<bool> RunAsync(PendingTurn turn, CancellationToken ct)
    {
        if (!turn.IsRecovered) return await HandleAsync(turn, ct);
        // Of what may have killed the process one is handled at a time, counted before: so the innocent are not counted with it.
        await _recovering.WaitAsync(ct);
        try
        {
            var counted = turn with { Attempts = turn.Attempts + 1 };
            while (!await TryCountAsync(turn, counted.Attempts, ct)) ct.ThrowIfCancellationRequested();
            if (await HandleAsync(counted, ct)) return true;
            await TryCountAsync(turn, turn.Attempts, ct);
            return false;
        }
        finally
        {
            _recovering.Release();
        }
    }

    public void Dispose() => _recovering.Dispose();

    private async Task<bool> HandleAsync(PendingTurn turn, CancellationToken ct)
    {
        using var measured = Telemetry.Turn(turn.Activity.Channel, turn.InboxId);
        for (var attempt = turn.Attempts; ; attempt++)
        {
            try
            {
                var isInOrder = turn.IsFlood ? await TurnAsync(turn, Flood, Saying(bot.OnFlood), ct) : await TurnAsync(turn, null, bot.OnTurn, ct);
                measured.Ended(!isInOrder ? "later" : turn.IsFlood ? "flood" : "done");
                return isInOrder;
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
                    return true;
                }
                if (isAway || !await TryCountAsync(turn, attempt + 1, ct)) attempt--;
            }
        }
    }

    /// <param name="turn">What is handled.</param>
    /// <param name="reason">Why it is parked; null where it is not.</param>
    /// <param name="handle">Decides.</param>
    /// <param name="ct">Takes it back.</param>
    /// <returns>False where something earlier has to be handled first.</returns>
    private async Task<bool> TurnAsync(PendingTurn turn, string? reason, Func<TurnContext, CancellationToken, Task> handle, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        var now = time.GetUtcNow();
        // An update that was handled before (a crash between commit and memory), or that another server has taken over, leaves no second trace.
        var marked = reason is null ? work.Execute(_markDone, turn.InboxId, node.Id) : work.Execute(_park, turn.InboxId, node.Id, reason);
        if (marked == 0) return work.Scalar($"SELECT id FROM inbox {Mine}", turn.InboxId, node.Id) is null;
        var conversation = ConversationRows.Load(work, turn.Activity, now);
        var context = new TurnContext(turn.Activity, conversation, _adapters[turn.Activity.Channel].Features, work, outbox, now);
        await handle(context, ct);
        await work.SaveAsync(ct);
        context.WriteReplies();
        ConversationRows.Save(work, conversation);
        await work.CommitAsync(ct);
        return true;
    }

    private async Task ParkAsync(PendingTurn turn, Exception fault, CancellationToken ct)
    {
        try
        {
            await TurnAsync(turn, fault.GetType().Name, Saying(bot.OnFault), ct);
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
            await using var work = await database.BeginMovingAsync(ct);
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
