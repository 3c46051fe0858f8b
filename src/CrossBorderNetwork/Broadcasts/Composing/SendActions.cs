using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Shows the announcement as each language's readers will see it, and leaves how many they are.</summary>
internal sealed class PreviewAnnouncement(Audience audience, AnnouncementView view, SecondYes second) : IDialogAction
{
    public string Name => "broadcasts.preview";

    public IReadOnlyList<string> Outcomes => ["ready", "partly", "no-text", "too-long", "nobody"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (turn, answers) = (context.Turn, context.Answers);
        if (await Drafts.FindAsync(context, ct) is not { Texts.IsEmpty: false } draft) return "no-text";
        if (view.TooLongIn(draft) is { } tooLong)
        {
            answers.Set("language", draft.Texts.For(tooLong).UsedLanguage);
            answers.Set("has-file", draft.HasFile);
            return "too-long";
        }
        var counts = await ReadersInWords.WriteAsync(context, audience, draft, ct);
        if (counts.Values.Sum() == 0) return "nobody";
        foreach (var message in second.Previews(draft, counts, turn.Language, turn.Activity.Channel)) turn.Send(message);
        answers.Set("missing", draft.Texts.Missing);
        return draft.Texts.Missing.Any(language => counts[language] > 0) ? "partly" : "ready";
    }
}

/// <summary>Sends the announcement to its author alone, in each language that it has, exactly as others will get it.</summary>
internal sealed class SendToMe(AnnouncementView view) : IDialogAction
{
    public string Name => "broadcasts.to-me";

    public IReadOnlyList<string> Outcomes => ["sent", "no-text"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { Texts.IsEmpty: false } draft) return "no-text";
        foreach (var language in draft.Texts.Present) context.Turn.Send(view.For(draft, language));
        context.Answers.Remove("confirm");
        return "sent";
    }
}

/// <summary>Confirms that it should go: at once, or at the hour of the answer <c>hour</c> (<c>with: when: hour</c>).</summary>
internal sealed class SendAnnouncement(Announce announce, DeskNotes notes, Rights rights) : IDialogAction
{
    public string Name => "broadcasts.send";

    public IReadOnlyList<string> Outcomes => ["sent", "nobody", "gone", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var turn = context.Turn;
        if (!await rights.MayAsync(context, "announce.send", ct)) return "denied";
        if (await Drafts.FindAsync(context, ct) is not { } draft) return "gone";
        var hour = context.With("when") == "hour" ? context.Answers.Instant("hour") : null;
        var outcome = await announce.ConfirmAsync(turn.Work, draft, hour, ct);
        var message = outcome switch
        {
            ConfirmOutcome.Scheduled => draft.WishedAt is null ? "soon" : "scheduled",
            ConfirmOutcome.Asked => "asking",
            ConfirmOutcome.Alone => "alone",
            _ => null,
        };
        if (message is null) return outcome == ConfirmOutcome.Nobody ? "nobody" : "gone";
        turn.Send(notes.Compose(message, draft, turn.Language, context.Answers.Text("zone")));
        return "sent";
    }
}
