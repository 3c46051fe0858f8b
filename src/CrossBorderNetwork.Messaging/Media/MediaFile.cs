using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// A photo or document that somebody gave to be sent to others: kept once, however many get it. Messages name it by its id, so
/// that an outbox of thousands does not hold thousands of copies.
/// </summary>
public sealed class MediaFile
{
    public long Id { get; init; }

    /// <summary>The channel by which it came.</summary>
    public required string Channel { get; init; }

    /// <summary>That channel's own id of it.</summary>
    public required string Reference { get; init; }

    public required string Name { get; init; }

    public required bool IsPhoto { get; init; }

    /// <summary>Null until it was fetched from the channel by which it came.</summary>
    public byte[]? Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class MediaFileTable : IEntityTypeConfiguration<MediaFile>
{
    public void Configure(EntityTypeBuilder<MediaFile> builder)
    {
        builder.ToTable("media_file");
        builder.HasIndex(f => new { f.Channel, f.Reference }).IsUnique();
    }
}

public static class MediaFileSet
{
    extension(NetworkDb db)
    {
        public DbSet<MediaFile> MediaFiles => db.Set<MediaFile>();
    }
}
