using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Rounds;

/// <summary>Leaves how the last round stands.</summary>
internal sealed class LookAtRound(StartRound start, IOptions<RoundSettings> settings, IOptionsMonitor<RoundOptions> options) : IDialogAction
{
    public string Name => "rounds.look";

    public IReadOnlyList<string> Outcomes => ["none", "open", "matched", "going", "current", "earlier"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers, language) = (context.Turn.Db, context.Answers, context.Turn.Language);
        await context.Turn.Work.SaveAsync(ct);
        foreach (var name in new[] { "matched", "current", "earlier", "none" }) answers.Remove(name);
        if (await db.LastRoundAsync(ct) is not { } round) return "none";
        var seats = db.RoundSeats.Where(seat => seat.RoundId == round.Id);
        answers.Set("month", round.Month);
        answers.Set("members", await seats.CountAsync(ct));
        answers.Set("left", await seats.CountAsync(seat => seat.LeftOut != null, ct));
        answers.Set("pairs", await db.RoundPairs.CountAsync(pair => pair.RoundId == round.Id, ct));
        answers.Set("lt-members", round.LithuaniaMembers);
        answers.Set("lt-covered", round.LithuaniaCovered);
        answers.Set("lt-attainable", round.LithuaniaAttainable);
        answers.Set("pl-members", round.PolandMembers);
        answers.Set("pl-covered", round.PolandCovered);
        answers.Set("pl-attainable", round.PolandAttainable);
        answers.Set("bound", RoundDesk.Number(round.Bound, language));
        var value = round.State == RoundState.Matched ? (await RoundPlan.ReadAsync(db, round.Id, ct)).Value(settings.Value) : round.Value;
        answers.Set("value", RoundDesk.Number(value, language));
        answers.Set("optimality", RoundDesk.Number(round.Bound > 0 ? 100 * Math.Min(1, value / round.Bound) : 100, language));
        if (options.CurrentValue.ReviewDays > 0 && round.MatchedAt is { } matchedAt) answers.Set("by-itself", matchedAt.AddDays(options.CurrentValue.ReviewDays));
        answers.Set("has-by-itself", options.CurrentValue.ReviewDays > 0);
        await CountAsync(db, answers, round.Id, ct);
        return round.State switch
        {
            RoundState.Open => "open",
            RoundState.Matched => "matched",
            RoundState.Reviewed => "going",
            _ => round.Month == start.ThisMonth ? "current" : "earlier",
        };
    }

    private static async Task CountAsync(NetworkDb db, Answers answers, long roundId, CancellationToken ct)
    {
        var states = await db.Introductions.Where(introduction => introduction.RoundId == roundId)
            .GroupBy(introduction => introduction.State).Select(group => new { State = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.State, group => group.Count, ct);
        answers.Set("introduced", states.Values.Sum());
        answers.Set("accepted", Of(IntroductionState.Accepted));
        answers.Set("declined", Of(IntroductionState.Declined));
        answers.Set("lapsed", Of(IntroductionState.Lapsed));
        answers.Set("waiting", Of(IntroductionState.Asked) + Of(IntroductionState.Postponed) + Of(IntroductionState.Reminded));

        int Of(IntroductionState state) => states.GetValueOrDefault(state);
    }
}

/// <summary>Begins this month's round.</summary>
internal sealed class BeginRound(StartRound start, Rights rights) : IDialogAction
{
    public string Name => "rounds.start";

    public IReadOnlyList<string> Outcomes => ["started", "already", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (!await rights.MayAsync(context, ct)) return "denied";
        return await start.RunAsync(context.Turn.Db, context.Turn.PersonId, ct) is null ? "already" : "started";
    }
}

/// <summary>Approves the round: from here on it goes out.</summary>
internal sealed class ApproveRound(Rights rights) : IDialogAction
{
    public string Name => "rounds.approve";

    public IReadOnlyList<string> Outcomes => ["approved", "too-late", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (!await rights.MayAsync(context, ct)) return "denied";
        if (await RoundDesk.MatchedAsync(context.Turn.Db, ct) is not { } round) return "too-late";
        (round.State, round.ReviewedAt, round.ReviewedBy) = (RoundState.Reviewed, context.Turn.Now, context.Turn.PersonId);
        rights.Note(context.Turn.Db, context.Turn.PersonId, "round.approve", round.Month);
        return "approved";
    }
}

/// <summary>Sends the round as a workbook.</summary>
internal sealed class SendRoundSheet(RoundSheet sheet) : IDialogAction
{
    public string Name => "rounds.sheet";

    public IReadOnlyList<string> Outcomes => ["sent", "none"];

    public bool ChangesSomething => false;

    public bool CanRepeat => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.Turn.Db.LastRoundAsync(ct) is not { } round) return "none";
        var file = await sheet.MakeAsync(context.Turn.Db, round, context.Turn.Language, ct);
        context.Say(RoundNotices.Dialog, "sheet-text", new() { ["month"] = round.Month }, file);
        return "sent";
    }
}
