using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Cooperations;

public enum MeetingState
{
    /// <summary>One picked it; the other has not confirmed.</summary>
    Suggested,

    /// <summary>Both said yes.</summary>
    Agreed,

    /// <summary>Another time took its place.</summary>
    Replaced,
    CalledOff,
}

/// <summary>
/// A time for two introduced people to talk. Each suggestion is a row of its own, so that a button always means the time that stood
/// above it; an agreed time holds until the other agrees to a new one.
/// </summary>
public sealed class Meeting
{
    public long Id { get; init; }

    public required long IntroductionId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required long SuggestedById { get; init; }

    public MeetingState State { get; set; } = MeetingState.Suggested;
}

internal sealed class MeetingTable : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> builder)
    {
        builder.ToTable("meeting");
        builder.HasIndex(m => m.IntroductionId);
        builder.HasIndex(m => m.SuggestedById);
        builder.HasPerson(m => m.SuggestedById);
        builder.Property(m => m.State).IsConcurrencyToken();
        builder.HasOne<Introduction>().WithMany().HasForeignKey(m => m.IntroductionId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class MeetingSet
{
    extension(NetworkDb db)
    {
        public DbSet<Meeting> Meetings => db.Set<Meeting>();

        /// <summary>What stands between two introduced people now: the time agreed, and a newer suggestion.</summary>
        public async Task<(Meeting? Agreed, Meeting? Suggested)> OpenMeetingsAsync(long introductionId, CancellationToken ct)
        {
            var open = await db.Set<Meeting>()
                .Where(m => m.IntroductionId == introductionId && (m.State == MeetingState.Agreed || m.State == MeetingState.Suggested)).OrderBy(m => m.Id).ToListAsync(ct);
            return (open.FindLast(m => m.State == MeetingState.Agreed), open.FindLast(m => m.State == MeetingState.Suggested));
        }
    }
}
