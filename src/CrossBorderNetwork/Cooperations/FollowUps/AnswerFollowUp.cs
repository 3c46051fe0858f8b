using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;

namespace CrossBorderNetwork.Cooperations;

/// <summary>Keeps what one of the two says came of their introduction. The last word counts; the same button pressed again changes nothing.</summary>
internal sealed class AnswerFollowUp(TimeProvider time)
{
    /// <returns>The introduction, or null where it is gone or not this member's.</returns>
    public async Task<Introduction?> RunAsync(UnitOfWork work, long introductionId, long memberId, FollowUpAnswer answer, CancellationToken ct)
    {
        if (await work.Db.Introductions.FindAsync([introductionId], ct) is not { State: IntroductionState.Accepted, AnsweredAt: { } shownAt } introduction
            || !introduction.Concerns(memberId)) return null;
        var mine = await FindAsync(work.Db, introductionId, memberId, ct);
        mine.Answer = answer;
        mine.AnsweredAt = time.GetUtcNow();
        mine.Unanswered = 0;
        mine.DueAt = FollowUpPlan.Next(mine, shownAt);
        if (answer == FollowUpAnswer.Over) (await FindAsync(work.Db, introductionId, introduction.OtherThan(memberId), ct)).DueAt = null;
        if (answer is FollowUpAnswer.Met or FollowUpAnswer.Together) await CountFunnel.AdvanceAsync(work, introduction, FunnelStage.Met, ct);
        return introduction;
    }

    private static async Task<FollowUp> FindAsync(NetworkDb db, long introductionId, long memberId, CancellationToken ct)
    {
        if (await db.FollowUps.FindAsync([introductionId, memberId], ct) is { } known) return known;
        var begun = new FollowUp { IntroductionId = introductionId, MemberId = memberId };
        db.FollowUps.Add(begun);
        return begun;
    }
}
