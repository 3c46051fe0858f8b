using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Messaging;

/// <summary>Keeps photos and documents for as long as something may still be sent with them.</summary>
public sealed class MediaFiles(Database database, TimeProvider time)
{
    /// <summary>What could not be fetched for so long will not come any more.</summary>
    private static readonly TimeSpan FetchedFor = TimeSpan.FromDays(7);

    private const string Insert =
        """
        INSERT INTO media_file (channel, reference, name, is_photo, content, created_at) VALUES (@1, @2, @3, @4, @5, @6)
        ON CONFLICT (channel, reference) DO UPDATE SET name = excluded.name
        RETURNING id
        """;

    /// <summary>Keeps a file, or finds the one that was kept before.</summary>
    /// <param name="work">The transaction of the deed.</param>
    /// <param name="channel">The channel by which it came.</param>
    /// <param name="received">What came.</param>
    /// <param name="content">Null where the channel keeps it and is asked for it later.</param>
    public MediaRef Keep(UnitOfWork work, string channel, ReceivedMedia received, byte[]? content = null)
    {
        var id = (long)work.Scalar(Insert, channel, received.Reference, received.Name, received.IsPhoto, content, time.GetUtcNow().ToUnixTimeMilliseconds())!;
        return new MediaRef(id, received.Name, received.IsPhoto);
    }

    public async Task<MediaFile?> ReadAsync(long id, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.MediaFiles.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, ct);
    }

    public async Task<bool> HasContentAsync(long id, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.MediaFiles.AnyAsync(f => f.Id == id && f.Content != null, ct);
    }

    /// <summary>Those whose content still lies with the channel by which they came, and could still be sent.</summary>
    public async Task<IReadOnlyList<MediaFile>> MissingAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var since = time.GetUtcNow() - FetchedFor;
        return await db.MediaFiles.AsNoTracking().Where(f => f.Content == null && f.CreatedAt > since).ToListAsync(ct);
    }

    public async Task CompleteAsync(long id, byte[] content, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        work.Execute("UPDATE media_file SET content = @2 WHERE id = @1", id, content);
        await work.CommitAsync(ct);
    }
}
