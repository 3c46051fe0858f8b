using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Cooperations;

/// <summary>How long after contacts were shown a question is asked.</summary>
public enum FollowUpMoment
{
    Week,

    /// <summary>Only of those who said after a week that a meeting is still to come.</summary>
    TwoWeeks,
    Month,
    HalfYear,
}

/// <summary>What one of the two says came of an introduction.</summary>
public enum FollowUpAnswer
{
    Met,
    Planned,
    NotYet,

    /// <summary>They do something together.</summary>
    Together,

    /// <summary>Nothing will come of it: neither of the two is asked again.</summary>
    Over,
}

/// <summary>
/// The questions to one of the two after contacts were shown. Nobody is nagged: it ends with "nothing will come of it", and with the
/// second question in a row that stays without an answer.
/// </summary>
public sealed class FollowUp
{
    public required long IntroductionId { get; init; }

    public required long MemberId { get; init; }

    /// <summary>When the next question is due; null when none will come.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The last question asked.</summary>
    public FollowUpMoment? Asked { get; set; }

    /// <summary>Questions since the last answer.</summary>
    public int Unanswered { get; set; }

    /// <summary>The last answer.</summary>
    public FollowUpAnswer? Answer { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }
}

internal sealed class FollowUpTable : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> builder)
    {
        builder.ToTable("follow_up");
        builder.HasKey(f => new { f.IntroductionId, f.MemberId });
        builder.HasIndex(f => f.MemberId);
        builder.HasIndex(f => f.DueAt).HasFilter("due_at IS NOT NULL");
        builder.HasPerson(f => f.MemberId);
        builder.HasOne<Introduction>().WithMany().HasForeignKey(f => f.IntroductionId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class FollowUpSet
{
    extension(NetworkDb db)
    {
        public DbSet<FollowUp> FollowUps => db.Set<FollowUp>();
    }
}
