using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Matching;

/// <summary>
/// Whom a member does not want to be shown: for a while, or for good. For good counts in both directions and is told to nobody.
/// </summary>
public sealed class SetAside
{
    public static readonly TimeSpan While = TimeSpan.FromDays(30);

    public required long MemberId { get; init; }

    public required long OtherId { get; init; }

    /// <summary>Null: for good.</summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>An organisation whose people a member does not want to meet. Counts in both directions and is told to nobody.</summary>
public sealed class OrganisationSetAside
{
    public required long MemberId { get; init; }

    public required long OrganisationId { get; init; }
}

internal sealed class SetAsideTable : IEntityTypeConfiguration<SetAside>, IEntityTypeConfiguration<OrganisationSetAside>
{
    public void Configure(EntityTypeBuilder<SetAside> builder)
    {
        builder.ToTable("set_aside");
        builder.HasKey(aside => new { aside.MemberId, aside.OtherId });
        builder.HasIndex(aside => aside.OtherId);
        builder.HasPerson(aside => aside.MemberId);
        builder.HasPerson(aside => aside.OtherId).IsConfidential(aside => aside.OtherId);
    }

    public void Configure(EntityTypeBuilder<OrganisationSetAside> builder)
    {
        builder.ToTable("organisation_set_aside");
        builder.HasKey(aside => new { aside.MemberId, aside.OrganisationId });
        builder.HasIndex(aside => aside.OrganisationId);
        builder.HasPerson(aside => aside.MemberId);
        builder.HasOne<Organisation>().WithMany().HasForeignKey(aside => aside.OrganisationId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Who has set whom aside.</summary>
public sealed class PairSetAside
{
    public long One { get; init; }

    public long Other { get; init; }
}

public static class SetAsideSet
{
    extension(NetworkDb db)
    {
        public DbSet<SetAside> SetAsides => db.Set<SetAside>();

        public DbSet<OrganisationSetAside> OrganisationsSetAside => db.Set<OrganisationSetAside>();

        /// <summary>Who must not be shown to a member at this instant.</summary>
        public IQueryable<long> SetAsideFor(long memberId, DateTimeOffset now) =>
            db.PairsSetAside(now).Where(pair => pair.One == memberId).Select(pair => pair.Other)
                .Union(db.Set<SetAside>().Where(aside => aside.OtherId == memberId && aside.Until == null).Select(aside => aside.MemberId))
                .Union(db.Set<Member>().Where(member => member.Id == memberId)
                    .Join(db.OrganisationsSetAside, member => member.OrganisationId, aside => (long?)aside.OrganisationId, (_, aside) => aside.MemberId));

        /// <summary>Pairs of which the one has set the other, or the other's organisation, aside.</summary>
        public IQueryable<PairSetAside> PairsSetAside(DateTimeOffset now) =>
            db.Set<SetAside>().Where(aside => aside.Until == null || aside.Until > now).Select(aside => new PairSetAside { One = aside.MemberId, Other = aside.OtherId })
                .Concat(db.OrganisationsSetAside
                    .Join(db.Set<Member>(), aside => (long?)aside.OrganisationId, member => member.OrganisationId, (aside, member) => new PairSetAside { One = aside.MemberId, Other = member.Id }));

        /// <summary>Sets a person aside; what was decided for good stays.</summary>
        /// <param name="memberId">Who decides.</param>
        /// <param name="otherId">Who is not to be shown.</param>
        /// <param name="until">Null: for good.</param>
        /// <param name="ct">Cancels the look-up.</param>
        public async Task SetAsideAsync(long memberId, long otherId, DateTimeOffset? until, CancellationToken ct)
        {
            if (await db.Set<SetAside>().FindAsync([memberId, otherId], ct) is not { } known)
                db.Set<SetAside>().Add(new SetAside { MemberId = memberId, OtherId = otherId, Until = until });
            else if (known.Until is not null) known.Until = until;
        }
    }
}
