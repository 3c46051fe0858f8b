using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Rounds;

public enum RoundState
{
    /// <summary>Begun; the pairs are being made.</summary>
    Open,

    /// <summary>The pairs stand and wait for a coordinator's look.</summary>
    Matched,

    /// <summary>Approved; the introductions go out.</summary>
    Reviewed,

    /// <summary>Everybody was told. Whoever becomes free meanwhile is matched again.</summary>
    Sent,

    Closed,
}

/// <summary>
/// A month's round: everybody who takes part is assigned a partner at once. There is one a month, whoever starts it. Each state is
/// left once, by a claim in the database, so that a crash or a second server can neither skip nor repeat a step.
/// </summary>
public sealed class Round
{
    /// <summary>The most partners that a member can wish for in a month.</summary>
    public const int MostPartners = 5;

    /// <summary>So many rounds in a row without any answer, and the member is asked whether to pause.</summary>
    public const int SilentRoundsUntilAsked = 3;

    /// <summary>How long after it was sent those who become free are still matched again; after it, the round is closed.</summary>
    public static readonly TimeSpan OpenAfterSending = TimeSpan.FromDays(14);

    public long Id { get; init; }

    /// <summary><c>2026-11</c>; unique.</summary>
    public required string Month { get; init; }

    public RoundState State { get; set; } = RoundState.Open;

    /// <summary>The coordinator who began it; null where the calendar did.</summary>
    public long? StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? MatchedAt { get; set; }

    /// <summary>When the coordinators were reminded that it waits for them.</summary>
    public DateTimeOffset? RemindedAt { get; set; }

    /// <summary>The coordinator who approved it; null where nobody did in time.</summary>
    public long? ReviewedBy { get; set; }

    public DateTimeOffset? ReviewedAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Sum of the scores and of the bonuses for first partners, as the search left it.</summary>
    public double Value { get; set; }

    /// <summary>No round of these members can be worth more: the certificate.</summary>
    public double Bound { get; set; }

    /// <summary>Members in Lithuania who took part, got a partner, and could have got one at best.</summary>
    public int LithuaniaMembers { get; set; }

    public int LithuaniaCovered { get; set; }

    public int LithuaniaAttainable { get; set; }

    public int PolandMembers { get; set; }

    public int PolandCovered { get; set; }

    public int PolandAttainable { get; set; }
}

/// <summary>Two members whom a round means to introduce. What becomes of them stands in their introduction.</summary>
public sealed class RoundPair
{
    public long Id { get; init; }

    public required long RoundId { get; init; }

    public required long LithuanianId { get; init; }

    public required long PolishId { get; init; }

    public required double Score { get; init; }

    /// <summary>Put together by a coordinator.</summary>
    public bool IsByHand { get; init; }

    /// <summary>The introduction was made, or could not be made any more.</summary>
    public bool IsDone { get; set; }

    public long OtherThan(long memberId) => LithuanianId == memberId ? PolishId : LithuanianId;
}

/// <summary>One member's part in a round; of the member's last round it says what counts in the next.</summary>
public sealed class RoundSeat
{
    public required long RoundId { get; init; }

    public required long MemberId { get; init; }

    /// <summary>How many partners the member was ready for.</summary>
    public required int Capacity { get; init; }

    /// <summary>Why the round has nobody for the member; null once it has somebody.</summary>
    public LeftOutReason? LeftOut { get; set; }

    /// <summary>How many rounds in a row had nobody for the member before this one.</summary>
    public required int RoundsWaited { get; init; }

    /// <summary>How many rounds in a row the member has not answered, with this one once it is closed.</summary>
    public int SilentRounds { get; set; }

    /// <summary>Whoever was left out was told so.</summary>
    public bool WasTold { get; set; }
}

internal sealed class RoundTables : IEntityTypeConfiguration<Round>, IEntityTypeConfiguration<RoundPair>, IEntityTypeConfiguration<RoundSeat>
{
    public void Configure(EntityTypeBuilder<Round> builder)
    {
        builder.ToTable("round");
        builder.HasIndex(round => round.Month).IsUnique();
        builder.HasPerson(round => round.StartedBy, Erasure.Anonymise);
        builder.HasPerson(round => round.ReviewedBy, Erasure.Anonymise);
    }

    public void Configure(EntityTypeBuilder<RoundPair> builder)
    {
        builder.ToTable("round_pair");
        builder.HasIndex(pair => new { pair.RoundId, pair.LithuanianId, pair.PolishId }).IsUnique();
        builder.HasIndex(pair => pair.LithuanianId);
        builder.HasIndex(pair => pair.PolishId);
        builder.HasPerson(pair => pair.LithuanianId);
        builder.HasPerson(pair => pair.PolishId);
        builder.HasOne<Round>().WithMany().HasForeignKey(pair => pair.RoundId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RoundSeat> builder)
    {
        builder.ToTable("round_seat");
        builder.HasKey(seat => new { seat.RoundId, seat.MemberId });
        builder.HasIndex(seat => seat.MemberId);
        builder.HasPerson(seat => seat.MemberId);
        builder.HasOne<Round>().WithMany().HasForeignKey(seat => seat.RoundId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class RoundSets
{
    extension(NetworkDb db)
    {
        public DbSet<Round> Rounds => db.Set<Round>();

        public DbSet<RoundPair> RoundPairs => db.Set<RoundPair>();

        public DbSet<RoundSeat> RoundSeats => db.Set<RoundSeat>();

        /// <summary>The round that is under way, or the last one; null where there was none.</summary>
        public Task<Round?> LastRoundAsync(CancellationToken ct) => db.Rounds.OrderByDescending(round => round.Id).FirstOrDefaultAsync(ct);
    }
}
