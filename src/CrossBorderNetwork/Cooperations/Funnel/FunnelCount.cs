using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Cooperations;

/// <summary>How far introductions come. Each stage holds only of those that the one before holds of.</summary>
public enum FunnelStage
{
    Introduced,

    /// <summary>Both accepted: contacts were shown.</summary>
    Accepted,

    /// <summary>One of the two says that they met or talked.</summary>
    Met,

    /// <summary>One of the two says that they do something together.</summary>
    Cooperating,

    /// <summary>A signed agreement, noted by one side and confirmed by the other.</summary>
    Agreement,
}

/// <summary>By what introductions are counted.</summary>
public enum FunnelView
{
    /// <summary>Month of the introduction.</summary>
    Month,

    /// <summary>Side whose member asked, or the monthly round; each introduction has one person on either side.</summary>
    Side,

    /// <summary>Role of each of the two: an introduction counts under both, once where they are the same.</summary>
    Role,

    /// <summary>Municipality of each of the two.</summary>
    Municipality,
}

/// <summary>
/// How many introductions of a month came to a stage: a number that names nobody and only ever grows, so that it stays right when
/// members are erased and their introductions with them.
/// </summary>
public sealed class FunnelCount
{
    /// <summary>Stands for the side where nobody asked.</summary>
    public const string Round = "round";

    /// <summary>Month of the introduction, as <c>2026-10</c>.</summary>
    public required string Month { get; init; }

    public required FunnelView View { get; init; }

    /// <summary>The side, role or municipality; the month itself under <see cref="FunnelView.Month"/>.</summary>
    public required string Value { get; init; }

    public required FunnelStage Stage { get; init; }

    public int Count { get; init; }
}

/// <summary>
/// How far an introduction has been counted, under the words that held when it was made. It goes with the introduction, and needs
/// no person of its own.
/// </summary>
public sealed class CountedIntroduction
{
    public required long IntroductionId { get; init; }

    public required string Month { get; init; }

    public required string Side { get; init; }

    public required string AskerRole { get; init; }

    public required string AskerMunicipality { get; init; }

    public required string AskedRole { get; init; }

    public required string AskedMunicipality { get; init; }

    public FunnelStage Stage { get; set; }
}

internal sealed class FunnelCountTable : IEntityTypeConfiguration<FunnelCount>, IEntityTypeConfiguration<CountedIntroduction>
{
    public void Configure(EntityTypeBuilder<FunnelCount> builder)
    {
        builder.ToTable("funnel_count");
        builder.HasKey(c => new { c.Month, c.View, c.Value, c.Stage });
    }

    public void Configure(EntityTypeBuilder<CountedIntroduction> builder)
    {
        builder.ToTable("counted_introduction");
        builder.HasKey(c => c.IntroductionId);
        builder.Property(c => c.IntroductionId).ValueGeneratedNever();
        builder.HasIndex(c => c.Stage);
        // Of two nodes that count the same stage at once the second begins anew.
        builder.Property(c => c.Stage).IsConcurrencyToken();
        builder.HasOne<Introduction>().WithOne().HasForeignKey<CountedIntroduction>(c => c.IntroductionId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class FunnelSets
{
    extension(NetworkDb db)
    {
        public DbSet<FunnelCount> FunnelCounts => db.Set<FunnelCount>();

        public DbSet<CountedIntroduction> CountedIntroductions => db.Set<CountedIntroduction>();
    }
}
