using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Whom an announcement is for, among those who want announcements and can be reached.</summary>
/// <param name="Side"><c>LT</c>, <c>PL</c>, or empty for both.</param>
/// <param name="Roles">Keys in the list of roles; empty for all.</param>
public sealed record Audience(string Side, IReadOnlyList<string> Roles);

/// <summary>Sends an announcement: one statement a language puts it into the outbox, where delivery takes its time.</summary>
public sealed class Announce(Outbox outbox, DialogContent content, IOptionsMonitor<NetworkOptions> options, Rights rights, TimeProvider time)
{
    /// <summary>What one message holds on every channel, in UTF-16 units.</summary>
    public const int TextLimit = 4096;

    // Each member once, where the member was last. Parameters: now, side, roles between commas.
    private const string Recipients =
        """
        SELECT c.id AS id, c.language AS language
        FROM member m JOIN conversation c ON c.id = (
            SELECT r.id FROM conversation r WHERE r.person_id = m.id AND r.reachable = 1 AND r.forgotten = 0 ORDER BY r.last_active_at DESC LIMIT 1)
        WHERE m.wants_announcements = 1 AND (m.paused_until IS NULL OR m.paused_until <= @1)
            AND (@2 = '' OR m.side = @2) AND (@3 = '' OR instr(@3, ',' || m.role || ',') > 0)
        """;

    private const string CountByLanguage = $"SELECT language, count(*) FROM ({Recipients}) GROUP BY language";

    private const string RecipientsOfLanguage = $"SELECT id FROM ({Recipients}) WHERE language = @4";

    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>How many would get it now, by the language that they read.</summary>
    public IReadOnlyDictionary<string, int> Count(UnitOfWork work, Audience audience)
    {
        var counts = Languages.All.ToDictionary(language => language, _ => 0);
        using var rows = work.Query(CountByLanguage, Now(), audience.Side, Roles(audience));
        while (rows.Read()) counts[rows.GetString(0)] = rows.GetInt32(1);
        return counts;
    }

    /// <summary>The message exactly as a reader of that language gets it. What was typed stays literal.</summary>
    public Message Render(LocalizedText texts, string language)
    {
        var (text, used) = texts.For(language);
        return new Message
        {
            Text = RichText.Paragraphs(
                content.Text("announce", "heading", language, []),
                RichText.Plain(text),
                RichText.Plain(content.LanguageNote(language, used).Trim()),
                content.Text("announce", "footer", language, []),
                RichText.Plain(options.CurrentValue.CoFundingLine.GetValueOrDefault(language, ""))),
        };
    }

    public async Task<Broadcast> SendAsync(UnitOfWork work, long authorId, LocalizedText texts, Audience audience, CancellationToken ct)
    {
        var broadcast = new Broadcast { AuthorId = authorId, Texts = texts, Side = audience.Side, Roles = [.. audience.Roles], At = time.GetUtcNow() };
        work.Db.Broadcasts.Add(broadcast);
        await work.SaveAsync(ct);
        rights.Note(work.Db, authorId, "announce.send", broadcast.Source);
        var posting = new Posting { Lane = Lane.Bulk, Window = Window, Key = broadcast.Source, Source = broadcast.Source };
        foreach (var language in Languages.All)
            outbox.PostToAll(work, RecipientsOfLanguage, Render(texts, language), posting, Now(), audience.Side, Roles(audience), language);
        return broadcast;
    }

    /// <summary>Cancels what waits. What is on the wire arrives.</summary>
    /// <returns>The number of messages cancelled.</returns>
    public int Stop(UnitOfWork work, Broadcast broadcast, long personId)
    {
        var cancelled = outbox.CancelFrom(work, broadcast.Source);
        if (cancelled == 0) return 0;
        broadcast.StoppedAt = time.GetUtcNow();
        rights.Note(work.Db, personId, "announce.stop", broadcast.Source);
        return cancelled;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Roles(Audience audience) => audience.Roles.Count == 0 ? "" : $",{string.Join(',', audience.Roles)},";
}
