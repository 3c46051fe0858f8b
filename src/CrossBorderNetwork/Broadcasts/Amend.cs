using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>How many copies of an announcement can be taken away, and how many cannot.</summary>
/// <param name="Deletable">On a channel that takes messages away, and young enough.</param>
/// <param name="TooOld">On such a channel, but older than it allows.</param>
/// <param name="Fixed">On a channel that takes nothing away.</param>
public sealed record Copies(int Deletable, int TooOld, int Fixed)
{
    public int Total => Deletable + TooOld + Fixed;
}

/// <summary>
/// Corrects or withdraws an announcement that has gone out, in every copy that was delivered. Where a channel cannot edit, the
/// corrected text is said anew; where a copy cannot be taken away, its reader is told that it no longer holds.
/// </summary>
public sealed class Amend(AnnouncementView view, DialogContent content, Outbox outbox, IEnumerable<ChannelAdapter> adapters, Rights rights, TimeProvider time)
{
    /// <summary>Telegram deletes messages of the last 48 hours only; some minutes are for the way there.</summary>
    public static readonly TimeSpan DeletableFor = TimeSpan.FromHours(48) - TimeSpan.FromMinutes(10);

    // The copies that were sent in a language: their keys carry it. Parameters: beginning of the key, source.
    private const string CopiesInLanguage = "SELECT o.conversation_id AS id FROM outbox o WHERE o.source = @2 AND o.key LIKE @1";

    // Parameters: source, channels that delete (between commas), oldest instant that can be deleted.
    private const string CanGo = "',' || @2 || ',' LIKE '%,' || c.channel || ',%'";

    private const string Delivered = "FROM outbox o JOIN conversation c ON c.id = o.conversation_id WHERE o.source = @1 AND o.state = 2";

    private const string CountCopies =
        $"""
        SELECT count(CASE WHEN {CanGo} AND o.ended_at > @3 THEN 1 END), count(CASE WHEN {CanGo} AND o.ended_at <= @3 THEN 1 END), count(CASE WHEN NOT ({CanGo}) THEN 1 END)
        {Delivered}
        """;

    private const string Going = $"SELECT c.id AS id {Delivered} AND {CanGo} AND o.ended_at > @3";

    private const string Staying = $"SELECT c.id AS id {Delivered} AND NOT ({CanGo} AND o.ended_at > @3) AND c.language = @4";

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    private readonly string _deletingChannels = string.Join(',', adapters.Where(adapter => adapter.Features.CanDelete).Select(adapter => adapter.Channel));

    /// <summary>Edits every copy that was sent with the text of this language, also those of readers whose own language is missing.</summary>
    /// <returns>The number of copies.</returns>
    public int Correct(UnitOfWork work, Broadcast broadcast, string language, RichText text, long personId)
    {
        if (!CanAmend(broadcast)) return 0;
        broadcast.Texts = broadcast.Texts.With(language, text);
        broadcast.Corrections++;
        var source = $"{broadcast.Source}:correction-{broadcast.Corrections}";
        var copies = 0;
        foreach (var read in Languages.All.Where(read => broadcast.Texts.For(read).UsedLanguage == language))
        {
            var message = view.For(broadcast, read);
            message = message with { Brief = RichText.Paragraphs(content.Text("announce", "corrected", read, []), message.Text) };
            copies += outbox.ReplaceCopies(
                work, broadcast.Source, CopiesInLanguage, message, new Posting { Lane = Lane.Bulk, Window = Window, Key = source, Source = source }, $"{broadcast.Source}:{read}:%", broadcast.Source);
        }
        rights.Note(work.Db, personId, "announce.correct", broadcast.Source);
        return copies;
    }

    public Copies Count(UnitOfWork work, Broadcast broadcast)
    {
        using var row = work.Query(CountCopies, broadcast.Source, _deletingChannels, Oldest());
        row.Read();
        return new Copies(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2));
    }

    /// <summary>Takes away every copy that can be, and tells the readers of the others.</summary>
    public Copies Withdraw(UnitOfWork work, Broadcast broadcast, long personId)
    {
        if (!CanAmend(broadcast)) return new Copies(0, 0, 0);
        var copies = Count(work, broadcast);
        var source = broadcast.Source + ":withdrawal";
        var posting = new Posting { Lane = Lane.Bulk, Window = Window, Key = source, Source = source };
        outbox.DeleteCopies(work, broadcast.Source, Going, posting, broadcast.Source, _deletingChannels, Oldest());
        foreach (var language in Languages.All)
        {
            var note = new Message { Text = content.Text("announce", "withdrawn", language, new JsonObject { ["gist"] = broadcast.Texts.Gist(language) }) };
            outbox.PostToAll(work, Staying, note, posting with { Key = source + ":note" }, broadcast.Source, _deletingChannels, Oldest(), language);
        }
        broadcast.WithdrawnAt = time.GetUtcNow();
        rights.Note(work.Db, personId, "announce.withdraw", broadcast.Source);
        return copies;
    }

    /// <summary>Only when nothing of it is on the wire any more are all its copies known.</summary>
    public static bool CanAmend(Broadcast broadcast) => broadcast is { State: BroadcastState.Ended, WithdrawnAt: null };

    private long Oldest() => (time.GetUtcNow() - DeletableFor).ToUnixTimeMilliseconds();
}
