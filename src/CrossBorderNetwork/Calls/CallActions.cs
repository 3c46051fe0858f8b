using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Calls;

/// <summary>Offers the open calls as <c>calls</c>: own ones and those that fit first.</summary>
internal sealed class ListCalls : IDialogAction
{
    /// <summary>More than a person reads in a chat.</summary>
    private const int Most = 50;

    public string Name => "calls.list";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (turn, language) = (context.Turn, context.Turn.Language);
        var member = await turn.Db.Members.FindAsync([turn.PersonId], ct);
        var open = await turn.Db.OpenCalls(turn.Now).AsNoTracking().ToListAsync(ct);
        var listed = open.OrderByDescending(c => c.AuthorId == turn.PersonId).ThenByDescending(c => member is null ? 0 : CallFit.For(c, member, language)).Take(Most).ToList();
        context.Answers.Offer("calls", listed.Select(c => new Option(c.Id.ToString(CultureInfo.InvariantCulture), ReadTexts.For(language, c.Title, c.Description).Label())));
        context.Answers.Set("count", listed.Count);
        return listed.Count > 0 ? "some" : "none";
    }
}

/// <summary>Leaves all that the card of the call <c>id</c> says, and what the reader can do with it as <c>deeds</c>.</summary>
internal sealed class ShowCall(DeepLinks links) : IDialogAction
{
    public string Name => "calls.show";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (answers, turn) = (context.Answers, context.Turn);
        if (answers.Number("id") is not { } id || await turn.Db.Calls.FindAsync([id], ct) is not { } call) return "gone";
        var standing = new CallStanding(
            call.IsOpenAt(turn.Now),
            call.Outcome,
            (await turn.Db.Members.FindAsync([call.AuthorId], ct))?.Name,
            call.AuthorId == turn.PersonId,
            await turn.Db.Interests.CountAsync(i => i.CallId == id, ct),
            await turn.Db.Interests.AnyAsync(i => i.CallId == id && i.MemberId == turn.PersonId, ct));
        CallCard.Write(answers, call, context.Content, turn.Language);
        standing.Write(answers);
        if (standing.IsMine) answers.Set("share", links.To("call-" + answers.Text("id")) ?? ReadTexts.None);
        answers.Remove("deed");
        answers.Offer("deeds", standing.Deeds().Select(deed => new Option(deed, context.Content.Text("calls", "deeds." + deed, turn.Language, []).ToString())));
        return "found";
    }
}

/// <summary>Leaves what the author of the call <c>id</c> would see of the reader, before the reader agrees.</summary>
internal sealed class BeforeInterest : IDialogAction
{
    public string Name => "calls.before-interest";

    public IReadOnlyList<string> Outcomes => ["open", "already", "closed"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, me) = (context.Turn.Db, context.Turn.PersonId);
        var id = context.Answers.Number("id") ?? 0;
        if (await db.Calls.FindAsync([id], ct) is not { } call || call.AuthorId == me || !call.IsOpenAt(context.Turn.Now)) return "closed";
        if (await db.Interests.AnyAsync(i => i.CallId == id && i.MemberId == me, ct)) return "already";
        context.Answers.Remove("line");
        context.Answers.Set("contact", (await db.Members.FindAsync([me], ct))?.Contact);
        context.Answers.Set("title", ReadTexts.For(context.Turn.Language, call.Title, call.Description).Title);
        return "open";
    }
}

/// <summary>Shows interest in the call <c>id</c>, with the answer <c>line</c> if there is one.</summary>
internal sealed class ShowInterest(Interests interests) : IDialogAction
{
    public string Name => "calls.show-interest";

    public IReadOnlyList<string> Outcomes => ["shown", "already", "closed"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var line = context.Answers.Has("line") ? context.Answers.Text("line") : null;
        return await interests.ShowAsync(context.Turn.Work, context.Answers.Number("id") ?? 0, context.Turn.PersonId, line, ct) switch
        {
            InterestOutcome.Shown => "shown",
            InterestOutcome.AlreadyShown => "already",
            _ => "closed",
        };
    }
}

/// <summary>Takes the interest in the call <c>id</c> back.</summary>
internal sealed class WithdrawInterest : IDialogAction
{
    public string Name => "calls.withdraw-interest";

    public IReadOnlyList<string> Outcomes => ["withdrawn", "was-not"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct) =>
        await Interests.WithdrawAsync(context.Turn.Work, context.Answers.Number("id") ?? 0, context.Turn.PersonId, ct) == InterestOutcome.Withdrawn ? "withdrawn" : "was-not";
}

/// <summary>Leaves who is interested in the call <c>id</c> as <c>people</c>, for its author only.</summary>
internal sealed class ListInterested(Rights rights) : IDialogAction
{
    public string Name => "calls.people";

    public IReadOnlyList<string> Outcomes => ["listed", "nobody", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, me) = (context.Turn.Db, context.Turn.PersonId);
        var id = context.Answers.Number("id") ?? 0;
        if (await db.Calls.FindAsync([id], ct) is not { } call || call.AuthorId != me)
        {
            rights.Note(db, me, "denied:call.people", context.Answers.Text("id"));
            return "denied";
        }
        var people = await Interests.InAsync(db, id, ct);
        context.Answers.Set("people", string.Join("\n\n", people.Select((p, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {string.Join(", ", new[] { p.Name, p.Organisation, p.Contact }.OfType<string>())}") + (p.Line is null ? "" : "\n" + p.Line))));
        return people.Count > 0 ? "listed" : "nobody";
    }
}

/// <summary>Closes the call <c>id</c> with the answer <c>outcome</c>.</summary>
internal sealed class CloseOwnCall(CloseCall close) : IDialogAction
{
    public string Name => "calls.close";

    public IReadOnlyList<string> Outcomes => ["closed", "already-closed", "not-yours"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var outcome = context.Answers.Text("outcome") == "partner-found" ? CallOutcome.PartnerFound : CallOutcome.NobodyFound;
        return await close.RunAsync(context.Turn.Work, context.Turn.PersonId, context.Answers.Number("id") ?? 0, outcome, ct) switch
        {
            CloseOutcome.Closed => "closed",
            CloseOutcome.AlreadyClosed => "already-closed",
            _ => "not-yours",
        };
    }
}
