using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Looks whether an announcement can be corrected or withdrawn, and leaves its languages and how many copies there are.</summary>
internal sealed class BeforeAmending(Amend amend) : IDialogAction
{
    public string Name => "broadcasts.before-amending";

    public IReadOnlyList<string> Outcomes => ["open", "not-yet", "withdrawn", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { StartedAt: not null } broadcast) return "gone";
        if (broadcast.WithdrawnAt is not null) return "withdrawn";
        if (!Amend.CanAmend(broadcast)) return "not-yet";
        var copies = amend.Count(context.Turn.Work, broadcast);
        context.Answers.Set("copies", copies.Total);
        context.Answers.Set("deletable", copies.Deletable);
        context.Answers.Set("too-old", copies.TooOld);
        context.Answers.Set("fixed", copies.Fixed);
        context.Answers.Offer("texts", broadcast.Texts.Present.Select(language => new Option(language, context.Content.Label("languages", language, context.Turn.Language))));
        return "open";
    }
}

/// <summary>Keeps the corrected text with its looks, and shows it as its readers will see it.</summary>
internal sealed class PreviewCorrection(AnnouncementView view) : IDialogAction
{
    public string Name => "broadcasts.preview-correction";

    public IReadOnlyList<string> Outcomes => ["ready", "too-long", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        var (turn, answers, language) = (context.Turn, context.Answers, context.Answers.Text("language"));
        var text = WrittenText.Of(turn.Activity, answers.Text("text"));
        var corrected = new Broadcast
        {
            Id = broadcast.Id, AuthorId = broadcast.AuthorId, CreatedAt = broadcast.CreatedAt, Kind = broadcast.Kind, AsksWhetherRead = broadcast.AsksWhetherRead,
            EventId = broadcast.EventId, CallId = broadcast.CallId, File = broadcast.File, Texts = broadcast.Texts.With(language, text),
        };
        if (view.TooLongIn(corrected) is not null) return "too-long";
        answers.Set("corrected", new Wording(new Dictionary<string, RichText> { [language] = text }).ToJson());
        turn.Send(view.For(corrected, language));
        return "ready";
    }
}

/// <summary>Edits all copies that were sent with this language's text.</summary>
internal sealed class CorrectBroadcast(Amend amend, Rights rights) : IDialogAction
{
    public string Name => "broadcasts.correct";

    public IReadOnlyList<string> Outcomes => ["corrected", "withdrawn", "gone", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (!await rights.MayAsync(context, "announce.correct", ct)) return "denied";
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        if (!Amend.CanAmend(broadcast)) return "withdrawn";
        var language = context.Answers.Text("language");
        var text = Wording.FromJson(context.Answers.Text("corrected")).For(language).Text;
        context.Answers.Set("copies", amend.Correct(context.Turn.Work, broadcast, language, text, context.Turn.PersonId));
        return "corrected";
    }
}

/// <summary>Takes all copies away that can be, and tells the readers of the others.</summary>
internal sealed class WithdrawBroadcast(Amend amend, Rights rights) : IDialogAction
{
    public string Name => "broadcasts.withdraw";

    public IReadOnlyList<string> Outcomes => ["withdrawn", "already", "gone", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (!await rights.MayAsync(context, "announce.withdraw", ct)) return "denied";
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        if (!Amend.CanAmend(broadcast)) return "already";
        var copies = amend.Withdraw(context.Turn.Work, broadcast, context.Turn.PersonId);
        context.Answers.Set("deletable", copies.Deletable);
        context.Answers.Set("stay", copies.TooOld + copies.Fixed);
        return "withdrawn";
    }
}
