using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>The announcement that a button of the desk is about.</summary>
internal static class AtDesk
{
    public static async Task<Broadcast?> FindAsync(ActionContext context, CancellationToken ct) =>
        context.Answers.Number("id") is { } id ? await context.Turn.Db.Broadcasts.FindAsync([id], ct) : null;

    /// <summary>Says something in place of the message whose button was pressed, where the channel can.</summary>
    public static void SendInPlace(this TurnContext turn, Message message) =>
        turn.Send(turn.Features.CanEdit && turn.Activity.PressedMessageId is { } pressed ? message with { ReplacesMessageId = pressed } : message);
}

/// <summary>Offers what is going, waits or was sent lately.</summary>
internal sealed class ListBroadcasts : IDialogAction
{
    private const int Most = 10;

    public string Name => "broadcasts.list";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (turn, language) = (context.Turn, context.Turn.Language);
        var recent = await turn.Db.Broadcasts.AsNoTracking().Where(b => b.State != BroadcastState.Draft).OrderByDescending(b => b.Id).Take(Most).ToListAsync(ct);
        context.Answers.Offer("recent", recent.Select(b => new Option(DeskNotes.Id(b), $"{Sign(b)} {b.Texts.Gist(language)}")));
        return recent.Count > 0 ? "some" : "none";
    }

    private static string Sign(Broadcast broadcast) => broadcast switch
    {
        { WithdrawnAt: not null } => "✗",
        { State: BroadcastState.Ended } => "✓",
        { State: BroadcastState.Sending } => "▶",
        { State: BroadcastState.Paused } => "⏸",
        _ => "⏳",
    };
}

/// <summary>Shows how an announcement stands, with what can be done with it; <c>with: in: place</c> where a button of that message asks.</summary>
internal sealed class ShowBroadcast(Progress progress, DeskNotes notes) : IDialogAction
{
    public string Name => "broadcasts.show";

    public IReadOnlyList<string> Outcomes => ["shown", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { State: not BroadcastState.Draft } broadcast) return "gone";
        var (turn, zone) = (context.Turn, context.Answers.Text("zone"));
        var message = broadcast.State switch
        {
            BroadcastState.Asked => notes.Compose("asking", broadcast, turn.Language, zone),
            BroadcastState.Scheduled => notes.Compose(broadcast.WaitedAlone ? "alone" : "scheduled", broadcast, turn.Language, zone),
            BroadcastState.Ended => progress.Report(broadcast, turn.Language, zone),
            _ => progress.Now(broadcast, await Tally.OfAsync(turn.Db, broadcast, ct), turn.Language, zone),
        };
        if (context.With("in") == "place") turn.SendInPlace(message);
        else turn.Send(message);
        return "shown";
    }
}

/// <summary>Takes back what has not gone out yet.</summary>
internal sealed class UndoBroadcast(Announce announce) : IDialogAction
{
    public string Name => "broadcasts.undo";

    public IReadOnlyList<string> Outcomes => ["undone", "too-late", "already", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        if (broadcast.State == BroadcastState.Draft) return "already";
        return announce.Undo(context.Turn.Work, broadcast, context.Turn.PersonId) ? "undone" : "too-late";
    }
}

/// <summary>The answer of a second coordinator: <c>with: answer: yes</c> or <c>no</c>.</summary>
internal sealed class AnswerSecond(Announce announce) : IDialogAction
{
    public string Name => "broadcasts.second";

    public IReadOnlyList<string> Outcomes => ["approved", "refused", "own", "late", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        var outcome = await announce.AnswerAsync(context.Turn.Work, broadcast, context.Turn.PersonId, context.With("answer") == "yes", ct);
        if (broadcast.DueAt is { } due) context.Answers.Set("due", due);
        return outcome switch
        {
            SecondOutcome.Approved => "approved",
            SecondOutcome.Refused => "refused",
            SecondOutcome.Own => "own",
            _ => "late",
        };
    }
}

/// <summary>Pauses, resumes or stops (<c>with: deed</c>), and shows in place how it stands then.</summary>
internal sealed class SteerBroadcast(Steer steer, Progress progress) : IDialogAction
{
    public string Name => "broadcasts.steer";

    public IReadOnlyList<string> Outcomes => ["done", "stopped", "nothing", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        var (turn, person) = (context.Turn, context.Turn.PersonId);
        if (context.With("deed") == "stop")
        {
            var stopped = steer.Stop(turn.Work, broadcast, person);
            context.Answers.Set("stopped", stopped);
            return stopped > 0 ? "stopped" : "nothing";
        }
        var isDone = context.With("deed") == "pause" ? steer.Pause(turn.Work, broadcast, person) : steer.Resume(turn.Work, broadcast, person);
        if (!isDone) return "nothing";
        turn.SendInPlace(progress.Now(broadcast, await Tally.OfAsync(turn.Db, broadcast, ct), turn.Language, context.Answers.Text("zone")));
        return "done";
    }
}
