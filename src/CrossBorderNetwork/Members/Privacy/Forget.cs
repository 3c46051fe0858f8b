using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>
/// Forgets a person: the rows of all tables, what waits to be sent, and all conversations. A conversation lives until its last
/// word is delivered, then delivery deletes it and purges the file.
/// </summary>
public sealed class Forget(DialogContent content, Outbox outbox, Erase erase)
{
    private const string Others = "SELECT id, language FROM conversation WHERE person_id = @1 AND id <> @2";

    // Marked reachable, so that the last word is tried and the row goes even where the channel refuses it.
    private const string Close =
        """
        UPDATE conversation SET person_id = id, handle = NULL, state = NULL, reachable = TRUE, forgotten = TRUE, revision = revision + 1 WHERE id = @1
        """;

    public async Task RunAsync(TurnContext turn, CancellationToken ct)
    {
        var work = turn.Work;
        await erase.RunAsync(work, turn.PersonId, ct);
        var others = new List<(long Id, string Language)>();
        using (var rows = work.Query(Others, turn.PersonId, turn.Conversation.Id))
        {
            while (rows.Read()) others.Add((rows.GetInt64(0), rows.GetString(1)));
        }
        foreach (var (id, language) in others)
        {
            work.Execute(Close, id);
            outbox.CancelFor(work, id);
            var lastWord = content.Compose("forget", "elsewhere", language, new JsonObject());
            outbox.Post(work, id, lastWord, new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(24) });
        }
        outbox.CancelFor(work, turn.Conversation.Id);
        turn.Conversation.Handle = null;
        turn.Conversation.Forgotten = true;
    }
}
