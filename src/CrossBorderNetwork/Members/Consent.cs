using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Members;

/// <summary>
/// One line of the consent ledger, which is only ever added to: who agreed to or withdrew from what, in which words, when
/// (GDPR Art. 7(1): the controller must be able to demonstrate consent).
/// </summary>
public sealed class Consent
{
    public long Id { get; init; }

    public required long MemberId { get; init; }

    /// <summary>Key in the list of purposes.</summary>
    public required string Purpose { get; init; }

    public required bool Given { get; init; }

    /// <summary>SHA-256 of the sentence that was shown.</summary>
    public required string TextHash { get; init; }

    public required string Language { get; init; }

    public required string Channel { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A right to publish and announce, given by another coordinator. Those named in the settings need no row.</summary>
public sealed class Coordinator
{
    public required long PersonId { get; init; }

    /// <summary>Side whose coordinator the person is: <c>LT</c> or <c>PL</c>.</summary>
    public required string Side { get; init; }

    public required long AppointedBy { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class ConsentTable : IEntityTypeConfiguration<Consent>, IEntityTypeConfiguration<Coordinator>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consent");
        builder.HasIndex(c => c.MemberId);
        builder.HasPerson(c => c.MemberId, Erasure.Anonymise);
    }

    public void Configure(EntityTypeBuilder<Coordinator> builder)
    {
        builder.ToTable("coordinator");
        builder.HasKey(c => c.PersonId);
        builder.Property(c => c.PersonId).ValueGeneratedNever();
        builder.HasPerson(c => c.PersonId);
        builder.HasPerson(c => c.AppointedBy, Erasure.Anonymise);
    }
}

public static class ConsentSets
{
    extension(NetworkDb db)
    {
        public DbSet<Consent> Consents => db.Set<Consent>();

        public DbSet<Coordinator> Coordinators => db.Set<Coordinator>();
    }
}
