using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Broadcasts;

public enum BroadcastState
{
    /// <summary>Being written; also what was taken back, refused, or not answered.</summary>
    Draft,

    /// <summary>Waits for the yes of another coordinator.</summary>
    Asked,

    /// <summary>Goes out at <see cref="Broadcast.DueAt"/>; can be taken back until then.</summary>
    Scheduled,

    Sending,

    Paused,

    /// <summary>Nothing of it is open any more.</summary>
    Ended,
}

/// <summary>
/// One announcement of a coordinator to many members, from the first word of its draft on. Once it goes out, its messages are rows
/// of the outbox under <see cref="Source"/>.
/// </summary>
public sealed class Broadcast
{
    public long Id { get; init; }

    /// <summary>The coordinator, as a person; need not be a member.</summary>
    public required long AuthorId { get; init; }

    public BroadcastState State { get; set; }

    public Wording Texts { get; set; } = Wording.Empty;

    /// <summary>Key in the list of message kinds: members choose which of them they want.</summary>
    public string Kind { get; set; } = "news";

    /// <summary>Has a button by which readers say that they have read it.</summary>
    public bool AsksWhetherRead { get; set; }

    /// <summary>The event to which a button signs up.</summary>
    public long? EventId { get; set; }

    /// <summary>The call that a button opens.</summary>
    public long? CallId { get; set; }

    /// <summary>The photo or document above the text.</summary>
    public MediaRef File { get; set; } = MediaRef.None;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The hour that the author wished; null: as soon as may be.</summary>
    public DateTimeOffset? WishedAt { get; set; }

    /// <summary>When the author said that it should go.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>When it goes out, unless it is taken back before.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The other coordinator who said yes.</summary>
    public long? SecondId { get; set; }

    /// <summary>There was no other coordinator to ask, so it waited instead.</summary>
    public bool WaitedAlone { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>When nothing was open any more and the author was told.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>How often its delivered copies were corrected.</summary>
    public int Corrections { get; set; }

    /// <summary>What became of it, once it has ended.</summary>
    public Tally Result { get; set; } = Tally.Zero;

    /// <summary>The message that shows its author how it goes.</summary>
    public ShownProgress Progress { get; set; } = ShownProgress.None;

    public string Source => SourceOf(Id);

    public bool IsGoing => State is BroadcastState.Sending or BroadcastState.Paused;

    public bool HasFile => File.Id > 0;

    public static string SourceOf(long id) => "broadcast:" + id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Back on the desk: nobody has it, and it can be changed.</summary>
    public void ReturnToDraft()
    {
        (State, WishedAt, ConfirmedAt, DueAt, SecondId) = (BroadcastState.Draft, null, null, null, null);
        WaitedAlone = false;
    }
}

/// <summary>Narrows the readers of an announcement: of each facet at least one value must fit.</summary>
public sealed class BroadcastFilter
{
    public required long BroadcastId { get; init; }

    /// <summary>One of <see cref="Facets"/>.</summary>
    public required string Facet { get; init; }

    /// <summary>A key of the facet's list, or an id.</summary>
    public required string Value { get; init; }
}

/// <summary>A reader who pressed “I have read this”.</summary>
public sealed class BroadcastRead
{
    public long Id { get; init; }

    public required long BroadcastId { get; init; }

    public required long MemberId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class BroadcastTable : IEntityTypeConfiguration<Broadcast>, IEntityTypeConfiguration<BroadcastFilter>, IEntityTypeConfiguration<BroadcastRead>
{
    public void Configure(EntityTypeBuilder<Broadcast> builder)
    {
        builder.ToTable("broadcast");
        builder.HasPerson(b => b.AuthorId, Erasure.Anonymise);
        builder.HasPerson(b => b.SecondId, Erasure.Anonymise);
        builder.Property(b => b.Texts).IsWording();
        builder.ComplexProperty(b => b.Result);
        builder.ComplexProperty(b => b.Progress);
        builder.ComplexProperty(b => b.File);
        builder.Ignore(b => b.IsGoing);
        builder.Ignore(b => b.HasFile);
        builder.HasIndex(b => b.State);
    }

    public void Configure(EntityTypeBuilder<BroadcastFilter> builder)
    {
        builder.ToTable("broadcast_filter");
        builder.HasKey(f => new { f.BroadcastId, f.Facet, f.Value });
        builder.HasOne<Broadcast>().WithMany().HasForeignKey(f => f.BroadcastId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<BroadcastRead> builder)
    {
        builder.ToTable("broadcast_read");
        // Those who were forgotten are all called 0, and still counted.
        builder.HasIndex(r => new { r.BroadcastId, r.MemberId }).IsUnique().HasFilter("member_id <> 0");
        builder.HasPerson(r => r.MemberId, Erasure.Anonymise);
        builder.HasOne<Broadcast>().WithMany().HasForeignKey(r => r.BroadcastId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class BroadcastSets
{
    extension(NetworkDb db)
    {
        public DbSet<Broadcast> Broadcasts => db.Set<Broadcast>();

        public DbSet<BroadcastFilter> BroadcastFilters => db.Set<BroadcastFilter>();

        public DbSet<BroadcastRead> BroadcastReads => db.Set<BroadcastRead>();
    }
}
