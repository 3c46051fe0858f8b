using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Messaging;

/// <summary>Reads and writes a turn's conversation with prepared statements: it happens in every turn.</summary>
internal static class ConversationRows
{
    private const string Select =
        """
        SELECT id, person_id, language, language_chosen, handle, reachable, state, revision, last_active_at, sender_id, forgotten, ready_at
        FROM conversation WHERE channel = @1 AND address = @2
        """;

    private const string Insert =
        """
        INSERT INTO conversation (channel, address, sender_id, person_id, language, language_chosen, handle, reachable, state, revision, last_active_at, forgotten, ready_at)
        VALUES (@1, @2, @3, 0, @4, FALSE, @5, TRUE, NULL, 0, @6, FALSE, 0) RETURNING id
        """;

    // At once, not only at the end of the turn: the first word may be a coordinator's, whose rights are looked up by it.
    private const string BecomePerson = "UPDATE conversation SET person_id = id WHERE id = @1";

    private const string Update =
        """
        UPDATE conversation SET person_id = @3, language = @4, language_chosen = @5, handle = @6, reachable = @7, state = @8,
            last_active_at = @9, forgotten = @10, ready_at = @11, revision = revision + 1
        WHERE id = @1 AND revision = @2
        """;

    public static Conversation Load(UnitOfWork work, Activity activity, DateTimeOffset now)
    {
        if (Find(work, activity.Channel, activity.Address) is { } known)
        {
            known.Handle = activity.SenderHandle ?? known.Handle;
            known.LastActiveAt = now;
            // Whoever speaks can be reached, and is here again after having asked to be forgotten.
            if (activity.Kind != ActivityKind.Left) known.Reachable = true;
            known.Forgotten = false;
            return known;
        }
        var language = Languages.Closest(activity.Locale);
        var id = (long)work.Scalar(Insert, activity.Channel, activity.Address, activity.SenderId, language, activity.SenderHandle, now.ToUnixTimeMilliseconds())!;
        work.Execute(BecomePerson, id);
        return new Conversation
        {
            Id = id, Channel = activity.Channel, Address = activity.Address, SenderId = activity.SenderId, PersonId = id,
            Language = language, Handle = activity.SenderHandle, LastActiveAt = now,
        };
    }

    /// <exception cref="InvalidOperationException">Another turn of the same conversation was committed meanwhile.</exception>
    public static void Save(UnitOfWork work, Conversation conversation)
    {
        var rows = work.Execute(Update, conversation.Id, conversation.Revision, conversation.PersonId, conversation.Language,
            conversation.LanguageChosen, conversation.Handle, conversation.Reachable, conversation.State,
            conversation.LastActiveAt.ToUnixTimeMilliseconds(), conversation.Forgotten, conversation.ReadyAt.ToUnixTimeMilliseconds());
        if (rows != 1) throw new InvalidOperationException("The conversation was changed by another turn at the same time.");
        conversation.Revision++;
    }

    private static Conversation? Find(UnitOfWork work, string channel, string address)
    {
        using var row = work.Query(Select, channel, address);
        if (!row.Read()) return null;
        return new Conversation
        {
            Id = row.GetInt64(0), Channel = channel, Address = address, PersonId = row.GetInt64(1), Language = row.GetString(2),
            LanguageChosen = row.GetBoolean(3), Handle = row.IsDBNull(4) ? null : row.GetString(4), Reachable = row.GetBoolean(5),
            State = row.IsDBNull(6) ? null : row.GetString(6), Revision = row.GetInt64(7),
            LastActiveAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)), SenderId = row.GetString(9), Forgotten = row.GetBoolean(10),
            ReadyAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(11)),
        };
    }
}
