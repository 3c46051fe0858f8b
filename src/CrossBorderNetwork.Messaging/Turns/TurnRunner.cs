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
    private const string MarkDone = $"UPDATE inbox SET state = 1, payload = NULL {Mine}";
    private const string Park = $"UPDATE inbox SET state = 2, payload = NULL, reason = @3 {Mine}";
    private const string InOrder = " AND NOT EXISTS (SELECT 1 FROM inbox earlier WHERE earlier.state = 0 AND earlier.lane = inbox.lane AND earlier.id < @1)";
    private const string CountAttempt = "UPDATE inbox SET attempts = @2 WHERE id = @1";

    /// <summary>Why an update that came too fast was parked.</summary>
    internal const string Flood = "Flood";

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

    /// <summary>
    /// The first attempt, in the transaction that accepts the update, so that one commit makes both durable. What fails is taken
    /// back, and the update stays accepted.
    /// </summary>
    /// <returns>What is left for the lanes; null when the turn is done.</returns>
    internal async Task<PendingTurn?> RunWithinAsync(UnitOfWork work, PendingTurn turn, CancellationToken ct)
    {
        // On a shared database what only accepts runs beside the one unit of work that decides.
        if (database.IsShared) return turn;
        using var measured = Telemetry.Turn(turn.Activity.Channel, turn.InboxId);
        var isInOrder = true;
        var fault = await work.TryPartAsync(async () => isInOrder = await TurnWithinAsync(work, turn, WayOf(turn), seesToOrder: true, ct), ct);
        measured.Ended(fault is not null || !isInOrder ? "later" : Done(turn), fault?.GetType().Name);
        if (fault is null) return isInOrder ? null : turn;
        LogFault(turn.InboxId, turn.Attempts, Faults.Describe(fault));
        if (Database.IsAway(fault)) return turn;
        work.Execute(CountAttempt, turn.InboxId, turn.Attempts + 1);
        return turn with { Attempts = turn.Attempts + 1 };
    }

    public void Dispose() => _recovering.Dispose();

    private Way WayOf(PendingTurn turn) => turn.IsFlood ? new Way(Flood, Saying(bot.OnFlood)) : new Way(null, bot.OnTurn);

    private static string Done(PendingTurn turn) => turn.IsFlood ? "flood" : "done";

    private async Task<bool> HandleAsync(PendingTurn turn, CancellationToken ct)
    {
        using var measured = Telemetry.Turn(turn.Activity.Channel, turn.InboxId);
        for (var attempt = turn.Attempts; ; attempt++)
        {
            try
            {
                var isInOrder = await TurnAsync(turn, WayOf(turn), ct);
                measured.Ended(isInOrder ? Done(turn) : "later");
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

    /// <returns>False where something earlier has to be handled first.</returns>
    private async Task<bool> TurnAsync(PendingTurn turn, Way way, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        // A server alone has its lanes; several see to the order in the database.
        if (!await TurnWithinAsync(work, turn, way, seesToOrder: database.IsShared, ct)) return work.Scalar($"SELECT id FROM inbox {Mine}", turn.InboxId, node.Id) is null;
        await work.CommitAsync(ct);
        return true;
    }

    /// <returns>False where it is not to be handled, or not yet: nothing was done.</returns>
    private async Task<bool> TurnWithinAsync(UnitOfWork work, PendingTurn turn, Way way, bool seesToOrder, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // An update that was handled before (a crash between commit and memory), or that another server has taken over, leaves no second trace.
        var marked = way.Reason is null
            ? work.Execute(seesToOrder ? MarkDone + InOrder : MarkDone, turn.InboxId, node.Id)
            : work.Execute(seesToOrder ? Park + InOrder : Park, turn.InboxId, node.Id, way.Reason);
        if (marked == 0) return false;
        var conversation = ConversationRows.Load(work, turn.Activity, now);
        var context = new TurnContext(turn.Activity, conversation, _adapters[turn.Activity.Channel].Features, work, outbox, now);
        await way.Handle(context, ct);
        await work.SaveAsync(ct);
        context.WriteReplies();
        ConversationRows.Save(work, conversation);
        return true;
    }

    private async Task ParkAsync(PendingTurn turn, Exception fault, CancellationToken ct)
    {
        try
        {
            await TurnAsync(turn, new Way(fault.GetType().Name, Saying(bot.OnFault)), ct);
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

    /// <param name="Reason">Why the update is parked; null where it is handled.</param>
    /// <param name="Handle">Decides.</param>
    private readonly record struct Way(string? Reason, Func<TurnContext, CancellationToken, Task> Handle);

    [LoggerMessage(LogLevel.Error, "Update {InboxId} failed at attempt {Attempt}: {Fault}")]
    private partial void LogFault(long inboxId, int attempt, string fault);
}
