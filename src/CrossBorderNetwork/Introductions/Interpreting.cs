using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Introductions;

public enum InterpretingState
{
    Asked,
    Agreed,

    /// <summary>Said no, or nothing in time.</summary>
    Declined,
}

/// <summary>A volunteer who is asked to interpret for two people that share no language. One after the other, until one agrees.</summary>
public sealed class Interpreting
{
    public required long IntroductionId { get; init; }

    /// <summary>The volunteer.</summary>
    public required long MemberId { get; init; }

    public InterpretingState State { get; set; } = InterpretingState.Asked;

    /// <summary>When the next volunteer is asked; null once there is an answer.</summary>
    public DateTimeOffset? DueAt { get; set; }
}

internal sealed class InterpretingTable : IEntityTypeConfiguration<Interpreting>
{
    public void Configure(EntityTypeBuilder<Interpreting> builder)
    {
        builder.ToTable("interpreting");
        builder.HasKey(interpreting => new { interpreting.IntroductionId, interpreting.MemberId });
        builder.HasIndex(interpreting => interpreting.MemberId);
        builder.HasIndex(interpreting => interpreting.DueAt).HasFilter("due_at IS NOT NULL");
        builder.HasPerson(interpreting => interpreting.MemberId);
        builder.HasOne<Introduction>().WithMany().HasForeignKey(interpreting => interpreting.IntroductionId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class InterpretingSet
{
    extension(NetworkDb db)
    {
        public DbSet<Interpreting> Interpretings => db.Set<Interpreting>();
    }
}
