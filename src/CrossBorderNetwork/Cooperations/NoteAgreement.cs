using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

internal enum AgreementOutcome
{
    Done,

    /// <summary>Such an agreement stands in the history already.</summary>
    Known,

    /// <summary>It was answered before, or the member belongs to the side that noted it.</summary>
    Settled,
    Gone,
}

/// <summary>A signed agreement: noted by one side, and counted from the moment that the other confirms it.</summary>
internal sealed class NoteAgreement(CooperationNotices notices, TimeProvider time)
{
    public async Task<AgreementOutcome> NoteAsync(UnitOfWork work, CooperationMember me, DateOnly day, string partyLt, string partyPl, string? link, CancellationToken ct)
    {
        var isKnown = await work.Db.CooperationSteps.AnyAsync(
            s => s.CooperationId == me.CooperationId && s.Kind == StepKind.Agreement && s.Day == day && s.State != StepState.Rejected, ct);
        if (isKnown) return AgreementOutcome.Known;
        var agreement = new CooperationStep
        {
            CooperationId = me.CooperationId, Kind = StepKind.Agreement, Day = day, SaidById = me.MemberId, SaidBySide = me.Side, SaidAt = time.GetUtcNow(),
            PartyLt = partyLt, PartyPl = partyPl, Link = link,
        };
        work.Db.CooperationSteps.Add(agreement);
        await work.SaveAsync(ct);
        if (await work.Db.Members.FindAsync([me.MemberId], ct) is { } member) await notices.AskToConfirmAsync(work, agreement, member.Name, ct);
        return AgreementOutcome.Done;
    }

    /// <summary>The other side's answer. The first one counts; a second press changes nothing.</summary>
    public async Task<AgreementOutcome> AnswerAsync(UnitOfWork work, CooperationStep agreement, CooperationMember me, bool confirms, CancellationToken ct)
    {
        var wanted = confirms ? StepState.Confirmed : StepState.Rejected;
        if (agreement.State == wanted) return AgreementOutcome.Done;
        if (agreement.State != StepState.Said || agreement.SaidBySide == me.Side) return AgreementOutcome.Settled;
        agreement.State = wanted;
        agreement.AnsweredById = me.MemberId;
        agreement.AnsweredAt = time.GetUtcNow();
        if (confirms && await IntroductionOfAsync(work.Db, agreement, me.MemberId, ct) is { } introduction)
            await CountFunnel.AdvanceAsync(work, introduction, FunnelStage.Agreement, ct);
        if (await work.Db.Members.FindAsync([me.MemberId], ct) is { } member) await notices.AnsweredAsync(work, agreement, member.Name, ct);
        return AgreementOutcome.Done;
    }

    /// <summary>The introduction that the agreement came of: of the two who signed for it, else the first of the cooperation. One agreement counts once.</summary>
    private static async Task<Introduction?> IntroductionOfAsync(NetworkDb db, CooperationStep agreement, long confirmerId, CancellationToken ct)
    {
        var people = await db.CooperationMembers.Where(m => m.CooperationId == agreement.CooperationId).Select(m => m.MemberId).ToListAsync(ct);
        var between = await db.Introductions
            .Where(i => i.State == IntroductionState.Accepted && people.Contains(i.AskerId) && people.Contains(i.AskedId)).OrderBy(i => i.Id).ToListAsync(ct);
        return between.Find(i => agreement.SaidById is { } said && i.Concerns(said) && i.Concerns(confirmerId)) ?? between.FirstOrDefault();
    }
}
