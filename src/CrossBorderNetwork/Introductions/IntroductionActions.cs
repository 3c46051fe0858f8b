using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>Lists a member's introductions: who waits for an answer, whom the member asked, and the contacts of those accepted.</summary>
internal sealed class ListIntroductions : IDialogAction
{
    private const int MostShown = 10;

    public string Name => "introductions.list";

    public IReadOnlyList<string> Outcomes => ["waiting", "none-waiting", "empty"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        var me = context.Turn.PersonId;
        var all = await db.Introductions.AsNoTracking()
            .Where(introduction => introduction.AskerId == me || introduction.AskedId == me)
            .OrderByDescending(introduction => introduction.Id)
            .ToListAsync(ct);
        var waiting = all.Where(introduction => introduction.WaitsFor(me)).ToList();
        var mine = all.Where(introduction => introduction.IsOpen && introduction.YesBy == me).ToList();
        var accepted = all.Where(introduction => introduction.State == IntroductionState.Accepted).Take(MostShown).ToList();
        var others = waiting.Concat(mine).Concat(accepted).Select(introduction => introduction.OtherThan(me)).ToList();
        var people = await db.Members.AsNoTracking().Where(member => others.Contains(member.Id)).ToDictionaryAsync(member => member.Id, ct);

        context.Answers.Offer("waiting-list", waiting.Select(introduction => new Option(introduction.Id.ToString(CultureInfo.InvariantCulture), Other(introduction).Name)));
        Put("waiting", waiting, _ => "");
        Put("mine", mine, introduction => Line("person-line", Other(introduction)));
        Put("accepted", accepted, introduction => Line("contact-line", Other(introduction)));
        return waiting.Count > 0 ? "waiting" : mine.Count + accepted.Count > 0 ? "none-waiting" : "empty";

        Member Other(Introduction introduction) => people[introduction.OtherThan(me)];

        void Put(string name, List<Introduction> list, Func<Introduction, string> line)
        {
            context.Answers.Set("has-" + name, list.Count > 0);
            context.Answers.Set(name, string.Join('\n', list.Select(line)));
        }

        string Line(string key, Member other) => context.Content.Text("introductions", key, context.Turn.Language, new JsonObject
        {
            ["name"] = other.Name,
            ["municipality"] = other.Municipality,
            ["contact"] = other.Contact,
        }).ToString();
    }
}

/// <summary>Deeds on the introduction whose id a button or a choice gave.</summary>
internal abstract class IntroductionAction(IntroductionNotices notices) : IDialogAction
{
    public abstract string Name { get; }

    public virtual IReadOnlyList<string> Outcomes => ["done", "waiting", "accepted-before", "declined-before", "lapsed", "not-now", "gone"];

    public virtual bool ChangesSomething => true;

    protected IntroductionNotices Notices => notices;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.Answers.Number("id") is not { } id) return "gone";
        var outcome = await AnswerAsync(context, id, ct);
        // Both said yes, now or before: the contact is theirs to see.
        if (await context.Turn.Db.Introductions.FindAsync([id], ct) is { State: IntroductionState.Accepted } introduction
            && introduction.Concerns(context.Turn.PersonId)
            && await context.Turn.Db.Members.FindAsync([introduction.OtherThan(context.Turn.PersonId)], ct) is { } other)
        {
            context.Answers.Set(notices.Contact(introduction, await context.MemberAsync(ct), other));
        }
        return outcome switch
        {
            Answering.Done => "done",
            Answering.Waiting => "waiting",
            Answering.AcceptedBefore => "accepted-before",
            Answering.DeclinedBefore => "declined-before",
            Answering.Lapsed => "lapsed",
            Answering.PostponedBefore => "postponed-before",
            Answering.NotNow => "not-now",
            _ => "gone",
        };
    }

    protected abstract Task<Answering> AnswerAsync(ActionContext context, long introductionId, CancellationToken ct);
}

/// <summary>Shows a question that waits for this member's answer.</summary>
internal sealed class ShowIntroduction(IntroductionNotices notices, PartnerCards cards) : IntroductionAction(notices)
{
    public override string Name => "introductions.show";

    public override bool ChangesSomething => false;

    protected override async Task<Answering> AnswerAsync(ActionContext context, long introductionId, CancellationToken ct)
    {
        var (introduction, state) = await AnswerIntroduction.FindOpenAsync(context.Turn.Db, introductionId, context.Turn.PersonId, ct);
        if (introduction is null) return state;
        if (await cards.ReadAsync(context.Turn.Db, context.Turn.PersonId, introduction.OtherThan(context.Turn.PersonId), ct) is not { } card) return Answering.Gone;
        context.Answers.Set(Notices.Question(introduction, card, context.Turn.Language));
        return Answering.Done;
    }
}

internal sealed class AcceptIntroduction(IntroductionNotices notices, AnswerIntroduction answer) : IntroductionAction(notices)
{
    public override string Name => "introductions.accept";

    protected override Task<Answering> AnswerAsync(ActionContext context, long introductionId, CancellationToken ct) =>
        answer.AcceptAsync(context.Turn.Work, introductionId, context.Turn.PersonId, ct);
}

internal sealed class PostponeIntroduction(IntroductionNotices notices, AnswerIntroduction answer) : IntroductionAction(notices)
{
    public override string Name => "introductions.postpone";

    public override IReadOnlyList<string> Outcomes => [.. base.Outcomes, "postponed-before"];

    protected override Task<Answering> AnswerAsync(ActionContext context, long introductionId, CancellationToken ct) =>
        answer.PostponeAsync(context.Turn.Work, introductionId, context.Turn.PersonId, ct);
}

internal sealed class DeclineIntroduction(IntroductionNotices notices, AnswerIntroduction answer) : IntroductionAction(notices)
{
    public override string Name => "introductions.decline";

    protected override Task<Answering> AnswerAsync(ActionContext context, long introductionId, CancellationToken ct) =>
        answer.DeclineAsync(context.Turn.Work, introductionId, context.Turn.PersonId, ct);
}

/// <summary>Keeps the reason of a "no" for statistics.</summary>
internal sealed class GiveDeclineReason : IDialogAction
{
    public string Name => "introductions.give-reason";

    public IReadOnlyList<string> Outcomes => ["done"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.Answers.Number("id") is { } id)
            await AnswerIntroduction.GiveReasonAsync(context.Turn.Db, id, context.Turn.PersonId, context.Answers.Text("reason"), ct);
        return "done";
    }
}
