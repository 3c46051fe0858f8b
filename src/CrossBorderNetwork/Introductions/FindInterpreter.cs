using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>
/// Finds a volunteer who speaks with both, once two people without a common language have said yes. The one asked least comes first;
/// a volunteer's contact is passed on only after the volunteer agreed.
/// </summary>
internal sealed class FindInterpreter(PartnerPool pool, IntroductionNotices notices, TimeProvider time)
{
    /// <summary>Asks the next volunteer; where there is none, tells the two.</summary>
    public async Task AskNextAsync(UnitOfWork work, Introduction introduction, CancellationToken ct)
    {
        var db = work.Db;
        if (await db.Members.FindAsync([introduction.AskerId], ct) is not { } asker || await db.Members.FindAsync([introduction.AskedId], ct) is not { } asked) return;
        var before = await db.Interpretings.Where(known => known.IntroductionId == introduction.Id).Select(known => known.MemberId).ToListAsync(ct);
        var interpretings = db.Interpretings;
        var volunteers = await db.Members.AsNoTracking().Where(member => member.IsBridge && !before.Contains(member.Id))
            .OrderBy(member => interpretings.Count(known => known.MemberId == member.Id)).ThenBy(member => member.Id).ToListAsync(ct);
        foreach (var volunteer in volunteers.Where(volunteer => CanTalk(volunteer, asker) && CanTalk(volunteer, asked)))
        {
            if (!await pool.IsPresentAsync(db, volunteer.Id, ct)) continue;
            db.Interpretings.Add(new Interpreting { IntroductionId = introduction.Id, MemberId = volunteer.Id, DueAt = time.GetUtcNow() + Introduction.Patience });
            await notices.TellAsync(work, introduction, volunteer.Id, "interpret", new JsonObject { ["asker"] = asker.Name, ["asked"] = asked.Name }, ct);
            return;
        }
        await notices.TellAsync(work, introduction, asker.Id, "no-interpreter", new JsonObject { ["partner"] = asked.Name }, ct);
        await notices.TellAsync(work, introduction, asked.Id, "no-interpreter", new JsonObject { ["partner"] = asker.Name }, ct);
    }

    /// <summary>A volunteer's answer. A second press changes nothing.</summary>
    /// <returns>The state that holds; null where nothing was asked, or it was settled otherwise meanwhile.</returns>
    public async Task<InterpretingState?> AnswerAsync(UnitOfWork work, long introductionId, long volunteerId, bool agrees, CancellationToken ct)
    {
        var db = work.Db;
        if (await db.Interpretings.FindAsync([introductionId, volunteerId], ct) is not { } interpreting) return null;
        var wanted = agrees ? InterpretingState.Agreed : InterpretingState.Declined;
        if (interpreting.State != InterpretingState.Asked) return interpreting.State == wanted ? wanted : null;
        if (await db.Introductions.FindAsync([introductionId], ct) is not { } introduction || await db.Members.FindAsync([volunteerId], ct) is not { } volunteer) return null;
        interpreting.State = wanted;
        interpreting.DueAt = null;
        if (agrees) await PassOnAsync(work, introduction, volunteer, ct);
        else await AskNextAsync(work, introduction, ct);
        return wanted;
    }

    private async Task PassOnAsync(UnitOfWork work, Introduction introduction, Member volunteer, CancellationToken ct)
    {
        foreach (var memberId in new[] { introduction.AskerId, introduction.AskedId })
        {
            if (await work.Db.Members.FindAsync([introduction.OtherThan(memberId)], ct) is not { } partner) continue;
            await notices.TellAsync(work, introduction, memberId, "interpreter", new JsonObject { ["name"] = volunteer.Name, ["contact"] = volunteer.Contact, ["partner"] = partner.Name }, ct);
        }
    }

    private static bool CanTalk(Member a, Member b) =>
        a.Id != b.Id && a.Languages.Any(known => known.Value != "understands" && b.Languages.GetValueOrDefault(known.Key) is "converses" or "works");
}

/// <summary>The volunteer's press: <c>with: { agrees: yes }</c> or <c>no</c>.</summary>
internal sealed class AnswerInterpreting(FindInterpreter find) : IDialogAction
{
    public string Name => "introductions.interpret";

    public IReadOnlyList<string> Outcomes => ["agreed", "declined", "settled"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var state = context.Answers.Number("id") is { } id
            ? await find.AnswerAsync(context.Turn.Work, id, context.Turn.PersonId, context.With("agrees") == "yes", ct)
            : null;
        return state switch { InterpretingState.Agreed => "agreed", InterpretingState.Declined => "declined", _ => "settled" };
    }
}
