using CrossBorderNetwork.Data;
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

internal sealed class SetAsideTable : IEntityTypeConfiguration<SetAside>
{
    public void Configure(EntityTypeBuilder<SetAside> builder)
    {
        builder.ToTable("set_aside");
        builder.HasKey(aside => new { aside.MemberId, aside.OtherId });
        builder.HasIndex(aside => aside.OtherId);
        builder.HasPerson(aside => aside.MemberId);
        builder.HasPerson(aside => aside.OtherId);
    }
}

public static class SetAsideSet
{
    extension(NetworkDb db)
    {
        public DbSet<SetAside> SetAsides => db.Set<SetAside>();

        /// <summary>Who must not be shown to a member at this instant.</summary>
        public IQueryable<long> SetAsideFor(long memberId, DateTimeOffset now) => db.Set<SetAside>()
            .Where(aside => (aside.MemberId == memberId && (aside.Until == null || aside.Until > now)) || (aside.OtherId == memberId && aside.Until == null))
            .Select(aside => aside.MemberId == memberId ? aside.OtherId : aside.MemberId);

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
