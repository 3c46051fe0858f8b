using System.Globalization;
using CrossBorderNetwork.Channels.WebChat.DirectLine;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>What a client has not seen yet, as the JSON of Direct Line's ActivitySet.</summary>
internal sealed record ActivityPage(int Count, long Watermark, string Json);

/// <summary>The newest line of a conversation.</summary>
internal sealed record LastActivity(bool FromBot, WireActivity Activity);

/// <summary>A file for download.</summary>
internal sealed record SentFile(string Name, string ContentType, byte[] Content);

/// <summary>The stored transcript: appending within the caller's transaction, reading after a watermark, forgetting.</summary>
internal sealed class WebChatRows(Database database, TimeProvider time)
{
    internal const int Kept = 200;

    private const string Insert =
        """
        INSERT INTO webchat_activity (address, activity_id, from_bot, json, file, media_id, created_at) VALUES (@1, @2, @3, @4, @5, @6, @7)
        ON CONFLICT (activity_id) DO NOTHING
        """;

    private const string Prune =
        """
        DELETE FROM webchat_activity WHERE address = @1
            AND id <= (SELECT id FROM webchat_activity WHERE address = @1 ORDER BY id DESC LIMIT 1 OFFSET @2)
        """;

    private const string KeepLastWord =
        """
        DELETE FROM webchat_activity WHERE address = @1
            AND id <> COALESCE((SELECT MAX(id) FROM webchat_activity WHERE address = @1 AND from_bot), 0)
        """;

    /// <summary>Adds a line, unless it is there already; open streams, on whichever server, show it once the transaction is durable.</summary>
    public void Append(UnitOfWork work, string address, WireActivity activity, bool fromBot, byte[]? file = null, long? mediaId = null)
    {
        work.Execute(Insert, address, activity.Id, fromBot, activity.ToJson(), file, mediaId, time.GetUtcNow().ToUnixTimeMilliseconds());
        work.Execute(Prune, address, Kept);
        work.Announce(ActivityStreams.Topic, address);
    }

    public static LastActivity? Last(UnitOfWork work, string address)
    {
        using var row = work.Query("SELECT from_bot, json FROM webchat_activity WHERE address = @1 ORDER BY id DESC LIMIT 1", address);
        return row.Read() ? new LastActivity(row.GetBoolean(0), WireActivity.FromJson(row.GetString(1))) : null;
    }

    public static string? LastFromVisitor(UnitOfWork work, string address) =>
        work.Scalar("SELECT activity_id FROM webchat_activity WHERE address = @1 AND NOT from_bot ORDER BY id DESC LIMIT 1", address) as string;

    /// <summary>Whether the bot's last word to the visitor asks for a file.</summary>
    public async Task<bool> AsksForFileAsync(string address, CancellationToken ct)
    {
        await using var db = database.Read();
        var last = await db.WebChatActivities.Where(a => a.Address == address).OrderByDescending(a => a.Id).Select(a => new { a.FromBot, a.Json }).FirstOrDefaultAsync(ct);
        return last is not null && WebChatAdapter.AsksForFile(new LastActivity(last.FromBot, WireActivity.FromJson(last.Json)));
    }

    public async Task<bool> HasAnyAsync(string address, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.WebChatActivities.AnyAsync(a => a.Address == address, ct);
    }

    /// <summary>
    /// Of what a client reads at once only the newest line still has its buttons: those of a question that is past would flash by
    /// while the history is drawn, and take a press that was meant for another.
    /// </summary>
    public async Task<ActivityPage> ReadAsync(string address, long after, CancellationToken ct)
    {
        await using var db = database.Read();
        var rows = await db.WebChatActivities
            .Where(a => a.Address == address && a.Id > after)
            .OrderBy(a => a.Id)
            .Select(a => new { a.Id, a.FromBot, a.Json })
            .ToListAsync(ct);
        var watermark = rows.Count > 0 ? rows[^1].Id : after;
        var activities = string.Join(',', rows.Select((row, i) => row.FromBot && i < rows.Count - 1 ? WithoutButtons(row.Json) : row.Json));
        return new ActivityPage(rows.Count, watermark,
            $$"""{"activities":[{{activities}}],"watermark":"{{watermark.ToString(CultureInfo.InvariantCulture)}}"}""");
    }

    private static string WithoutButtons(string json) =>
        WireActivity.FromJson(json) is { SuggestedActions: not null } activity ? (activity with { SuggestedActions = null }).ToJson() : json;

    /// <returns>The file that was sent with the activity, if it was sent to this visitor.</returns>
    public async Task<SentFile?> FileAsync(string address, string activityId, CancellationToken ct)
    {
        await using var db = database.Read();
        var found = await db.WebChatActivities.Where(a => a.ActivityId == activityId && a.Address == address)
            .Select(a => new { a.Json, Content = a.File ?? db.Set<MediaFile>().Where(f => f.Id == a.MediaId).Select(f => f.Content).FirstOrDefault() }).FirstOrDefaultAsync(ct);
        return found is { Content: { } content } && WireActivity.FromJson(found.Json).Attachments is [var attachment, ..] ? new SentFile(attachment.Name!, attachment.ContentType!, content) : null;
    }

    /// <summary>Deletes the transcript except for the bot's last word, which says that everything is deleted.</summary>
    public async Task ForgetAsync(string address, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        work.Execute(KeepLastWord, address);
        await work.CommitAsync(ct);
    }
}
