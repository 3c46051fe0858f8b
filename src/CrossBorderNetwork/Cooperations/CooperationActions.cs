using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

internal static class CooperationTurns
{
    extension(ActionContext context)
    {
        /// <summary>The cooperation of the answer <c>id</c> and the reader's part in it; null where the reader has none.</summary>
        public async Task<(Cooperation Cooperation, CooperationMember Me)?> CooperationAsync(CancellationToken ct)
        {
            if (context.Answers.Number("id") is not { } id) return null;
            if (await context.Turn.Db.CooperationMembers.FindAsync([id, context.Turn.PersonId], ct) is not { } me) return null;
            return await context.Turn.Db.Cooperations.FindAsync([id], ct) is { } cooperation ? (cooperation, me) : null;
        }

        /// <summary>The day in the answer <c>day</c>; today in the reader's zone where it says so or nothing.</summary>
        public DateOnly DayAnswered() =>
            DateOnly.TryParseExact(context.Answers.Text("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Turn.Now, TimeZoneInfo.FindSystemTimeZoneById(context.Answers.Text("zone"))).DateTime);
    }
}

/// <summary>Leaves the reader's cooperations as <c>cooperations</c>, the newest first.</summary>
internal sealed class ListCooperations(CooperationCard card) : IDialogAction
{
    private const int Most = 40;

    public string Name => "cooperations.list";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        var mine = await (
            from me in db.CooperationMembers.AsNoTracking()
            join cooperation in db.Cooperations.AsNoTracking() on me.CooperationId equals cooperation.Id
            where me.MemberId == context.Turn.PersonId
            orderby cooperation.Id descending
            select new { Cooperation = cooperation, Me = me }).Take(Most).ToListAsync(ct);
        var options = new List<Option>();
        foreach (var one in mine) options.Add(new Option(CooperationCard.Id(one.Cooperation.Id), await card.LabelAsync(db, one.Cooperation, one.Me, context.Turn.Language, ct)));
        context.Answers.Offer("cooperations", options);
        return options.Count > 0 ? "some" : "none";
    }
}

/// <summary>Leaves the card of the cooperation <c>id</c>, and what the reader can do as <c>deeds</c>.</summary>
internal sealed class ShowCooperation(CooperationCard card) : IDialogAction
{
    public string Name => "cooperations.show";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.CooperationAsync(ct) is not var (cooperation, me)) return "gone";
        var (db, language) = (context.Turn.Db, context.Turn.Language);
        context.Answers.Set(await card.ValuesAsync(db, cooperation, me, language, ct));
        var waiting = await db.CooperationSteps.AnyAsync(
            s => s.CooperationId == cooperation.Id && s.Kind == StepKind.Agreement && s.State == StepState.Said && s.SaidBySide != me.Side, ct);
        string[] deeds = [.. waiting ? ["answer"] : Array.Empty<string>(), "visit", "project", "materials", "agreement", me.MayBeTold == true ? "untell" : "tell", "all"];
        foreach (var answer in new[] { "deed", "day" }) context.Answers.Remove(answer);
        context.Answers.Offer("deeds", deeds.Select(deed => new Option(deed, context.Content.Text(CooperationCard.Dialog, "deeds." + deed, language, []).ToString())));
        return "found";
    }
}

/// <summary>After a follow-up: begins the cooperation of the introduction <c>id</c> with the answer <c>what</c>, and leaves its own id as <c>id</c>.</summary>
internal sealed class BeginCooperation(Cooperate cooperate) : IDialogAction
{
    public string Name => "cooperations.begin";

    public IReadOnlyList<string> Outcomes => ["undecided", "decided", "agreement", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (work, me) = (context.Turn.Work, context.Turn.PersonId);
        if (context.Answers.Number("id") is not { } id || !Enum.TryParse<StepKind>(context.Answers.Text("what"), ignoreCase: true, out var kind)) return "gone";
        if (await work.Db.Introductions.FindAsync([id], ct) is not { State: IntroductionState.Accepted } introduction || !introduction.Concerns(me)) return "gone";
        if (await cooperate.BeginAsync(work, introduction, me, ct) is not { } cooperation) return "gone";
        if (await work.Db.CooperationMembers.FindAsync([cooperation.Id, me], ct) is not { } member) return "gone";
        context.Answers.Set("id", cooperation.Id);
        if (kind == StepKind.Agreement) return "agreement";
        await cooperate.NoteAsync(work, member, kind, context.DayAnswered(), ct);
        return member.MayBeTold is null ? "undecided" : "decided";
    }
}

/// <summary>Adds the answer <c>deed</c>, a visit or the like, to the history on the answer <c>day</c>.</summary>
internal sealed class NoteStep(Cooperate cooperate) : IDialogAction
{
    public string Name => "cooperations.note";

    public IReadOnlyList<string> Outcomes => ["noted", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.CooperationAsync(ct) is not var (_, me) || !Enum.TryParse<StepKind>(context.Answers.Text("deed"), ignoreCase: true, out var kind)) return "gone";
        await cooperate.NoteAsync(context.Turn.Work, me, kind, context.DayAnswered(), ct);
        return "noted";
    }
}

/// <summary>Gives or takes back the consent to tell of the cooperation <c>id</c>: <c>with: { given: yes }</c>. A line in the ledger.</summary>
internal sealed class DecideTelling(DecideConsent decide) : IDialogAction
{
    public string Name => "cooperations.tell";

    public IReadOnlyList<string> Outcomes => ["given", "withdrawn", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.CooperationAsync(ct) is not var (_, me)) return "gone";
        if (await context.Turn.Db.Members.FindAsync([me.MemberId], ct) is not { } member) return "gone";
        var given = context.With("given") == "yes";
        if (me.MayBeTold != given)
        {
            me.MayBeTold = given;
            var sentence = context.Content.Text(CooperationCard.Dialog, "telling.ask", context.Turn.Language, []).ToString();
            decide.Run(context.Turn.Db, member, "telling", given, sentence, ConsentPlace.Of(context.Turn));
        }
        return given ? "given" : "withdrawn";
    }
}
