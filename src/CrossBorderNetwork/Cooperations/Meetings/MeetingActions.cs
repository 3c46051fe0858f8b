using System.Globalization;
using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>Leaves those with whom the reader was introduced as <c>people</c>, the newest first.</summary>
internal sealed class ListIntroduced : IDialogAction
{
    private const int Most = 40;

    public string Name => "meetings.list";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, me) = (context.Turn.Db, context.Turn.PersonId);
        var people = await (
            from introduction in db.Introductions
            join other in db.Members on introduction.AskerId == me ? introduction.AskedId : introduction.AskerId equals other.Id
            where introduction.State == IntroductionState.Accepted && (introduction.AskerId == me || introduction.AskedId == me)
            orderby introduction.Id descending
            select new { introduction.Id, other.Name }).Take(Most).ToListAsync(ct);
        context.Answers.Offer("people", people.Select(one => new Option(one.Id.ToString(CultureInfo.InvariantCulture), one.Name)));
        return people.Count > 0 ? "some" : "none";
    }
}

/// <summary>Deeds on the meeting of the introduction <c>id</c>, or with <c>with: { by: meeting }</c> of the meeting that a button names as <c>id</c>.</summary>
internal abstract class MeetingAction : IDialogAction
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Outcomes { get; }

    public virtual bool ChangesSomething => true;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        Meeting? named = null;
        if (context.With("by") == "meeting")
        {
            named = await db.Meetings.FindAsync([context.Answers.Number("id") ?? 0], ct);
            if (named is not null) context.Answers.Set("id", named.IntroductionId);
            else context.Answers.Remove("id");
        }
        if (context.Answers.Number("id") is not { } id || await db.Introductions.FindAsync([id], ct) is not { State: IntroductionState.Accepted } introduction
            || !introduction.Concerns(context.Turn.PersonId)) return "gone";
        if (await db.Members.FindAsync([introduction.OtherThan(context.Turn.PersonId)], ct) is not { } other) return "gone";
        context.Answers.Set("name", other.Name);
        return await RunAsync(context, introduction, other, named, ct);
    }

    protected abstract Task<string> RunAsync(ActionContext context, Introduction introduction, Member other, Meeting? named, CancellationToken ct);

    protected static string Word(Arranging outcome) => outcome switch
    {
        Arranging.Suggested => "suggested",
        Arranging.Agreed => "agreed",
        Arranging.Past => "past",
        Arranging.Changed => "changed",
        Arranging.CalledOff => "called-off",
        _ => "gone",
    };
}

/// <summary>Leaves how it stands, and three proposed times as <c>times</c>; <c>with: { more: true }</c> the next three.</summary>
internal sealed class LookAtMeeting(MeetingNotices notices) : MeetingAction
{
    /// <summary>After so many proposals a person writes a time of their own.</summary>
    private const int Most = 12;

    public override string Name => "meetings.look";

    public override IReadOnlyList<string> Outcomes => ["free", "mine", "theirs", "agreed", "gone"];

    public override bool ChangesSomething => false;

    protected override async Task<string> RunAsync(ActionContext context, Introduction introduction, Member other, Meeting? named, CancellationToken ct)
    {
        var answers = context.Answers;
        var me = await context.MemberAsync(ct);
        var skip = context.With("more") == "true" ? ((int)(answers.Number("skip") ?? 0) + MeetingTimes.AtOnce) % Most : 0;
        answers.Set("skip", skip);
        answers.Offer("times", MeetingTimes.Propose(context.Turn.Now, skip).Select(at => new Option(
            at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), WrittenDay.WithHour(at, me.Zone, context.Turn.Language))));
        foreach (var answer in new[] { "time", "own", "deed" }) answers.Remove(answer);
        answers.Set("clock", me.Side == "PL" ? "pl" : "lt");
        var (agreed, suggested) = await context.Turn.Db.OpenMeetingsAsync(introduction.Id, ct);
        if (suggested?.At <= context.Turn.Now) suggested = null;
        if (agreed?.At + MeetingTimes.Length <= context.Turn.Now) agreed = null;
        if ((suggested ?? agreed) is not { } meeting || context.With("more") == "true" || context.With("anew") == "true") return "free";
        answers.Set(notices.Values(meeting, me, other));
        answers.Set("meeting", meeting.Id);
        answers.Set("has-agreed", suggested is not null && agreed is not null);
        if (agreed is not null) answers.Set("agreed-at", agreed.At);
        return meeting == agreed ? "agreed" : meeting.SuggestedById == me.Id ? "mine" : "theirs";
    }
}

/// <summary>Suggests the proposed time of the answer <c>time</c>, or the reader's own of the answer <c>own</c>.</summary>
internal sealed class SuggestMeeting(ArrangeMeeting arrange, MeetingNotices notices) : MeetingAction
{
    public override string Name => "meetings.suggest";

    public override IReadOnlyList<string> Outcomes => ["suggested", "agreed", "past", "gone"];

    protected override async Task<string> RunAsync(ActionContext context, Introduction introduction, Member other, Meeting? named, CancellationToken ct)
    {
        var at = context.Answers.Instant("own") ?? (context.Answers.Number("time") is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : default);
        var outcome = await arrange.SuggestAsync(context.Turn.Work, introduction, context.Turn.PersonId, at, ct);
        if (outcome is Arranging.Suggested or Arranging.Agreed)
            context.Answers.Set(notices.Values(new Meeting { IntroductionId = introduction.Id, At = at, SuggestedById = context.Turn.PersonId }, await context.MemberAsync(ct), other));
        return Word(outcome);
    }
}

/// <summary>Confirms the meeting that a button names, or the one last shown.</summary>
internal sealed class ConfirmMeeting(ArrangeMeeting arrange) : MeetingAction
{
    public override string Name => "meetings.confirm";

    public override IReadOnlyList<string> Outcomes => ["agreed", "past", "changed", "gone"];

    protected override async Task<string> RunAsync(ActionContext context, Introduction introduction, Member other, Meeting? named, CancellationToken ct)
    {
        var meeting = named ?? await context.Turn.Db.Meetings.FirstOrDefaultAsync(m => m.Id == context.Answers.Number("meeting") && m.IntroductionId == introduction.Id, ct);
        return meeting is null ? "gone" : Word(await arrange.ConfirmAsync(context.Turn.Work, introduction, meeting, context.Turn.PersonId, ct));
    }
}

internal sealed class CallOffMeeting(ArrangeMeeting arrange) : MeetingAction
{
    public override string Name => "meetings.call-off";

    public override IReadOnlyList<string> Outcomes => ["called-off", "changed", "gone"];

    protected override async Task<string> RunAsync(ActionContext context, Introduction introduction, Member other, Meeting? named, CancellationToken ct) =>
        Word(await arrange.CallOffAsync(context.Turn.Work, introduction, context.Turn.PersonId, ct));
}
