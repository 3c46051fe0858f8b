using CrossBorderNetwork.Data;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Messaging;

/// <summary>One update as it came from the channel.</summary>
/// <param name="ExternalId">The channel's own id of the update.</param>
/// <param name="Payload">The raw text that <see cref="ChannelAdapter.Parse"/> reads.</param>
public sealed record Update(string ExternalId, string Payload);

/// <summary>
/// Where every update is made durable before the channel is told that it arrived. A second copy of an update changes nothing; one
/// that cannot be read is parked and the queue moves on.
/// </summary>
public sealed partial class Inbox(
    Database database, TurnLanes lanes, TurnRunner runner, LastTurn lastTurn, FloodGate gate, Node node, TimeProvider time, ILogger<Inbox> log)
{
    private const string Insert =
        """
        INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at, reason, lane, owner)
        VALUES (@1, @2, @3, @4, @9, @5, @6, @7, @8)
        ON CONFLICT (channel, external_id) DO NOTHING
        RETURNING id
        """;

    private const string Park = "UPDATE inbox SET state = 2, payload = NULL, reason = @2 WHERE id = @1";

    /// <summary>
    /// Stores the updates in one durable commit. One that comes alone is handled in the same commit; others are handed to their lanes.
    /// </summary>
    /// <returns>False when too much waits already: nothing was stored, the channel must offer the updates again.</returns>
    public Task<bool> AcceptAsync(ChannelAdapter adapter, IReadOnlyList<Update> updates, CancellationToken ct) =>
        AcceptAsync(adapter, updates, null, ct);

    /// <summary>
    /// The same for a channel that keeps the conversation itself: what <paramref name="alongside"/> writes is in the same commit.
    /// </summary>
    /// <returns>False when too much waits already: nothing was stored, the channel must offer the updates again.</returns>
    public async Task<bool> AcceptAsync(ChannelAdapter adapter, IReadOnlyList<Update> updates, Action<UnitOfWork>? alongside, CancellationToken ct)
    {
        if (lanes.IsFull) return false;
        var parsed = new (Activity? Activity, string? Fault)[updates.Count];
        for (var i = 0; i < updates.Count; i++) parsed[i] = TryParse(adapter, updates[i]);

        await using var work = await database.BeginMovingAsync(ct);
        alongside?.Invoke(work);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var turns = new List<PendingTurn>(updates.Count);
        var last = "";
        for (var i = 0; i < updates.Count; i++)
        {
            var (activity, fault) = parsed[i];
            var state = fault is not null ? InboxState.Parked : activity is null ? InboxState.Done : InboxState.Pending;
            var payload = state == InboxState.Pending ? updates[i].Payload : null;
            var attempts = lastTurn.WasBegun(adapter.Channel, updates[i].ExternalId) ? 2 : 1;
            var id = work.Scalar(Insert, adapter.Channel, updates[i].ExternalId, payload, (int)state, now, fault,
                activity is null ? 0 : TurnLanes.LaneOf(activity.SenderId), node.Id, attempts);
            if (id is null) continue;
            if (fault is not null) LogParked(adapter.Channel, updates[i].ExternalId, fault);
            if (state != InboxState.Pending) continue;
            var verdict = gate.Judge(activity!);
            if (verdict == FloodGate.Verdict.Park)
            {
                work.Execute(Park, id, TurnRunner.Flood);
                continue;
            }
            turns.Add(new PendingTurn((long)id, activity!, attempts) { IsFlood = verdict == FloodGate.Verdict.Notice });
            last = updates[i].ExternalId;
        }
        if (turns is [{ Attempts: 1 } only] && lastTurn.TryBegin(adapter.Channel, last))
            turns = await runner.RunWithinAsync(work, only, ct) is { } again ? [again] : [];
        work.AfterCommit(() => lanes.Add(turns));
        await work.CommitAsync(ct);
        return true;
    }

    /// <summary>Hands to the lanes what nodes that are gone left unhandled. What has killed one before is parked.</summary>
    /// <param name="work">The transaction in which they are found to be gone.</param>
    /// <param name="owner">Who takes over.</param>
    /// <param name="living">A SELECT of the nodes that are not gone.</param>
    /// <param name="adapters">By their channels.</param>
    internal int TakeOver(UnitOfWork work, long owner, string living, IReadOnlyDictionary<string, ChannelAdapter> adapters)
    {
        work.Execute(
            $"UPDATE inbox SET state = 2, payload = NULL, reason = 'ProcessDied' WHERE state = 0 AND attempts >= @1 AND owner NOT IN ({living})", TurnLanes.MaxAttempts);
        var turns = new List<PendingTurn>();
        var parked = new List<(long Id, string Channel, string ExternalId, string Reason)>();
        using (var rows = work.Query($"UPDATE inbox SET owner = @1 WHERE state = 0 AND owner NOT IN ({living}) RETURNING id, channel, payload, attempts, external_id", owner))
        {
            while (rows.Read())
            {
                if (!adapters.TryGetValue(rows.GetString(1), out var adapter)) continue;
                // An earlier version may have stored what this one cannot read, or reads as nothing.
                var (activity, fault) = TryParse(adapter, new Update(rows.GetString(4), rows.GetString(2)));
                if (activity is not null) turns.Add(new PendingTurn(rows.GetInt64(0), activity, rows.GetInt32(3)) { IsRecovered = true });
                else parked.Add((rows.GetInt64(0), adapter.Channel, rows.GetString(4), fault ?? "NothingToHandle"));
            }
        }
        turns.Sort((one, other) => one.InboxId.CompareTo(other.InboxId));
        foreach (var (id, channel, externalId, reason) in parked)
        {
            work.Execute(Park, id, reason);
            LogParked(channel, externalId, reason);
        }
        work.AfterCommit(() => lanes.Add(turns));
        return turns.Count;
    }

    /// <summary>Forgets updates older than twice the day for which a channel may offer them again.</summary>
    public async Task ForgetOldAsync(CancellationToken ct)
    {
        await using var work = await database.BeginMovingAsync(ct);
        work.Execute("DELETE FROM inbox WHERE state <> 0 AND received_at < @1", (time.GetUtcNow() - TimeSpan.FromHours(48)).ToUnixTimeMilliseconds());
        await work.CommitAsync(ct);
    }

    private static (Activity?, string?) TryParse(ChannelAdapter adapter, Update update)
    {
        try
        {
            return (adapter.Parse(update.Payload), null);
        }
        catch (Exception fault)
        {
            return (null, fault.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "An update of {Channel} ({UpdateId}) could not be read and was parked: {Fault}")]
    private partial void LogParked(string channel, string updateId, string fault);
}
