using System.Diagnostics.CodeAnalysis;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Messaging;

/// <summary>What became of all messages of one source, such as <c>broadcast:12</c>. The parts add up to the audience.</summary>
/// <param name="Delivered">Taken by the channel.</param>
/// <param name="Failed">Refused by the channel for good.</param>
/// <param name="Unreachable">To people who blocked the bot or are gone.</param>
/// <param name="Expired">Not sent within their window.</param>
/// <param name="Cancelled">Taken back before they were sent.</param>
/// <param name="InDoubt">May or may not have arrived.</param>
/// <param name="Waiting">To be sent, or held.</param>
/// <param name="Sending">On the wire.</param>
public sealed record OutboxCounts(int Delivered, int Failed, int Unreachable, int Expired, int Cancelled, int InDoubt, int Waiting, int Sending)
{
    public int Total => Delivered + Failed + Unreachable + Expired + Cancelled + InDoubt + Waiting + Sending;

    /// <summary>Whether something may still leave.</summary>
    public bool IsOpen => Waiting + Sending > 0;
}

/// <summary>A message that was not delivered, or perhaps not.</summary>
/// <param name="Reason">In the channel's words, without personal data; empty where the state says it all.</param>
public sealed record OutboxFailure(long OutboxId, long ConversationId, OutboxState State, string Reason, DateTimeOffset? At);

/// <summary>What is done with all messages of one source together: each deed is one statement, however many they are.</summary>
public sealed partial class Outbox
{
    /// <summary>What a copy's own id takes the place of; no message has this id.</summary>
    private const long CopyId = -1;

    /// <summary>Cancels what waits from a source. What is on the wire arrives.</summary>
    /// <returns>The number of messages cancelled.</returns>
    public int CancelFrom(UnitOfWork work, string source) => work.Execute(
        "UPDATE outbox SET state = 5, payload = NULL, ended_at = @2 WHERE source = @1 AND state IN (-1, 0)",
        source, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Cancels what waits from a source for one person, such as somebody who does not want it any more.</summary>
    /// <returns>The number of messages cancelled.</returns>
    public int CancelFrom(UnitOfWork work, string source, long personId) => work.Execute(
        """
        UPDATE outbox SET state = 5, payload = NULL, ended_at = @3 WHERE source = @1 AND state IN (-1, 0)
            AND conversation_id IN (SELECT id FROM conversation WHERE person_id = @2)
        """,
        source, personId, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Pauses a source: what waits is held until <see cref="ReleaseFrom"/>, or expires meanwhile.</summary>
    /// <returns>The number of messages held.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "Pausing and resuming are called alike.")]
    public int HoldFrom(UnitOfWork work, string source) =>
        work.Execute("UPDATE outbox SET state = -1 WHERE source = @1 AND state = 0", source);

    /// <summary>Resumes a source.</summary>
    /// <returns>The number of messages that wait to be sent again.</returns>
    public int ReleaseFrom(UnitOfWork work, string source)
    {
        var released = work.Execute("UPDATE outbox SET state = 0 WHERE source = @1 AND state = -1", source);
        if (released > 0) work.AfterCommit(signal.Wake);
        return released;
    }

    /// <summary>Edits every delivered copy of a source. Where a channel cannot edit, the message is said anew.</summary>
    /// <param name="work">The transaction of the deed.</param>
    /// <param name="source">Whose copies.</param>
    /// <param name="recipients">A SELECT of conversation ids as <c>id</c>, with parameters from @1 to at most @8: only copies there.</param>
    /// <param name="message">What takes their place.</param>
    /// <param name="posting">Its source should be another one, so that the counts of the first stay; its key is completed by each copy's id.</param>
    /// <param name="arguments">The parameters of <paramref name="recipients"/>.</param>
    /// <returns>The number of copies.</returns>
    public int ReplaceCopies(UnitOfWork work, string source, string recipients, Message message, Posting posting, params ReadOnlySpan<object?> arguments) =>
        PostToCopies(work, source, recipients, message with { Replaces = CopyId }, "r", posting, arguments);

    /// <summary>Deletes every delivered copy of a source; see <see cref="ReplaceCopies"/>. Refusals of the channel are failures of the posting's source.</summary>
    public int DeleteCopies(UnitOfWork work, string source, string recipients, Posting posting, params ReadOnlySpan<object?> arguments) =>
        PostToCopies(work, source, recipients, new Message { Deletes = CopyId }, "d", posting, arguments);

    /// <summary>Counts the messages of a source by what became of them.</summary>
    /// <param name="db">A context for reading, or a unit of work's own.</param>
    public static async Task<OutboxCounts> CountsAsync(NetworkDb db, string source, CancellationToken ct)
    {
        var states = await db.Outbox.Where(e => e.Source == source)
            .GroupBy(e => e.State).Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.State, group => group.Count, ct);
        return new OutboxCounts(
            Of(OutboxState.Delivered), Of(OutboxState.Failed), Of(OutboxState.Unreachable), Of(OutboxState.Expired), Of(OutboxState.Cancelled),
            Of(OutboxState.InDoubt), Of(OutboxState.Pending) + Of(OutboxState.Held), Of(OutboxState.Sending));

        int Of(OutboxState state) => states.GetValueOrDefault(state);
    }

    /// <summary>What was not delivered, or perhaps not, in the order in which it was posted; without what was cancelled.</summary>
    /// <param name="db">A context for reading, or a unit of work's own.</param>
    /// <param name="source">Of which source.</param>
    /// <param name="afterId">The outbox id after which to go on; 0 from the beginning.</param>
    /// <param name="limit">At most so many.</param>
    public static async Task<IReadOnlyList<OutboxFailure>> FailuresAsync(NetworkDb db, string source, long afterId, int limit, CancellationToken ct) =>
        await db.Outbox
            .Where(e => e.Source == source && e.Id > afterId
                && (e.State == OutboxState.Failed || e.State == OutboxState.Unreachable || e.State == OutboxState.Expired || e.State == OutboxState.InDoubt))
            .OrderBy(e => e.Id).Take(limit)
            .Select(e => new OutboxFailure(e.Id, e.ConversationId, e.State, e.Reason ?? "", e.EndedAt))
            .ToListAsync(ct);

    private int PostToCopies(UnitOfWork work, string source, string recipients, Message message, string reference, Posting posting, ReadOnlySpan<object?> arguments)
    {
        var now = time.GetUtcNow();
        var due = posting.DueAt ?? now;
        // Quotes inside of texts are escaped in JSON: the reference is found in its own place only.
        var added = work.Execute(
            $"""
            INSERT INTO outbox (conversation_id, channel, lane, state, payload, key, source, attempts, created_at, due_at, not_after)
            SELECT o.conversation_id, o.channel, @9, 0, replace(@10, @17, '"{reference}":' || o.id), @11 || ':' || o.id, @12, 0, @13, @14, @15
            FROM outbox o WHERE o.source = @16 AND o.state = 2 AND o.conversation_id IN (SELECT r.id FROM ({recipients}) r)
            ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING
            """,
            [.. arguments, .. Unused(arguments.Length), (int)posting.Lane, message.ToJson(), posting.Key, posting.Source,
                now.ToUnixTimeMilliseconds(), due.ToUnixTimeMilliseconds(), (due + posting.Window).ToUnixTimeMilliseconds(), source, $"\"{reference}\":{CopyId}"]);
        if (added > 0) work.AfterCommit(signal.Wake);
        return added;
    }
}
