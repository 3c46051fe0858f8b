using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>
/// Notes what two sides do together. The first word of two introduced people begins their cooperation; where their organisations
/// cooperate already, the two join that one. The other side learns that it began, and finds everything said in its history.
/// </summary>
internal sealed class Cooperate(CooperationNotices notices, TimeProvider time)
{
    /// <summary>The cooperation of two introduced people, begun where there is none.</summary>
    public async Task<Cooperation?> BeginAsync(UnitOfWork work, Introduction introduction, long memberId, CancellationToken ct)
    {
        var db = work.Db;
        var people = await db.Members.Where(m => m.Id == introduction.AskerId || m.Id == introduction.AskedId).ToListAsync(ct);
        if (people.Find(m => m.Side == "LT") is not { } lt || people.Find(m => m.Side == "PL") is not { } pl) return null;
        var cooperation = await FindAsync(db, lt, pl, ct);
        var isNew = cooperation is null;
        if (cooperation is null)
        {
            cooperation = new Cooperation { LtOrganisationId = lt.OrganisationId, PlOrganisationId = pl.OrganisationId, StartedAt = time.GetUtcNow() };
            db.Cooperations.Add(cooperation);
            await work.SaveAsync(ct);
        }
        foreach (var member in people) await JoinAsync(db, cooperation, member, ct);
        await work.SaveAsync(ct);
        await CountFunnel.AdvanceAsync(work, introduction, FunnelStage.Cooperating, ct);
        if (isNew) await notices.BegunAsync(work, cooperation, memberId, introduction.OtherThan(memberId), ct);
        return cooperation;
    }

    /// <summary>Adds a line to the history. The same said by the same member on the same day is one line.</summary>
    public async Task NoteAsync(UnitOfWork work, CooperationMember me, StepKind kind, DateOnly day, CancellationToken ct)
    {
        var isKnown = await work.Db.CooperationSteps.AnyAsync(s => s.CooperationId == me.CooperationId && s.Kind == kind && s.Day == day && s.SaidById == me.MemberId, ct);
        if (isKnown) return;
        work.Db.CooperationSteps.Add(new CooperationStep
        {
            CooperationId = me.CooperationId, Kind = kind, Day = day, SaidById = me.MemberId, SaidBySide = me.Side, SaidAt = time.GetUtcNow(),
        });
        await work.SaveAsync(ct);
    }

    private static async Task<Cooperation?> FindAsync(NetworkDb db, Member lt, Member pl, CancellationToken ct)
    {
        if (lt.OrganisationId is not null && pl.OrganisationId is not null)
            return await db.Cooperations.FirstOrDefaultAsync(c => c.LtOrganisationId == lt.OrganisationId && c.PlOrganisationId == pl.OrganisationId, ct);
        var members = db.CooperationMembers;
        return await db.Cooperations.FirstOrDefaultAsync(
            c => members.Any(m => m.CooperationId == c.Id && m.MemberId == lt.Id) && members.Any(m => m.CooperationId == c.Id && m.MemberId == pl.Id), ct);
    }

    private async Task JoinAsync(NetworkDb db, Cooperation cooperation, Member member, CancellationToken ct)
    {
        if (await db.CooperationMembers.FindAsync([cooperation.Id, member.Id], ct) is not null) return;
        db.CooperationMembers.Add(new CooperationMember { CooperationId = cooperation.Id, MemberId = member.Id, Side = member.Side, JoinedAt = time.GetUtcNow() });
    }
}
