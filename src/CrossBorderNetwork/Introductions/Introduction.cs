using System.Globalization;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Introductions;

public enum IntroductionState
{
    /// <summary>The other person was asked and has not answered.</summary>
    Asked,

    /// <summary>The other person wants to be asked again later.</summary>
    Postponed,

    /// <summary>Asked for the second time; without an answer it lapses.</summary>
    Reminded,

    /// <summary>Both said yes: each has the other's contact.</summary>
    Accepted,

    Declined,

    /// <summary>There was no answer.</summary>
    Lapsed,
}

/// <summary>
/// One member's wish to be introduced to another, and what became of it. The asker's yes is the asking; contacts are shown only once
/// the asked said yes too. A pair has at most one, whoever asks.
/// </summary>
public sealed class Introduction
{
    /// <summary>How long a question waits: until the reminder, and again until it lapses.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    /// <summary>How long "later" is.</summary>
    public static readonly TimeSpan Postponement = TimeSpan.FromDays(3);

    public long Id { get; init; }

    public required long AskerId { get; init; }

    public required long AskedId { get; init; }

    /// <summary>Both ids in one order: unique, so that two who ask at once, or one who presses twice, make one introduction.</summary>
    public required string Pair { get; init; }

    public IntroductionState State { get; set; } = IntroductionState.Asked;

    /// <summary>When the job has something to do with it; null when all is done.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>"Later" is taken once.</summary>
    public bool WasPostponed { get; set; }

    /// <summary>A line from the asker, as written.</summary>
    public string? Line { get; init; }

    /// <summary>The language in which the asker used the network when writing the line.</summary>
    public required string LineLanguage { get; init; }

    /// <summary>The best language that both speak; null where a third person has to interpret.</summary>
    public string? SharedLanguage { get; init; }

    /// <summary>Why it was declined, for statistics; nobody is told.</summary>
    public string? DeclineReason { get; set; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Whether the asked can still answer.</summary>
    public bool IsOpen => State is IntroductionState.Asked or IntroductionState.Postponed or IntroductionState.Reminded;

    public static string PairOf(long memberId, long otherId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Min(memberId, otherId)}-{Math.Max(memberId, otherId)}");

    public bool Concerns(long memberId) => AskerId == memberId || AskedId == memberId;

    public long OtherThan(long memberId) => AskerId == memberId ? AskedId : AskerId;
}

internal sealed class IntroductionTable : IEntityTypeConfiguration<Introduction>
{
    public void Configure(EntityTypeBuilder<Introduction> builder)
    {
        builder.ToTable("introduction");
        builder.HasIndex(introduction => introduction.Pair).IsUnique();
        builder.HasIndex(introduction => introduction.AskerId);
        builder.HasIndex(introduction => introduction.AskedId);
        builder.HasPerson(introduction => introduction.AskerId);
        builder.HasPerson(introduction => introduction.AskedId);
        builder.HasIndex(introduction => introduction.DueAt).HasFilter("due_at IS NOT NULL");
    }
}

public static class IntroductionSets
{
    extension(NetworkDb db)
    {
        public DbSet<Introduction> Introductions => db.Set<Introduction>();

        /// <summary>Introductions that the asked can still answer.</summary>
        public IQueryable<Introduction> OpenIntroductions => db.Set<Introduction>().Where(introduction =>
            introduction.State == IntroductionState.Asked || introduction.State == IntroductionState.Postponed || introduction.State == IntroductionState.Reminded);
    }
}
