using System.Globalization;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Introductions;

public enum IntroductionState
{
    /// <summary>Whoever has not said yes was asked and has not answered.</summary>
    Asked,

    /// <summary>One of those asked wants to be asked again later.</summary>
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
/// A wish to introduce two members, and what became of it: one asked for the other, which is the asker's yes, or a round proposes
/// them to each other and asks both. Contacts are shown only once both said yes. A pair has at most one, whoever asks.
/// </summary>
public sealed class Introduction
{
    /// <summary>How long a member's question waits: until the reminder, and again until it lapses.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    /// <summary>How long the question of a round waits until the reminder; 72 hours in all, for the other one shall not wait in vain.</summary>
    public static readonly TimeSpan RoundsPatience = TimeSpan.FromHours(48);

    public static readonly TimeSpan RoundsLastCall = TimeSpan.FromHours(24);

    /// <summary>How long "later" is.</summary>
    public static readonly TimeSpan Postponement = TimeSpan.FromDays(3);

    public long Id { get; init; }

    /// <summary>Who asked; of a round's pair, the one in Lithuania.</summary>
    public required long AskerId { get; init; }

    public required long AskedId { get; init; }

    /// <summary>The round that proposes the two to each other; null where one asked for the other.</summary>
    public long? RoundId { get; init; }

    /// <summary>Both ids in one order: unique, so that two who ask at once, or one who presses twice, make one introduction.</summary>
    public required string Pair { get; init; }

    public IntroductionState State { get; set; } = IntroductionState.Asked;

    /// <summary>When the job has something to do with it; null when all is done.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Who of the two has said yes so far; the contacts are shown with the second yes.</summary>
    public long? YesBy { get; set; }

    public long? NoBy { get; set; }

    /// <summary>Who took "later"; it is taken once.</summary>
    public long? PostponedBy { get; set; }

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

    /// <summary>Whether it can still be answered.</summary>
    public bool IsOpen => State is IntroductionState.Asked or IntroductionState.Postponed or IntroductionState.Reminded;

    public static string PairOf(long memberId, long otherId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Min(memberId, otherId)}-{Math.Max(memberId, otherId)}");

    public bool WaitsFor(long memberId) => IsOpen && Concerns(memberId) && YesBy != memberId;

    /// <summary>How long after the reminder it lapses.</summary>
    public TimeSpan LastCall => RoundId is null ? Patience : RoundsLastCall;

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
        builder.HasIndex(introduction => introduction.RoundId);
        builder.HasPerson(introduction => introduction.AskerId);
        builder.HasPerson(introduction => introduction.AskedId);
        builder.IsOnlyFor(introduction => introduction.YesBy, introduction => introduction.YesBy);
        builder.IsOnlyFor(introduction => introduction.NoBy, introduction => introduction.NoBy);
        builder.IsOnlyFor(introduction => introduction.PostponedBy, introduction => introduction.PostponedBy);
        builder.IsOnlyFor(introduction => introduction.DeclineReason, introduction => introduction.NoBy);
        builder.HasIndex(introduction => introduction.DueAt).HasFilter("due_at IS NOT NULL");
    }
}

public static class IntroductionSets
{
    extension(NetworkDb db)
    {
        public DbSet<Introduction> Introductions => db.Set<Introduction>();

        /// <summary>Introductions that can still be answered.</summary>
        public IQueryable<Introduction> OpenIntroductions => db.Set<Introduction>().Where(introduction =>
            introduction.State == IntroductionState.Asked || introduction.State == IntroductionState.Postponed || introduction.State == IntroductionState.Reminded);

        /// <summary>Introductions that wait for a member's answer.</summary>
        public IQueryable<Introduction> IntroductionsWaitingFor(long memberId) => db.OpenIntroductions.Where(introduction =>
            (introduction.AskerId == memberId || introduction.AskedId == memberId) && introduction.YesBy != memberId);
    }
}
