using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Messaging;

/// <summary>How the sending of one claimed message ended. <c>Pending</c>: it did not leave and goes back.</summary>
internal sealed record SendRecord(ClaimedMessage Message, OutboxState State, string? MessageId, string? Reason);

/// <summary>Delivery's rows: claiming, recording and what a crash left, in prepared statements.</summary>
public sealed class OutboxRows(Database database, TimeProvider time)
{
    private const string Claimable =
        """
        SELECT o.id, o.conversation_id, c.channel, c.address, o.thread, o.lane, o.payload, o.attempts, o.not_after, c.reachable, c.forgotten
        FROM outbox o JOIN conversation c ON c.id = o.conversation_id
        WHERE o.state = 0 AND o.due_at <= @1 ORDER BY o.lane, o.id LIMIT @2
        """;

    private const string Finish =
        "UPDATE outbox SET state = @2, message_id = @3, reason = @4, ended_at = @5, payload = NULL WHERE id = @1 AND state = 1";

    /// <summary>Whether a look for pending rows is worth its while.</summary>
    internal bool MayHavePending { get; set; } = true;

    /// <summary>Rows on the wire when the process died: sent once more, or in doubt when that happened before.</summary>
    internal async Task<(int Again, int InDoubt)> RecoverAsync(CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        var inDoubt = work.Execute("UPDATE outbox SET state = 6, payload = NULL, ended_at = @1, reason = 'process died' WHERE state = 1 AND attempts >= 2",
            time.GetUtcNow().ToUnixTimeMilliseconds());
        var again = work.Execute("UPDATE outbox SET state = 0 WHERE state = 1");
        await work.CommitAsync(ct);
        return (again, inDoubt);
    }

    /// <summary>Deletes what ended before an instant, in portions between which others can write.</summary>
    public async Task ForgetOldAsync(DateTimeOffset before, CancellationToken ct)
    {
        const int Portion = 1000;
        int deleted;
        do
        {
            await using var work = await database.BeginAsync(ct);
            deleted = work.Execute("DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state >= 2 AND ended_at < @1 LIMIT @2)",
                before.ToUnixTimeMilliseconds(), Portion);
            await work.CommitAsync(ct);
        }
        while (deleted == Portion);
    }

    internal async Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(int limit, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var claimed = new List<ClaimedMessage>();
        var unreachable = new List<long>();
        await using var work = await database.BeginAsync(ct);
        using (var row = work.Query(Claimable, now, limit))
        {
            while (row.Read())
            {
                if (!row.GetBoolean(9)) unreachable.Add(row.GetInt64(0));
                else
                {
                    claimed.Add(new ClaimedMessage(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetString(3),
                        row.IsDBNull(4) ? null : row.GetString(4), (Lane)row.GetInt32(5), Message.FromJson(row.GetString(6)),
                        row.GetInt32(7) + 1, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)))
                    {
                        IsLastWord = row.GetBoolean(10),
                        TakesPlace = true,
                    });
                }
            }
        }
        MayHavePending = claimed.Count + unreachable.Count == limit;
        if (claimed.Count + unreachable.Count == 0) return claimed;
        foreach (var message in claimed) work.Execute("UPDATE outbox SET state = 1, attempts = @2 WHERE id = @1", message.Id, message.Attempts);
        foreach (var id in unreachable)
            work.Execute("UPDATE outbox SET state = 7, reason = 'unreachable', ended_at = @2, payload = NULL WHERE id = @1", id, now);
        await work.CommitAsync(ct);
        return claimed;
    }

    /// <returns>The last words to people who asked to be forgotten: their conversations are deleted.</returns>
    internal async Task<IReadOnlyList<ClaimedMessage>> RecordAsync(IReadOnlyList<SendRecord> records)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var forgotten = new List<ClaimedMessage>();
        await using var work = await database.BeginAsync(CancellationToken.None);
        foreach (var (message, state, messageId, reason) in records)
        {
            if (state == OutboxState.Pending)
            {
                work.Execute("UPDATE outbox SET state = 0, attempts = attempts - 1 WHERE id = @1 AND state = 1", message.Id);
                continue;
            }
            work.Execute(Finish, message.Id, (int)state, messageId, reason, now);
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

    internal async Task MoveAsync(long conversationId, string address)
    {
        await using var work = await database.BeginAsync(CancellationToken.None);
        work.Execute(
            """
            UPDATE conversation SET address = @2 WHERE id = @1
                AND NOT EXISTS (SELECT 1 FROM conversation other WHERE other.channel = conversation.channel AND other.address = @2)
            """, conversationId, address);
        await work.CommitAsync(CancellationToken.None);
    }

    internal async Task CountAttemptAsync(long outboxId, int attempts)
    {
        await using var work = await database.BeginAsync(CancellationToken.None);
        work.Execute("UPDATE outbox SET attempts = @2 WHERE id = @1", outboxId, attempts);
        await work.CommitAsync(CancellationToken.None);
    }

    internal Task PurgeAsync() => database.PurgeDeletedAsync(CancellationToken.None);
}
