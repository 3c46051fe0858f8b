using CrossBorderNetwork.Data;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Calls;

public enum CallOutcome
{
    PartnerFound,
    NobodyFound,

    /// <summary>The deadline passed before the author closed it.</summary>
    Expired,
}

/// <summary>A call for cooperation: what is sought, from whom, until when. Those who are interested show themselves to its author only.</summary>
public sealed class Call
{
    public long Id { get; init; }

    /// <summary>Key in the list of call types.</summary>
    public required string Type { get; init; }

    public required LocalizedText Title { get; init; }

    public required LocalizedText Description { get; init; }

    public List<string> Topics { get; init; } = [];

    /// <summary>Roles that are sought; empty: any.</summary>
    public List<string> Roles { get; init; } = [];

    /// <summary>Sides that are sought; empty: both.</summary>
    public List<string> Sides { get; init; } = [];

    /// <summary>The last day of the call, as its author wrote it.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>The end of the last day in the author's zone.</summary>
    public required DateTimeOffset ClosesAt { get; init; }

    /// <summary>Who published it and sees who is interested; 0 once that person was forgotten, and with that the call is over.</summary>
    public required long AuthorId { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Null while the call is open.</summary>
    public CallOutcome? Outcome { get; set; }

    public bool IsOpenAt(DateTimeOffset instant) => Outcome is null && AuthorId != 0 && instant < ClosesAt;
}

/// <summary>A member who is interested in a call, and thereby lets its author see name, organisation and contact.</summary>
public sealed class Interest
{
    public long Id { get; init; }

    public required long CallId { get; init; }

    public required long MemberId { get; init; }

    /// <summary>One line to the author.</summary>
    public string? Line { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class CallTable : IEntityTypeConfiguration<Call>, IEntityTypeConfiguration<Interest>
{
    public void Configure(EntityTypeBuilder<Call> builder)
    {
        builder.ToTable("call");
        builder.Property(c => c.Title).IsLocalized();
        builder.Property(c => c.Description).IsLocalized();
        builder.HasIndex(c => new { c.Outcome, c.ClosesAt });
        builder.HasPerson(c => c.AuthorId, Erasure.Anonymise);
    }

    public void Configure(EntityTypeBuilder<Interest> builder)
    {
        builder.ToTable("interest");
        builder.HasIndex(i => new { i.CallId, i.MemberId }).IsUnique();
        builder.HasIndex(i => i.MemberId);
        builder.HasPerson(i => i.MemberId);
        builder.HasOne<Call>().WithMany().HasForeignKey(i => i.CallId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class CallSets
{
    extension(NetworkDb db)
    {
        public DbSet<Call> Calls => db.Set<Call>();

        public DbSet<Interest> Interests => db.Set<Interest>();

        /// <summary>Calls that can still be answered, the earliest deadline first.</summary>
        public IQueryable<Call> OpenCalls(DateTimeOffset now) =>
            db.Calls.Where(c => c.Outcome == null && c.AuthorId != 0 && c.ClosesAt > now).OrderBy(c => c.ClosesAt).ThenBy(c => c.Id);
    }
}
