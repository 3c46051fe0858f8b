using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>The announcement that a dialog writes: a row from its first text on, found by the answer <c>draft</c>.</summary>
internal static class Drafts
{
    /// <summary>The draft, if it still is one and belongs to the person of this turn.</summary>
    public static async Task<Broadcast?> FindAsync(ActionContext context, CancellationToken ct) =>
        context.Answers.Number("draft") is { } id && await context.Turn.Db.Broadcasts.FindAsync([id], ct) is { State: BroadcastState.Draft } draft
        && draft.AuthorId == context.Turn.PersonId ? draft : null;

    /// <summary>Rights may be withdrawn while somebody writes, so each deed asks anew.</summary>
    public static async Task<bool> MayAsync(this Rights rights, ActionContext context, string act, CancellationToken ct)
    {
        if (await rights.CoordinatesAsync(context.Turn.Db, context.Turn.PersonId, ct) is not null) return true;
        rights.Note(context.Turn.Db, context.Turn.PersonId, "denied:" + act, context.Answers.Text("draft") is { Length: > 0 } id ? "broadcast:" + id : null);
        return false;
    }
}

/// <summary>Offers what the coordinator began and has not sent.</summary>
internal sealed class ListDrafts : IDialogAction
{
    private const int Most = 8;

    public string Name => "broadcasts.drafts";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var turn = context.Turn;
        var drafts = await turn.Db.Broadcasts.AsNoTracking()
            .Where(b => b.AuthorId == turn.PersonId && b.State == BroadcastState.Draft).OrderByDescending(b => b.Id).Take(Most).ToListAsync(ct);
        context.Answers.Offer("drafts", drafts.Where(draft => !draft.Texts.IsEmpty).Select(draft => new Option(DeskNotes.Id(draft), "✎ " + draft.Texts.Gist(turn.Language))));
        return drafts.Exists(draft => !draft.Texts.IsEmpty) ? "some" : "none";
    }
}

/// <summary>Takes up the chosen draft: every question shows what it holds.</summary>
internal sealed class TakeDraft : IDialogAction
{
    public string Name => "broadcasts.take";

    public IReadOnlyList<string> Outcomes => ["taken", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { } draft) return "gone";
        foreach (var language in draft.Texts.Present) context.Answers.Set(language, draft.Texts.Plain(language));
        context.Answers.Set("kind", draft.Kind);
        context.Answers.Set("extras", Extras(draft));
        if (draft.HasFile) context.Answers.Set("file", draft.File);
        return "taken";
    }

    private static IEnumerable<string> Extras(Broadcast draft)
    {
        if (draft.AsksWhetherRead) yield return "read";
        if (draft.EventId is not null) yield return "event";
        if (draft.CallId is not null) yield return "call";
        if (draft.HasFile) yield return "file";
    }
}

/// <summary>Keeps the text that was just written in one language, with its looks; the first one begins the draft.</summary>
internal sealed class WriteText(Rights rights, TimeProvider time) : IDialogAction
{
    public string Name => "broadcasts.write";

    public IReadOnlyList<string> Outcomes => ["kept", "gone", "denied"];

    /// <summary>Going back to a text writes it again, so nothing stands in its way.</summary>
    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (turn, answers, language) = (context.Turn, context.Answers, context.With("language"));
        if (!await rights.MayAsync(context, "announce.write", ct)) return "denied";
        var draft = await Drafts.FindAsync(context, ct);
        if (draft is null && answers.Number("draft") is not null) return "gone";
        if (draft is null && answers.Text(language).Length == 0) return "kept";
        draft ??= await BeginAsync(context, ct);
        // A press takes the earlier text as it is, or leaves the language out.
        if (turn.Activity.Kind == ActivityKind.Message && answers.Has(language)) draft.Texts = draft.Texts.With(language, WrittenText.Of(turn.Activity, answers.Text(language)));
        else if (!answers.Has(language)) draft.Texts = draft.Texts.With(language, RichText.Empty);
        return "kept";
    }

    private async Task<Broadcast> BeginAsync(ActionContext context, CancellationToken ct)
    {
        var draft = new Broadcast { AuthorId = context.Turn.PersonId, CreatedAt = time.GetUtcNow() };
        context.Turn.Db.Broadcasts.Add(draft);
        await context.Turn.Work.SaveAsync(ct);
        rights.Note(context.Turn.Db, draft.AuthorId, "announce.draft", draft.Source);
        context.Answers.Set("draft", draft.Id);
        return draft;
    }
}

/// <summary>Keeps the kind of message, which decides who wants it.</summary>
internal sealed class KeepKind : IDialogAction
{
    public string Name => "broadcasts.kind";

    public IReadOnlyList<string> Outcomes => ["kept", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { } draft) return context.Answers.Number("draft") is null ? "kept" : "gone";
        draft.Kind = context.Answers.Text("kind");
        return "kept";
    }
}

/// <summary>Keeps what goes with the text: the buttons under it, the photo or document above it.</summary>
internal sealed class KeepExtras : IDialogAction
{
    public string Name => "broadcasts.extras";

    public IReadOnlyList<string> Outcomes => ["kept", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { } draft) return "gone";
        var extras = context.Answers.Many("extras");
        draft.AsksWhetherRead = extras.Contains("read");
        draft.EventId = extras.Contains("event") ? context.Answers.Number("event-button") ?? draft.EventId : null;
        draft.CallId = extras.Contains("call") ? context.Answers.Number("call-button") ?? draft.CallId : null;
        draft.File = extras.Contains("file") ? context.Answers.File("file") ?? MediaRef.None : MediaRef.None;
        return "kept";
    }
}

/// <summary>Throws the draft away.</summary>
internal sealed class DropDraft(Rights rights) : IDialogAction
{
    public string Name => "broadcasts.drop";

    public IReadOnlyList<string> Outcomes => ["dropped"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { } draft) return "dropped";
        rights.Note(context.Turn.Db, context.Turn.PersonId, "announce.drop", draft.Source);
        context.Turn.Db.Entry(draft).State = EntityState.Detached;
        Discard.Draft(context.Turn.Work, draft.Id);
        return "dropped";
    }
}
