using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>
/// Before a person is erased: what the person's introductions came to is counted, and agreements that name the person as a party,
/// for want of an organisation, name nobody there any more.
/// </summary>
internal static class LeaveCooperations
{
    public static async Task RunAsync(UnitOfWork work, long personId, CancellationToken ct)
    {
        var db = work.Db;
        foreach (var introduction in await db.Introductions.Where(i => i.AskerId == personId || i.AskedId == personId).ToListAsync(ct))
            await CountFunnel.AdvanceAsync(work, introduction, CountFunnel.StageOf(introduction), ct);
        var agreements = await (
            from mine in db.CooperationMembers
            join step in db.CooperationSteps on mine.CooperationId equals step.CooperationId
            join cooperation in db.Cooperations on mine.CooperationId equals cooperation.Id
            where mine.MemberId == personId && step.Kind == StepKind.Agreement
            select new { Step = step, mine.Side, cooperation.LtOrganisationId, cooperation.PlOrganisationId }).ToListAsync(ct);
        foreach (var agreement in agreements)
        {
            if (agreement is { Side: "LT", LtOrganisationId: null }) agreement.Step.PartyLt = null;
            if (agreement is { Side: "PL", PlOrganisationId: null }) agreement.Step.PartyPl = null;
        }
    }
}
