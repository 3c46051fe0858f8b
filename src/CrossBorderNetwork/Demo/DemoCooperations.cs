using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Demo;

/// <summary>
/// What became of the invented introductions: most who accepted met, many do something together, some signed an agreement. The first
/// of them belongs to the coordinator, so that a visitor finds a history.
/// </summary>
internal sealed class DemoCooperations(UnitOfWork work, DemoPeople people, DateTimeOffset now)
{
    private static readonly StepKind[] Kinds = [StepKind.Visit, StepKind.Project, StepKind.Materials];

    /// <param name="introductions">Those that both accepted, saved, the coordinator's first.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task AddAsync(IReadOnlyList<Introduction> introductions, CancellationToken ct)
    {
        foreach (var (introduction, index) in introductions.Select((introduction, index) => (introduction, index)))
        {
            var isFirst = index == 0;
            var hasMet = isFirst || people.Chance(.75);
            foreach (var memberId in new[] { introduction.AskerId, introduction.AskedId })
            {
                work.Db.FollowUps.Add(new FollowUp
                {
                    IntroductionId = introduction.Id, MemberId = memberId, Asked = FollowUpMoment.Month,
                    Answer = hasMet ? FollowUpAnswer.Met : null, AnsweredAt = hasMet ? introduction.AnsweredAt!.Value.AddDays(8) : null,
                });
            }
            var stage = FunnelStage.Accepted;
            if (hasMet) stage = isFirst || people.Chance(.65) ? await CooperateAsync(introduction, isFirst || people.Chance(.6), ct) : FunnelStage.Met;
            await CountFunnel.AdvanceAsync(work, introduction, stage, ct);
        }
    }

    private async Task<FunnelStage> CooperateAsync(Introduction introduction, bool hasAgreement, CancellationToken ct)
    {
        var two = await work.Db.Members.Where(m => m.Id == introduction.AskerId || m.Id == introduction.AskedId).ToListAsync(ct);
        var (lt, pl) = (two.Find(m => m.Side == "LT")!, two.Find(m => m.Side == "PL")!);
        var begun = introduction.AnsweredAt!.Value.AddDays(people.Between(8, 20));
        var cooperation = await work.Db.Cooperations.FirstOrDefaultAsync(
            c => c.LtOrganisationId != null && c.LtOrganisationId == lt.OrganisationId && c.PlOrganisationId != null && c.PlOrganisationId == pl.OrganisationId, ct);
        if (cooperation is null)
        {
            cooperation = new Cooperation { LtOrganisationId = lt.OrganisationId, PlOrganisationId = pl.OrganisationId, StartedAt = begun };
            work.Db.Cooperations.Add(cooperation);
            await work.SaveAsync(ct);
        }
        bool? mayBeTold = people.Chance(.6) ? true : null;
        foreach (var member in two)
            work.Db.CooperationMembers.Add(new CooperationMember { CooperationId = cooperation.Id, MemberId = member.Id, Side = member.Side, JoinedAt = begun, MayBeTold = mayBeTold });
        work.Db.CooperationSteps.Add(Step(cooperation, Kinds[people.Between(0, Kinds.Length - 1)], begun, lt));
        if (hasAgreement) work.Db.CooperationSteps.Add(await AgreementAsync(cooperation, begun, lt, pl, ct));
        await work.SaveAsync(ct);
        return hasAgreement ? FunnelStage.Agreement : FunnelStage.Cooperating;
    }

    private async Task<CooperationStep> AgreementAsync(Cooperation cooperation, DateTimeOffset begun, Member lt, Member pl, CancellationToken ct)
    {
        var signed = begun.AddDays(people.Between(3, 9));
        return new CooperationStep
        {
            CooperationId = cooperation.Id, Kind = StepKind.Agreement, Day = DayOf(signed), SaidById = pl.Id, SaidBySide = pl.Side, SaidAt = signed.AddDays(1),
            PartyLt = await PartyAsync(lt, ct), PartyPl = await PartyAsync(pl, ct), Link = $"https://example.org/agreements/{cooperation.Id}",
            State = StepState.Confirmed, AnsweredById = lt.Id, AnsweredAt = signed.AddDays(2),
        };
    }

    private async Task<string> PartyAsync(Member member, CancellationToken ct) =>
        member.OrganisationId is { } id && await work.Db.Organisations.FindAsync([id], ct) is { } organisation ? organisation.Name : member.Name;

    private CooperationStep Step(Cooperation cooperation, StepKind kind, DateTimeOffset at, Member by) => new()
    {
        CooperationId = cooperation.Id, Kind = kind, Day = DayOf(at < now ? at : now), SaidById = by.Id, SaidBySide = by.Side, SaidAt = at,
    };

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}
