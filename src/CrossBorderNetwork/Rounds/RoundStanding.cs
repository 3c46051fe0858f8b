using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>How a member's introductions of one round stand.</summary>
/// <param name="Seat">The member's part in the round.</param>
/// <param name="Introductions">All that the round has made for the member.</param>
internal sealed record RoundStanding(RoundSeat Seat, IReadOnlyList<Introduction> Introductions)
{
    /// <summary>Nobody is proposed to more people than wished for and two more, however many say no.</summary>
    private const int MostReplacements = 2;

    private long Me => Seat.MemberId;

    private int Live => Introductions.Count(introduction => introduction.IsOpen || introduction.State == IntroductionState.Accepted);

    /// <summary>How many partners the member could get at once: free by another's no or silence, by an own no, or left out.</summary>
    public int FreePlaces => Introductions.Any(WantsNobodyElse)
        ? 0
        : Math.Max(0, Math.Min(Seat.Capacity - Live, Seat.Capacity + MostReplacements - Introductions.Count));

    /// <summary>The member was proposed to somebody and answered nobody.</summary>
    public bool IsSilent => Introductions.Count > 0 && Introductions.All(WasUnanswered);

    /// <summary>The member has nobody, because of others.</summary>
    public bool WasLeft => Introductions.Count > 0 && Live == 0 && Introductions.All(introduction =>
        introduction.NoBy is { } no ? no != Me : introduction.YesBy == Me);

    public static async Task<List<RoundStanding>> ReadAsync(NetworkDb db, IQueryable<RoundSeat> seats, long roundId, CancellationToken ct)
    {
        var introductions = await db.Introductions.AsNoTracking().Where(introduction => introduction.RoundId == roundId).ToListAsync(ct);
        var byMember = introductions.SelectMany(introduction => new[] { (introduction.AskerId, introduction), (introduction.AskedId, introduction) })
            .ToLookup(entry => entry.Item1, entry => entry.introduction);
        return [.. (await seats.Where(seat => seat.RoundId == roundId).ToListAsync(ct)).Select(seat => new RoundStanding(seat, [.. byMember[seat.MemberId]]))];
    }

    private bool WasUnanswered(Introduction introduction) =>
        introduction.State == IntroductionState.Lapsed && introduction.YesBy != Me && introduction.PostponedBy != Me;

    // Whoever does not answer has no time for another; and whoever says so is believed.
    private bool WantsNobodyElse(Introduction introduction) =>
        WasUnanswered(introduction) || (introduction.NoBy == Me && introduction.DeclineReason is "time" or "enough");
}
