using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Messaging;

/// <summary>Delivery's rows: claiming, recording and what a crash left, in prepared statements.</summary>
public sealed class OutboxRows(Database database, Node node, TimeProvider time)
{
    // CROSS JOIN is an ordinary join that keeps SQLite from beginning with the conversations.
    private readonly string _claimable =
        """
        SELECT o.id, o.conversation_id, c.address, o.thread, o.lane, o.payload, o.attempts, o.not_after, c.reachable, c.forgotten, c.ready_at
        FROM outbox o CROSS JOIN conversation c
        WHERE c.id = o.conversation_id AND o.channel = @1 AND o.state = 0 AND o.due_at <= @2 AND (c.ready_at <= @2 OR c.ready_at > @3)
            AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.conversation_id = o.conversation_id AND w.state = 1)
        ORDER BY o.lane, o.due_at, o.id LIMIT @4
        """ + database.Taking("o, c");

    private const string Finish =
        "UPDATE outbox SET state = @2, message_id = @3, reason = @4, ended_at = @5, payload = NULL WHERE id = @1 AND state = 1 AND owner = @6";

    private const string NotClaimed = "UPDATE outbox SET state = @2, reason = @3, ended_at = @4, payload = NULL WHERE id = @1 AND state = 0";

    private const string Rest = "UPDATE conversation SET ready_at = @2 WHERE id = @1 AND ready_at < @2";

    /// <summary>What nodes that are gone had on the wire: sent once more, or in doubt when that happened before.</summary>
    /// <param name="work">The transaction in which they are found to be gone.</param>
    /// <param name="living">A SELECT of the nodes that are not gone.</param>
    internal (int Again, int InDoubt) TakeOver(UnitOfWork work, string living)
    {
        var inDoubt = work.Execute(
            $"UPDATE outbox SET state = 6, payload = NULL, ended_at = @1, reason = 'process died' WHERE state = 1 AND attempts >= 2 AND owner NOT IN ({living})",
            time.GetUtcNow().ToUnixTimeMilliseconds());
        return (work.Execute($"UPDATE outbox SET state = 0 WHERE state = 1 AND owner NOT IN ({living})"), inDoubt);
    }

    /// <summary>At a start: a row of the pace for each channel.</summary>
    internal async Task PrepareAsync(IEnumerable<string> channels, CancellationToken ct)
    {
        await using var work = await database.BeginMovingAsync(ct);
        foreach (var channel in channels) ChannelPaceRows.Prepare(work, channel);
        await work.CommitAsync(ct);
    }

    /// <summary>Deletes what ended before an instant, in portions between which others can write.</summary>
    public async Task ForgetOldAsync(DateTimeOffset before, CancellationToken ct)
    {
        const int Portion = 1000;
        int deleted;
        do
        {
            await using var work = await database.BeginMovingAsync(ct);
            deleted = work.Execute("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state >= 2 AND ended_at < @1 LIMIT @2)",
                before.ToUnixTimeMilliseconds(), Portion);
            await work.CommitAsync(ct);
        }
        while (deleted == Portion);
    }

    /// <summary>
    /// Marks what may leave now as being sent: at most as many as there are places and slots of the pace. What is claimed leaves at
    /// once, so that only what is on the wire can come to be in doubt.
    /// </summary>
    internal async Task<Claim> ClaimAsync(Wire wire, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var channel = wire.Adapter.Channel;
        await using var work = await database.BeginMovingAsync(ct);
        var readyAt = DateTimeOffset.UnixEpoch;
        var limit = wire.Free;
        // Claims of one channel follow one another across nodes: so its messages leave in order, and no slot is given twice.
        if (wire.Rate is null && database.IsShared) ChannelPaceRows.Read(work, channel, now);
        if (wire.Rate is { } rate)
        {
            (readyAt, var pausedUntil) = ChannelPaceRows.Read(work, channel, now);
            if (pausedUntil is { } paused) wire.RestUntil(paused, now);
            var replies = wire.TakeReplies();
            if (replies > 0) readyAt = rate.After(readyAt, now, replies);
            limit = pausedUntil is null ? Math.Min(limit, rate.Available(readyAt, now)) : 0;
            if (limit == 0)
            {
                if (replies == 0) return new Claim([], MayHaveMore: true, pausedUntil ?? readyAt);
                ChannelPaceRows.Reserve(work, channel, readyAt);
                await work.CommitAsync(ct);
                return new Claim([], MayHaveMore: true, pausedUntil ?? readyAt);
            }
        }
        var (claimed, found) = TakeRows(work, wire, limit, now);
        if (wire.Rate is { } used && claimed.Count > 0)
        {
            readyAt = used.After(readyAt, now, claimed.Count);
            ChannelPaceRows.Reserve(work, channel, readyAt);
        }
        await work.CommitAsync(ct);
        return new Claim(claimed, found == limit, wire.Rate is null ? null : readyAt);
    }

    /// <returns>What leaves, and how many rows were looked at for it.</returns>
    private (List<ClaimedMessage> Claimed, int Found) TakeRows(UnitOfWork work, Wire wire, int limit, DateTimeOffset now)
    {
        var rows = new List<(ClaimedMessage Message, bool Reachable, DateTimeOffset ReadyAt)>();
        using (var row = work.Query(_claimable, wire.Adapter.Channel, now.ToUnixTimeMilliseconds(), (now + Rate.Farthest).ToUnixTimeMilliseconds(), limit))
        {
            while (row.Read())
            {
                var message = new ClaimedMessage(row.GetInt64(0), row.GetInt64(1), wire.Adapter.Channel, row.GetString(2),
                    row.IsDBNull(3) ? null : row.GetString(3), (Lane)row.GetInt32(4), Message.FromJson(row.GetString(5)),
                    row.GetInt32(6) + 1, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)))
                {
                    IsLastWord = row.GetBoolean(9), TakesPlace = true, Owner = node.Id,
                };
                rows.Add((message, row.GetBoolean(8), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10))));
            }
        }
        var claimed = new List<ClaimedMessage>(rows.Count);
        var conversations = new HashSet<long>();
        foreach (var (message, reachable, readyAt) in rows)
        {
            if (!reachable || now > message.NotAfter)
            {
                var (state, reason) = reachable ? (OutboxState.Expired, null) : (OutboxState.Unreachable, "unreachable");
                work.Execute(NotClaimed, message.Id, (int)state, reason, now.ToUnixTimeMilliseconds());
                continue;
            }
            // One after the other: what follows must not overtake what may have to come back.
            if (!conversations.Add(message.ConversationId)) continue;
            if (wire.ChatRate(message) is { } rate)
                work.Execute("UPDATE conversation SET ready_at = @2 WHERE id = @1", message.ConversationId, rate.After(readyAt, now).ToUnixTimeMilliseconds());
            work.Execute("UPDATE outbox SET state = 1, attempts = @2, owner = @3 WHERE id = @1", message.Id, message.Attempts, message.Owner);
            claimed.Add(message);
        }
        return (claimed, rows.Count);
    }

    /// <returns>The last words to people who asked to be forgotten: their conversations are deleted.</returns>
    internal async Task<IReadOnlyList<ClaimedMessage>> RecordAsync(IReadOnlyList<SendRecord> records)
    {
        var now = time.GetUtcNow();
        var forgotten = new List<ClaimedMessage>();
        // To mark somebody unreachable, or to end a conversation, decides about it.
        var decides = records.Any(record => record.State == OutboxState.Unreachable || record.Message.IsLastWord);
        await using var work = decides ? await database.BeginAsync(CancellationToken.None) : await database.BeginMovingAsync(CancellationToken.None);
        foreach (var record in records)
        {
            var message = record.Message;
            if (record.State == OutboxState.Pending)
            {
                work.Execute("UPDATE outbox SET state = 0, attempts = @2 WHERE id = @1 AND state = 1 AND owner = @3", message.Id, message.Attempts, message.Owner);
                if (record.Wait > TimeSpan.Zero) work.Execute(Rest, message.ConversationId, (now + record.Wait).ToUnixTimeMilliseconds());
                continue;
            }
            work.Execute(Finish, message.Id, (int)record.State, record.MessageId, record.Reason, now.ToUnixTimeMilliseconds(), message.Owner);
        }
        foreach (var record in records.Where(record => record.State == OutboxState.Unreachable))
            work.Execute("UPDATE conversation SET reachable = FALSE WHERE id = @1", record.Message.ConversationId);
        foreach (var record in records.Where(record => record.Message.IsLastWord))
        {
            var gone = work.Execute(
                "DELETE FROM conversation WHERE id = @1 AND forgotten AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation_id = @1 AND state < 2)",
                record.Message.ConversationId);
            if (gone == 0) continue;
            work.Execute("DELETE FROM outbox WHERE conversation_id = @1", record.Message.ConversationId);
            forgotten.Add(record.Message);
        }
        await work.CommitAsync(CancellationToken.None);
        return forgotten;
    }

    internal async Task<string?> MessageIdOfAsync(long outboxId)
    {
        await using var db = database.Read();
        return await db.Outbox.Where(e => e.Id == outboxId).Select(e => e.MessageId).FirstOrDefaultAsync();
    }

    /// <summary>Rewrites an address. Where the new one is a conversation already, what waits goes there.</summary>
    internal async Task MoveAsync(ClaimedMessage message, string address)
    {
        await using var work = await database.BeginAsync(CancellationToken.None);
        var known = work.Scalar("SELECT id FROM conversation WHERE channel = @1 AND address = @2", message.Channel, address);
        if (known is null) work.Execute("UPDATE conversation SET address = @2 WHERE id = @1", message.ConversationId, address);
        else work.Execute("UPDATE outbox SET conversation_id = @2 WHERE conversation_id = @1 AND state < 2", message.ConversationId, known);
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>The channel asked that nothing is sent for a while; a restart and other nodes obey too.</summary>
    internal async Task PauseAsync(string channel, TimeSpan wait, string? shutOut)
    {
        var now = time.GetUtcNow();
        await using var work = await database.BeginMovingAsync(CancellationToken.None);
        ChannelPaceRows.Pause(work, channel, now, now + wait, shutOut);
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>A channel that let nothing out takes messages again.</summary>
    internal async Task LetInAsync(string channel)
    {
        await using var work = await database.BeginMovingAsync(CancellationToken.None);
        ChannelPaceRows.LetIn(work, channel);
        await work.CommitAsync(CancellationToken.None);
    }

    internal async Task CountAttemptAsync(long outboxId, int attempts)
    {
        await using var work = await database.BeginMovingAsync(CancellationToken.None);
        work.Execute("UPDATE outbox SET attempts = @2 WHERE id = @1 AND owner = @3", outboxId, attempts, node.Id);
        await work.CommitAsync(CancellationToken.None);
    }

    internal Task<bool> PurgeAsync() => database.PurgeDeletedAsync(CancellationToken.None);
}
