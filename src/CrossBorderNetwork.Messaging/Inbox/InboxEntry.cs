using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Messaging;

public enum InboxState
{
    Pending = 0,
    Done = 1,

    /// <summary>Could not be understood or handled; kept without its text for the operator's count.</summary>
    Parked = 2,
}

/// <summary>One update as the channel delivered it. Its payload is deleted once it is handled; the row stays to know it again.</summary>
public sealed class InboxEntry
{
    public long Id { get; set; }

    public required string Channel { get; init; }

    /// <summary>The channel's id of the update: each is handled once.</summary>
    public required string ExternalId { get; init; }

    public string? Payload { get; set; }

    public InboxState State { get; set; }

    /// <summary>Counted before handling, so that an update that kills the process is parked too.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whoever shares it is handled in order: see <see cref="TurnLanes.LaneOf"/>.</summary>
    public int Lane { get; init; }

    /// <summary>The <see cref="Node"/> that has accepted it or taken it over.</summary>
    public long Owner { get; set; }

    /// <summary>Type of the fault that parked it; never its text.</summary>
    public string? Reason { get; set; }
}

internal sealed class InboxTable : IEntityTypeConfiguration<InboxEntry>
{
    public void Configure(EntityTypeBuilder<InboxEntry> builder)
    {
        builder.ToTable("inbox");
        builder.Property(e => e.State).HasConversion<int>();
        builder.HasIndex(e => new { e.Channel, e.ExternalId }).IsUnique();
        builder.Property(e => e.Lane).ValueGeneratedNever().HasDefaultValue(0);
        builder.Property(e => e.Owner).ValueGeneratedNever().HasDefaultValue(0L);
        builder.HasIndex(e => new { e.Lane, e.Id }, "ix_inbox_pending").HasDatabaseName("ix_inbox_pending").HasFilter("state = 0");
        builder.HasIndex(e => e.ReceivedAt);
    }
}
