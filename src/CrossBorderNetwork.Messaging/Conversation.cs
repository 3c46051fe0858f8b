using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// A conversation reference with the state of the dialogs held there. One person may have several: a Telegram chat and web chats
/// that were joined by a link code share one <see cref="PersonId"/>.
/// </summary>
public sealed class Conversation
{
    public long Id { get; set; }

    public required string Channel { get; init; }

    public required string Address { get; set; }

    /// <summary>The channel's id of the person who speaks here.</summary>
    public required string SenderId { get; init; }

    /// <summary>Who speaks here: the id of the first conversation that the person had.</summary>
    public long PersonId { get; set; }

    /// <summary>Two-letter language of everything said here.</summary>
    public required string Language { get; set; }

    /// <summary>True once the person chose the language; until then the channel's report decides.</summary>
    public bool LanguageChosen { get; set; }

    /// <summary>The person's public handle on the channel, without the at sign.</summary>
    public string? Handle { get; set; }

    /// <summary>False from the moment that the channel says that the person blocked the bot or is gone.</summary>
    public bool Reachable { get; set; } = true;

    /// <summary>The dialog stack, opaque here; null where no dialog is open.</summary>
    public string? State { get; set; }

    /// <summary>Counts the turns; two servers that handle one conversation at once cannot both commit.</summary>
    public long Revision { get; set; }

    public DateTimeOffset LastActiveAt { get; set; }

    /// <summary>When the pace of its channel lets the next message in; see <see cref="ChatPace"/>.</summary>
    public DateTimeOffset ReadyAt { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Set when the person asked to be forgotten: the row goes as soon as the last answer is delivered.</summary>
    public bool Forgotten { get; set; }
}

internal sealed class ConversationTable : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversation");
        builder.HasIndex(c => new { c.Channel, c.Address }).IsUnique();
        builder.HasIndex(c => c.PersonId);
        builder.HasPerson(c => c.PersonId, Erasure.Separately);
        builder.Property(c => c.Revision).IsConcurrencyToken();
    }
}

public static class ConversationSet
{
    extension(NetworkDb db)
    {
        public DbSet<Conversation> Conversations => db.Set<Conversation>();

        /// <summary>Where a person is best reached now: the reachable conversation used last, or null.</summary>
        public Task<Conversation?> ReachAsync(long personId, CancellationToken ct) => db.Conversations
            .Where(c => c.PersonId == personId && c.Reachable && !c.Forgotten)
            .OrderByDescending(c => c.LastActiveAt)
            .FirstOrDefaultAsync(ct);
    }
}
