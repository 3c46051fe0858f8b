using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// The one way to say something: a row in the same transaction as the deed that it tells of. Delivery is woken when that
/// transaction is durable.
/// </summary>
public sealed partial class Outbox(TimeProvider time, DeliverySignal signal, ChatPace pace, Node node)
{
    private const string Insert =
        """
        INSERT INTO outbox (conversation_id, channel, lane, state, thread, payload, key, source, attempts, created_at, due_at, not_after, owner)
        SELECT id, channel, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12 FROM conversation WHERE id = @1
        ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING
        RETURNING id
        """;

    private const string Elsewhere =
        """
        SELECT id FROM outbox WHERE conversation_id = @1 AND state = 1 AND owner <> @2
        UNION ALL SELECT id FROM outbox WHERE conversation_id = @1 AND state = 0 AND lane = 0 LIMIT 1
        """;

    /// <summary>Parameters that a SELECT of recipients may have.</summary>
    private const int RoomForRecipients = 8;

    /// <summary>A reply older than this says nothing useful any more.</summary>
    public static readonly TimeSpan ReplyWindow = TimeSpan.FromHours(24);

    /// <summary>
    /// Adds an answer of the current turn. It is claimed at once, so delivery need not read it back; after a crash it counts as
    /// in doubt.
    /// </summary>
    /// <returns>The outbox id, by which a later message can replace this one.</returns>
    public long Reply(UnitOfWork work, Conversation conversation, string? thread, Message message)
    {
        var now = time.GetUtcNow();
        var notAfter = now + ReplyWindow;
        var notBefore = pace.Reserve(conversation, message, now);
        var owner = node.Id;
        var mustWait = IsElsewhere(work, conversation.Id, owner);
        var id = (long)work.Scalar(Insert, conversation.Id, (int)Lane.Reply, (int)(mustWait ? OutboxState.Pending : OutboxState.Sending), thread, message.ToJson(), null, null,
            mustWait ? 0 : 1, now.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds(), notAfter.ToUnixTimeMilliseconds(), owner)!;
        if (mustWait)
        {
            work.AfterCommit(signal.Wake);
            return id;
        }
        var claimed = new ClaimedMessage(id, conversation.Id, conversation.Channel, conversation.Address, thread, Lane.Reply, message, 1, notAfter)
        {
            IsLastWord = conversation.Forgotten, NotBefore = notBefore, Owner = owner,
        };
        work.AfterCommit(() => signal.Claimed(claimed));
        return id;
    }

    /// <summary>Whether another server is sending something to the conversation, or replies wait there: what is said now must not overtake it.</summary>
    private static bool IsElsewhere(UnitOfWork work, long conversationId, long owner) =>
        work.IsShared && work.Scalar(Elsewhere, conversationId, owner) is not null;

    /// <summary>Adds a proactive message.</summary>
    /// <param name="work">The transaction of the deed that it tells of.</param>
    /// <param name="conversationId">The recipient.</param>
    /// <param name="message">What to say, rendered in the recipient's language.</param>
    /// <param name="posting">When, how urgent, and under which key.</param>
    /// <returns>The outbox id, or null when a message with that key was added before.</returns>
    public long? Post(UnitOfWork work, long conversationId, Message message, Posting posting)
    {
        var now = time.GetUtcNow();
        var due = posting.DueAt ?? now;
        var id = work.Scalar(Insert, conversationId, (int)posting.Lane, (int)OutboxState.Pending, null, message.ToJson(), posting.Key, posting.Source, 0,
            now.ToUnixTimeMilliseconds(), due.ToUnixTimeMilliseconds(), (due + posting.Window).ToUnixTimeMilliseconds(), 0L);
        if (id is null) return null;
        work.AfterCommit(signal.Wake);
        return (long)id;
    }

    /// <summary>Cancels what waits for a conversation, except what is on the wire.</summary>
    /// <returns>The number of messages cancelled.</returns>
    public int CancelFor(UnitOfWork work, long conversationId) => work.Execute(
        "UPDATE outbox SET state = 5, payload = NULL, ended_at = @2 WHERE conversation_id = @1 AND state IN (-1, 0)",
        conversationId, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Adds one proactive message for many conversations, in one statement.</summary>
    /// <param name="work">The transaction of the deed that it tells of.</param>
    /// <param name="recipients">A SELECT of conversation ids as <c>id</c>, with parameters from @1 to at most @8.</param>
    /// <param name="message">What to say to all of them.</param>
    /// <param name="posting">When, how urgent; its key is completed by each conversation's id.</param>
    /// <param name="arguments">The parameters of <paramref name="recipients"/>.</param>
    /// <returns>The number of messages added.</returns>
    public int PostToAll(UnitOfWork work, string recipients, Message message, Posting posting, params ReadOnlySpan<object?> arguments)
    {
        var now = time.GetUtcNow();
        var due = posting.DueAt ?? now;
        var added = work.Execute(
            $"""
            INSERT INTO outbox (conversation_id, channel, lane, state, payload, key, source, attempts, created_at, due_at, not_after)
            SELECT c.id, c.channel, @9, 0, @10, @11 || ':' || c.id, @12, 0, @13, @14, @15 FROM ({recipients}) r JOIN conversation c ON c.id = r.id WHERE TRUE
            ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING
            """,
            [.. arguments, .. Unused(arguments.Length), (int)posting.Lane, message.ToJson(), posting.Key, posting.Source,
                now.ToUnixTimeMilliseconds(), due.ToUnixTimeMilliseconds(), (due + posting.Window).ToUnixTimeMilliseconds()]);
        if (added > 0) work.AfterCommit(signal.Wake);
        return added;
    }

    /// <summary>Fills the room for parameters of recipients; of an untyped NULL PostgreSQL would ask what it is.</summary>
    private static IEnumerable<object?> Unused(int used) => Enumerable.Repeat<object?>(0, RoomForRecipients - used);
}

/// <summary>How a proactive message is to be sent.</summary>
public sealed record Posting
{
    public required Lane Lane { get; init; }

    /// <summary>How long after it is due it may still be sent.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public string? Key { get; init; }

    public string? Source { get; init; }
}
