using CrossBorderNetwork.Conversations;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>Leaves the two parties as they are known, before an agreement is noted.</summary>
internal sealed class ProposeParties(CooperationCard card) : IDialogAction
{
    public string Name => "cooperations.parties";

    public IReadOnlyList<string> Outcomes => ["known", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.CooperationAsync(ct) is not var (cooperation, _)) return "gone";
        foreach (var answer in new[] { "day", "party-lt", "party-pl", "link", "parties" }) context.Answers.Remove(answer);
        context.Answers.Set("lt", await card.PartyAsync(context.Turn.Db, cooperation, "LT", context.Turn.Language, ct));
        context.Answers.Set("pl", await card.PartyAsync(context.Turn.Db, cooperation, "PL", context.Turn.Language, ct));
        return "known";
    }
}

/// <summary>Notes the agreement of the answers <c>day</c>, <c>party-lt</c>, <c>party-pl</c> (else the known parties) and <c>link</c>.</summary>
internal sealed class NoteAgreementStep(NoteAgreement note) : IDialogAction
{
    public string Name => "cooperations.agree";

    public IReadOnlyList<string> Outcomes => ["noted", "known", "not-secure", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.CooperationAsync(ct) is not var (_, me)) return "gone";
        var answers = context.Answers;
        var link = answers.Text("link");
        if (link.Length > 0 && !link.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return "not-secure";
        var outcome = await note.NoteAsync(
            context.Turn.Work, me, context.DayAnswered(), Party("party-lt", "lt"), Party("party-pl", "pl"), link.Length > 0 ? link : null, ct);
        return outcome == AgreementOutcome.Known ? "known" : "noted";

        string Party(string typed, string known) => answers.Text(typed) is { Length: > 0 } name ? name : answers.Text(known);
    }
}

/// <summary>Leaves the agreement that waits for the reader's word as <c>agreement</c>: the one a button names, else the oldest of the cooperation <c>id</c>.</summary>
internal sealed class ShowAgreement : IDialogAction
{
    public string Name => "cooperations.waiting";

    public IReadOnlyList<string> Outcomes => ["waiting", "none", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.CooperationAsync(ct) is not var (cooperation, me)) return "gone";
        var waiting = await context.Turn.Db.CooperationSteps.AsNoTracking()
            .Where(s => s.CooperationId == cooperation.Id && s.Kind == StepKind.Agreement && s.State == StepState.Said && s.SaidBySide != me.Side)
            .OrderBy(s => s.Id).FirstOrDefaultAsync(ct);
        if (waiting is null) return "none";
        context.Answers.Set(CooperationNotices.AgreementValues(waiting));
        context.Answers.Set("agreement", waiting.Id);
        return "waiting";
    }
}

/// <summary>The other side's word on an agreement: <c>with: { confirms: yes }</c>. A message's button names the agreement as <c>id</c>.</summary>
internal sealed class AnswerAgreement(NoteAgreement note) : IDialogAction
{
    public string Name => "cooperations.answer-agreement";

    public IReadOnlyList<string> Outcomes => ["confirmed", "rejected", "settled", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        var id = context.Answers.Number("agreement") ?? context.Answers.Number("id");
        if (id is null || await db.CooperationSteps.FindAsync([id.Value], ct) is not { Kind: StepKind.Agreement } agreement) return "gone";
        if (await db.CooperationMembers.FindAsync([agreement.CooperationId, context.Turn.PersonId], ct) is not { } me) return "gone";
        context.Answers.Set("id", agreement.CooperationId);
        context.Answers.Remove("agreement");
        var confirms = context.With("confirms") == "yes";
        return await note.AnswerAsync(context.Turn.Work, agreement, me, confirms, ct) == AgreementOutcome.Done ? confirms ? "confirmed" : "rejected" : "settled";
    }
}
