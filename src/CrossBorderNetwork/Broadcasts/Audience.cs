using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>By what the readers of an announcement can be narrowed; the names stand in the table.</summary>
public static class Facets
{
    public const string Side = "side";
    public const string Municipality = "municipality";
    public const string Role = "role";
    public const string Topic = "topic";
    public const string Language = "language";
    public const string Organisation = "organisation";
    public const string Event = "event";

    public static readonly IReadOnlyList<string> All = [Side, Municipality, Role, Topic, Language, Organisation, Event];
}

/// <summary>
/// Whom an announcement reaches: among those who want its kind and can be reached, those who fit its filters. All in the database,
/// in words that both databases know, so that a hundred thousand readers need no memory here.
/// </summary>
public sealed class Audience(TimeProvider time)
{
    /// <summary>The readers of one language, as conversation ids. Parameters: announcement, now, language.</summary>
    internal const string OfLanguage = $"SELECT id FROM ({Readers}) readers WHERE language = @3";

    private const string CountByLanguage = $"SELECT language, count(*) FROM ({Readers}) readers GROUP BY language";

    // Each member once, where the member was last. Parameters: announcement, now.
    private const string Readers =
        $"""
        SELECT c.id AS id, c.language AS language
        FROM broadcast b JOIN member m ON b.id = @1 JOIN conversation c ON c.id = (
            SELECT r.id FROM conversation r WHERE r.person_id = m.id AND r.reachable AND NOT r.forgotten ORDER BY r.last_active_at DESC, r.id LIMIT 1)
        WHERE {Wants} AND (m.paused_until IS NULL OR m.paused_until <= @2)
            AND NOT EXISTS (SELECT 1 FROM broadcast_filter facet WHERE facet.broadcast_id = b.id AND NOT EXISTS (
                SELECT 1 FROM broadcast_filter f WHERE f.broadcast_id = b.id AND f.facet = facet.facet AND {Fits}))
        """;

    private const string Wants = "m.wants_announcements AND ',' || m.muted_kinds || ',' NOT LIKE '%,' || b.kind || ',%'";

    // Topics are a list in JSON, or an array of the database: without their brackets and quotes both are the same.
    private const string Fits =
        """
        CASE f.facet
            WHEN 'side' THEN m.side = f.value
            WHEN 'municipality' THEN m.municipality = f.value
            WHEN 'role' THEN m.role = f.value
            WHEN 'topic' THEN ',' || replace(replace(replace(replace(replace(CAST(m.topics AS TEXT), '[', ''), ']', ''), '{', ''), '}', ''), '"', '') || ',' LIKE '%,' || f.value || ',%'
            WHEN 'language' THEN m.languages LIKE '%"' || f.value || '":%'
            WHEN 'organisation' THEN CAST(m.organisation_id AS TEXT) = f.value
            WHEN 'event' THEN EXISTS (SELECT 1 FROM sign_up s WHERE s.member_id = m.id AND CAST(s.event_id AS TEXT) = f.value AND s.state = 'Going')
        END
        """;

    // Parameters: member, announcement.
    private const string StillWants = $"SELECT 1 FROM member m JOIN broadcast b ON b.id = @2 WHERE m.id = @1 AND {Wants}";

    /// <summary>How many would get it now, by the language that they read.</summary>
    public IReadOnlyDictionary<string, int> Count(UnitOfWork work, long broadcastId)
    {
        var counts = Languages.All.ToDictionary(language => language, _ => 0);
        using var rows = work.Query(CountByLanguage, broadcastId, Now());
        while (rows.Read()) counts[rows.GetString(0)] = rows.GetInt32(1);
        return counts;
    }

    /// <summary>Adds one message for all readers of a language.</summary>
    internal int Post(UnitOfWork work, Outbox outbox, long broadcastId, string language, Message message, Posting posting) =>
        outbox.PostToAll(work, OfLanguage, message, posting, broadcastId, Now(), language);

    /// <summary>Takes back what waits for a member of announcements that the member does not want any more.</summary>
    public static async Task DropUnwantedAsync(UnitOfWork work, Outbox outbox, long memberId, CancellationToken ct)
    {
        await work.SaveAsync(ct);
        var going = await work.Db.Broadcasts.Where(b => b.State == BroadcastState.Sending || b.State == BroadcastState.Paused).Select(b => b.Id).ToListAsync(ct);
        foreach (var id in going.Where(id => work.Scalar(StillWants, memberId, id) is null)) outbox.CancelFrom(work, Broadcast.SourceOf(id), memberId);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
