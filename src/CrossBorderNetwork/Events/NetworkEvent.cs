using CrossBorderNetwork.Data;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Events;

public enum EventState
{
    Published,
    Cancelled,
}

/// <summary>
/// Something that members can go to. What Interreg counts by is recorded from the start: who may come (RCO115 or RCO81) and from
/// which sides the organisers are. A draft is an open dialog, not a row.
/// </summary>
public sealed class NetworkEvent
{
    public long Id { get; init; }

    public required LocalizedText Title { get; init; }

    public required LocalizedText Description { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    public string? Place { get; init; }

    /// <summary>Address of an online meeting.</summary>
    public string? Link { get; init; }

    /// <summary>Open to every citizen of the area and advertised (RCO115); otherwise its participations are counted (RCO81).</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Names of the Lithuanian organisations that organise it.</summary>
    public List<string> OrganisersLt { get; init; } = [];

    /// <summary>Names of the Polish organisations that organise it.</summary>
    public List<string> OrganisersPl { get; init; } = [];

    public List<string> Topics { get; init; } = [];

    /// <summary>Number of seats; null where there is no limit.</summary>
    public int? Capacity { get; init; }

    public EventState State { get; set; } = EventState.Published;

    /// <summary>The coordinator who published it.</summary>
    public required long AuthorId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Organised by organisations of both countries, as a joint event must be.</summary>
    public bool IsJoint => OrganisersLt.Count > 0 && OrganisersPl.Count > 0;

    public bool TakesSignUpsAt(DateTimeOffset instant) => State == EventState.Published && instant < StartsAt;
}

public enum SignUpState
{
    Going,

    /// <summary>On the waiting list; the lowest id is the first in line.</summary>
    Waiting,
}

/// <summary>A member's seat, or place in the waiting list. Whoever cannot come leaves no row.</summary>
public sealed class SignUp
{
    public long Id { get; init; }

    public required long EventId { get; init; }

    public required long MemberId { get; init; }

    public required SignUpState State { get; set; }

    /// <summary>Since when the state holds.</summary>
    public required DateTimeOffset Since { get; set; }

    public DateTimeOffset? RemindedAt { get; set; }
}

internal sealed class EventTable : IEntityTypeConfiguration<NetworkEvent>, IEntityTypeConfiguration<SignUp>
{
    public void Configure(EntityTypeBuilder<NetworkEvent> builder)
    {
        builder.ToTable("event");
        builder.Property(e => e.Title).IsLocalized();
        builder.Property(e => e.Description).IsLocalized();
        builder.HasIndex(e => e.StartsAt);
        builder.Ignore(e => e.IsJoint);
        builder.HasPerson(e => e.AuthorId, Erasure.Anonymise);
    }

    public void Configure(EntityTypeBuilder<SignUp> builder)
    {
        builder.ToTable("sign_up");
        builder.HasIndex(s => new { s.EventId, s.MemberId }).IsUnique();
        builder.HasIndex(s => s.MemberId);
        builder.HasPerson(s => s.MemberId);
        builder.HasOne<NetworkEvent>().WithMany().HasForeignKey(s => s.EventId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class EventSets
{
    extension(NetworkDb db)
    {
        public DbSet<NetworkEvent> Events => db.Set<NetworkEvent>();

        public DbSet<SignUp> SignUps => db.Set<SignUp>();

        /// <summary>Events that have not begun and were not cancelled, the next first.</summary>
        public IQueryable<NetworkEvent> UpcomingEvents(DateTimeOffset now) =>
            db.Events.Where(e => e.State == EventState.Published && e.StartsAt > now).OrderBy(e => e.StartsAt).ThenBy(e => e.Id);
    }
}
