using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// One line of a web chat, kept so that a reload or a restart replays it: a browser, unlike a messenger, remembers nothing. Only
/// the newest of each conversation stay.
/// </summary>
public sealed class WebChatActivity
{
    /// <summary>Counts up over all conversations and is never used again; the watermark of Direct Line.</summary>
    public long Id { get; set; }

    /// <summary>The conversation, which is the visitor's sender id.</summary>
    public required string Address { get; init; }

    /// <summary>Random; the id on the wire, and of the file where there is one.</summary>
    public required string ActivityId { get; init; }

    public bool FromBot { get; init; }

    /// <summary>The activity as it goes over the wire.</summary>
    public required string Json { get; init; }

    /// <summary>The file that the bot sent with it, for download by this visitor only.</summary>
    public byte[]? File { get; init; }

    /// <summary>The photo or document, from <see cref="MediaFiles"/>, that the bot sent with it to many.</summary>
    public long? MediaId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class WebChatActivityTable : IEntityTypeConfiguration<WebChatActivity>
{
    public void Configure(EntityTypeBuilder<WebChatActivity> builder)
    {
        builder.ToTable("webchat_activity");
        builder.HasAddress(a => a.Address, WebChatAdapter.ChannelName);
        builder.HasIndex(a => new { a.Address, a.Id });
        builder.HasIndex(a => a.ActivityId).IsUnique();
    }
}

public static class WebChatActivitySet
{
    extension(NetworkDb db)
    {
        public DbSet<WebChatActivity> WebChatActivities => db.Set<WebChatActivity>();
    }
}
