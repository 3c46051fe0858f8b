using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Cooperations;

/// <summary>
/// Two sides of the border that do something together: two organisations, or persons where one belongs to none. It outlives the
/// introduction that it came of and the members who began it, so that organisations which cooperate (RCO87), and those that signed to
/// go on after a project (RCR84), can be counted each once.
/// </summary>
public sealed class Cooperation
{
    public long Id { get; init; }

    /// <summary>The Lithuanian organisation; null where a person acts for none.</summary>
    public long? LtOrganisationId { get; init; }

    /// <summary>The Polish organisation; null where a person acts for none.</summary>
    public long? PlOrganisationId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>A member who takes part. Each sees its whole history.</summary>
public sealed class CooperationMember
{
    public required long CooperationId { get; init; }

    public required long MemberId { get; init; }

    public required string Side { get; init; }

    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>Consent to tell others of this cooperation. It is told of only while somebody on each side consents, and nobody objects.</summary>
    public bool? MayBeTold { get; set; }
}

public enum StepKind
{
    Visit,
    Project,
    Materials,
    Agreement,
}

public enum StepState
{
    /// <summary>One side says it.</summary>
    Said,

    /// <summary>An agreement that the other side confirmed: only then it counts.</summary>
    Confirmed,

    /// <summary>An agreement that the other side does not know of.</summary>
    Rejected,
}

/// <summary>One line of a cooperation's history: what happened on which day, and who says so. An agreement also has its parties and a link.</summary>
public sealed class CooperationStep
{
    public long Id { get; init; }

    public required long CooperationId { get; init; }

    public required StepKind Kind { get; init; }

    /// <summary>The day of the visit, of the signature; the day on which it was said where nobody named one.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The member who said it; null once that member was erased.</summary>
    public long? SaidById { get; set; }

    public required string SaidBySide { get; init; }

    public required DateTimeOffset SaidAt { get; init; }

    public StepState State { get; set; } = StepState.Said;

    /// <summary>The Lithuanian party of an agreement, as it was named.</summary>
    public string? PartyLt { get; set; }

    /// <summary>The Polish party of an agreement, as it was named.</summary>
    public string? PartyPl { get; set; }

    /// <summary>
    /// Where the agreement can be read: an https address, shown and never fetched. The paper itself is not taken in: it bears names and
    /// signatures of people who were never asked whether we may keep them.
    /// </summary>
    public string? Link { get; init; }

    /// <summary>The member of the other side who confirmed or rejected it.</summary>
    public long? AnsweredById { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }
}

internal sealed class CooperationTable :
    IEntityTypeConfiguration<Cooperation>, IEntityTypeConfiguration<CooperationMember>, IEntityTypeConfiguration<CooperationStep>
{
    public void Configure(EntityTypeBuilder<Cooperation> builder)
    {
        builder.ToTable("cooperation");
        builder.HasIndex(c => new { c.LtOrganisationId, c.PlOrganisationId }).IsUnique().HasFilter("lt_organisation_id IS NOT NULL AND pl_organisation_id IS NOT NULL");
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.LtOrganisationId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(c => c.PlOrganisationId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<CooperationMember> builder)
    {
        builder.ToTable("cooperation_member");
        builder.HasKey(m => new { m.CooperationId, m.MemberId });
        builder.HasIndex(m => m.MemberId);
        builder.HasPerson(m => m.MemberId);
        builder.HasOne<Cooperation>().WithMany().HasForeignKey(m => m.CooperationId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<CooperationStep> builder)
    {
        builder.ToTable("cooperation_step");
        builder.HasIndex(s => s.CooperationId);
        builder.HasPerson(s => s.SaidById, Erasure.Anonymise);
        builder.Property(s => s.State).IsConcurrencyToken();
        builder.HasPerson(s => s.AnsweredById, Erasure.Anonymise);
        builder.HasOne<Cooperation>().WithMany().HasForeignKey(s => s.CooperationId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class CooperationSets
{
    extension(NetworkDb db)
    {
        public DbSet<Cooperation> Cooperations => db.Set<Cooperation>();

        public DbSet<CooperationMember> CooperationMembers => db.Set<CooperationMember>();

        public DbSet<CooperationStep> CooperationSteps => db.Set<CooperationStep>();
    }
}
