using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Messaging;

/// <summary>Who is served first. A reply never waits behind a broadcast.</summary>
public enum Lane
{
    Reply = 0,
    Notice = 1,
    Bulk = 2,
}

/// <summary>Each message to each recipient ends in exactly one of the states from <see cref="Delivered"/> on.</summary>
public enum OutboxState
{
    /// <summary>Waits until its source is resumed.</summary>
    Held = -1,
    Pending = 0,
    Sending = 1,
    Delivered = 2,
    Failed = 3,
    Expired = 4,
    Cancelled = 5,

    /// <summary>May or may not have arrived, and was not sent again for that.</summary>
    InDoubt = 6,

    /// <summary>The person blocked the bot, never started it, or is gone.</summary>
    Unreachable = 7,
}

/// <summary>One message to one recipient. Its text is deleted as soon as it is in a final state.</summary>
public sealed class OutboxEntry
{
    public long Id { get; set; }

    public required long ConversationId { get; init; }

    /// <summary>The conversation's channel: each is claimed by itself, so that none waits for another.</summary>
    public required string Channel { get; init; }

    public required Lane Lane { get; init; }

    public OutboxState State { get; set; }

    public string? Thread { get; init; }

    /// <summary>The <see cref="Message"/> as JSON; null in a final state.</summary>
    public string? Payload { get; set; }

    /// <summary>Says at most once: a second row with the same key is not added. Null for replies.</summary>
    public string? Key { get; init; }

    /// <summary>What it belongs to, for reports and cancelling: <c>digest</c>, <c>broadcast:12</c>.</summary>
    public string? Source { get; init; }

    public int Attempts { get; set; }

    /// <summary>The <see cref="Node"/> that sends it.</summary>
    public long Owner { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset DueAt { get; set; }

    /// <summary>Later than this it is not sent any more, but reported as expired.</summary>
    public DateTimeOffset NotAfter { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The channel's own id of the message.</summary>
    public string? MessageId { get; set; }

    /// <summary>Why it failed, in the channel's words, without personal data.</summary>
    public string? Reason { get; set; }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> builder)
    {
        builder.ToTable("outbox");
        builder.Property(e => e.Lane).HasConversion<int>();
        builder.Property(e => e.State).HasConversion<int>();
        builder.Property(e => e.Owner).ValueGeneratedNever().HasDefaultValue(0L);
        builder.HasIndex(e => e.Key).IsUnique().HasFilter("key IS NOT NULL");
        // Only what is still to do is in this index: it stays small however long the history grows.
        // Each index names one state, for SQLite uses a partial index only where a query repeats its condition.
        builder.HasIndex(e => new { e.Channel, e.Lane, e.DueAt, e.Id }, "ix_outbox_pending").HasDatabaseName("ix_outbox_pending").HasFilter("state = 0");
        builder.HasIndex(e => e.ConversationId, "ix_outbox_sending").HasDatabaseName("ix_outbox_sending").HasFilter("state = 1");
        builder.HasIndex(e => e.Id, "ix_outbox_in_doubt").HasDatabaseName("ix_outbox_in_doubt").HasFilter("state = 6");
        builder.HasIndex(e => e.NotAfter, "ix_outbox_held").HasFilter("state = -1");
        builder.HasIndex(e => new { e.Source, e.State }).HasFilter("source IS NOT NULL");
        builder.HasIndex(e => e.ConversationId);
    }
}

public static class OutboxSet
{
    extension(NetworkDb db)
    {
        public DbSet<OutboxEntry> Outbox => db.Set<OutboxEntry>();
    }
}
