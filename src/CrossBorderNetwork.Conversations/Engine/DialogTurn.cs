using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// Moves the dialogs of one conversation through one turn: from an answer to the next question, over sentences, branches and
/// actions. What is said on the way becomes one message with the question at its end.
/// </summary>
internal sealed class DialogTurn(DialogContent content, ActionSet actions, TurnContext turn, DialogStack stack)
{
    private const int MaxSteps = 200;

    private readonly List<RichText> _said = [];
    private int _steps;

    public DialogStack Stack => stack;

    /// <summary>Whether all that was said so far are messages of their own.</summary>
    public bool HasOnlySentMessages => _said.Count == 0 && turn.HasResponded;

    /// <summary>Adds a sentence before the next question.</summary>
    public void Say(RichText text) => _said.Add(text);

    public RichText Common(string key, JsonObject? values = null) => content.Text("common", key, turn.Language, values ?? []);

    /// <summary>Starts a dialog on top of the stack, at its first step or at the step of an entry.</summary>
    public async Task BeginAsync(Dialog dialog, string? step, string id, CancellationToken ct, Wish? then = null)
    {
        if (stack.Frames.Count >= DialogStack.MaxDepth) throw new InvalidOperationException("Dialogs are nested too deeply.");
        var frame = new Frame { Id = ++stack.LastFrameId, Dialog = dialog.Name, Version = dialog.Version, ExpiresAt = turn.Now + dialog.Expires, Then = then };
        if (id.Length > 0) frame.Answers["id"] = id;
        stack.Frames.Add(frame);
        await EnterAsync(dialog, frame, step ?? dialog.Start, ct);
    }

    /// <summary>Takes up a frame at its question, whatever became of that question meanwhile.</summary>
    public async Task ResumeAsync(Frame frame, CancellationToken ct)
    {
        var dialog = content.Dialogs[frame.Dialog];
        frame.ExpiresAt = turn.Now + dialog.Expires;
        switch (dialog.Steps.GetValueOrDefault(frame.Step))
        {
            case AskStep ask:
                await PrepareAnewAsync(frame, ask, ct);
                return;
            case RunStep when frame.History.Count > 0:
                // The dialog that it held was given up: back to the question before.
                await BackAsync(frame, ct);
                return;
            case RunStep:
                await EndAsync(cancelled: true, ct);
                return;
        }
        // A new version of the dialog has no such step: on from the last answer, or to the first question without one. Deeds are
        // not repeated, for behind a deed the history is empty.
        if (frame.History.Count > 0 && dialog.Steps[frame.History[^1]] is AskStep last)
        {
            await GoAsync(frame, NextAfter(last, frame), ct);
            return;
        }
        var open = dialog.Steps.Values.OfType<AskStep>().FirstOrDefault(ask => !frame.Answers.ContainsKey(ask.Saves));
        await GoAsync(frame, open?.Name ?? dialog.Start, ct);
    }

    /// <summary>What a look-up wrote for a question is written once more where the language has changed meanwhile.</summary>
    private async Task PrepareAnewAsync(Frame frame, AskStep ask, CancellationToken ct)
    {
        if (frame.PreparedBy is not { } step || frame.Language == turn.Language || !content.Dialogs[frame.Dialog].Steps.ContainsKey(step)) return;
        var (draft, page) = (frame.Draft, frame.Page);
        await GoAsync(frame, step, ct);
        if (stack.Top == frame && frame.Step == ask.Name) (frame.Draft, frame.Page) = (draft, page);
    }

    /// <summary>Handles the result of a question.</summary>
    public async Task TakeAsync(Frame frame, AskStep step, PromptResult result, string? replaces, CancellationToken ct)
    {
        switch (result)
        {
            case PromptResult.Accepted accepted:
                frame.Answers[step.Saves] = accepted.Value;
                frame.Failures = 0;
                frame.History.Remove(step.Name);
                frame.History.Add(step.Name);
                await GoAsync(frame, NextAfter(step, frame), ct);
                Show(null, replaces);
                break;
            case PromptResult.Redraw redraw:
                frame.Failures = 0;
                Show(redraw.Brief, replaces);
                break;
            case PromptResult.Retry retry:
                Fail(frame, retry.Reason);
                Show(null, replaces);
                break;
        }
    }

    /// <summary>Says why something is no answer; after three in a row, where to find help.</summary>
    public void Fail(Frame frame, RichText reason)
    {
        Say(reason);
        if (++frame.Failures >= 3) Say(Common("offer-help"));
    }

    /// <summary>Shows the question before this one, with its earlier answer.</summary>
    public async Task BackAsync(Frame frame, CancellationToken ct)
    {
        if (frame.History.Count == 0)
        {
            Say(Common("at-first-step"));
            return;
        }
        var step = frame.History[^1];
        frame.History.RemoveAt(frame.History.Count - 1);
        await GoAsync(frame, step, ct);
    }

    /// <summary>Ends the topmost dialog; the one under it goes on.</summary>
    public async Task EndAsync(bool cancelled, CancellationToken ct)
    {
        stack.Frames.RemoveAt(stack.Frames.Count - 1);
        if (stack.Top is not { } parent) return;
        // The parent waits either at the step that ran this dialog, or at a question that was interrupted.
        if (!cancelled && content.Dialogs[parent.Dialog].Steps.GetValueOrDefault(parent.Step) is RunStep run) await GoAsync(parent, Choose(run.Next, parent), ct);
        else await ResumeAsync(parent, ct);
    }

    /// <summary>Says what was collected with the current question under it, in place of a message if the channel can.</summary>
    public void Show(RichText? brief, string? replacesMessageId)
    {
        var buttons = (IReadOnlyList<IReadOnlyList<Button>>)[];
        var texts = _said.ToList();
        var asksForFile = false;
        if (stack.Top is { } frame && content.Dialogs[frame.Dialog].Steps.GetValueOrDefault(frame.Step) is AskStep step)
        {
            var context = Context(frame, step);
            var view = Prompt.For(step).Show(context);
            texts.Add(content.Text(frame.Dialog, step.Name + ".ask", turn.Language, frame.Answers));
            if (view.Extra is not null) texts.Add(view.Extra);
            buttons = [.. view.Buttons, .. Navigation(context)];
            asksForFile = step.Prompt == FilePrompt.Name;
        }
        var pieces = RichText.Paragraphs(texts).Split(turn.Features.TextLimit);
        // In place only if nothing else was said: the question stands at the end.
        var inPlace = replacesMessageId is not null && pieces.Count == 1 && texts.Count > 0 && !turn.HasResponded;
        var before = stack.Shown;
        stack.Shown = null;
        _said.Clear();
        if (texts.Count > 0) SendPieces(pieces, buttons, inPlace ? replacesMessageId : null, brief, asksForFile);
        // Last, so that nobody waits for it: the answer is what they look for.
        if (!inPlace) TakeButtons(replacesMessageId, before);
    }

    private void SendPieces(IReadOnlyList<RichText> pieces, IReadOnlyList<IReadOnlyList<Button>> buttons, string? replacesMessageId, RichText? brief, bool asksForFile)
    {
        foreach (var piece in pieces.SkipLast(1)) turn.Send(new Message { Text = piece });
        var message = new Message
        {
            Text = pieces[^1],
            Buttons = buttons,
            ReplacesMessageId = replacesMessageId,
            Brief = brief is { IsEmpty: false } ? brief : null,
            AsksForFile = asksForFile,
        };
        turn.Send(message, id => stack.Shown = buttons.Count > 0 ? id : null);
    }

    /// <summary>Takes the buttons from a message, known by the channel's id or by the outbox's.</summary>
    public void TakeButtons(string? messageId, long? outboxId = null)
    {
        if (!turn.Features.CanEdit) return;
        if (messageId is not null) turn.Send(new Message { ReplacesMessageId = messageId, OnlyRemovesButtons = true });
        else if (outboxId is { } shown) turn.Send(new Message { Replaces = shown, OnlyRemovesButtons = true });
    }

    public PromptContext Context(Frame frame, AskStep step) =>
        new(content, content.Dialogs[frame.Dialog], step, frame, turn.Language, turn.Now, action => RunAsync(action, new Dictionary<string, string>(), frame, CancellationToken.None));

    private async Task EnterAsync(Dialog dialog, Frame frame, string step, CancellationToken ct)
    {
        if (dialog.Guard is { } guard)
        {
            var outcome = await RunAsync(guard.Action, guard.With, frame, ct);
            var target = guard.Outcomes[outcome];
            if (target.StartsWith("run ", StringComparison.Ordinal))
            {
                stack.Frames.Remove(frame);
                await BeginOrResumeAsync(content.Dialogs[target[4..]], null, "", ct, new Wish(dialog.Name, step, frame.Answers["id"]?.ToString() ?? ""));
                return;
            }
            if (target != "enter") step = target;
        }
        await GoAsync(frame, step, ct);
    }

    private async Task GoAsync(Frame frame, string target, CancellationToken ct)
    {
        string? preparedBy = null;
        while (true)
        {
            if (++_steps > MaxSteps) throw new InvalidOperationException($"The dialog '{frame.Dialog}' goes round in circles at '{target}'.");
            var dialog = content.Dialogs[frame.Dialog];
            if (frame.Then is { } wish && IsFinish(target) && content.Dialogs.TryGetValue(wish.Dialog, out var wanted))
            {
                stack.Frames.Remove(frame);
                await BeginAsync(wanted, wanted.Steps.ContainsKey(wish.Step) ? wish.Step : null, wish.Id, ct);
                return;
            }
            if (target is "end" or "cancel")
            {
                await EndAsync(cancelled: target == "cancel", ct);
                return;
            }
            if (target.StartsWith("start ", StringComparison.Ordinal))
            {
                var words = target[6..].Split('/');
                stack.Frames.Remove(frame);
                var next = content.Dialogs[words[0]];
                await BeginOrResumeAsync(next, words.Length > 1 ? next.Entries[words[1]] : null, frame.Answers["id"]?.ToString() ?? "", ct);
                return;
            }
            frame.Step = target;
            frame.Draft = null;
            frame.Page = 0;
            switch (dialog.Steps[target])
            {
                case SayStep say:
                    Say(content.Text(dialog.Name, say.Name, turn.Language, frame.Answers));
                    target = Choose(say.Next, frame);
                    break;
                case ActionStep action:
                    var outcome = await RunAsync(action.Action, action.With, frame, ct);
                    var done = actions.Get(action.Action);
                    if (done.ChangesSomething) frame.History.Clear();
                    preparedBy = done.CanRepeat ? action.Name : null;
                    if (turn.Conversation.Forgotten) GiveUpAllBut(frame);
                    target = action.Outcomes[outcome];
                    break;
                case RunStep run:
                    await BeginAsync(content.Dialogs[run.Dialog], null, frame.Answers["id"]?.ToString() ?? "", ct);
                    return;
                case AskStep ask:
                    frame.Revision++;
                    frame.Failures = 0;
                    frame.ExpiresAt = turn.Now + dialog.Expires;
                    (frame.PreparedBy, frame.Language) = (preparedBy, turn.Language);
                    if (ask.NoBack) frame.History.Clear();
                    Prompt.For(ask).Begin(Context(frame, ask));
                    return;
            }
        }
    }

    private static bool IsFinish(string target) => target == "end" || target.StartsWith("start ", StringComparison.Ordinal);

    /// <summary>Whether unfinished answers of the dialog are somewhere on the stack.</summary>
    public bool IsOpen(Dialog dialog) => dialog.Keep && stack.Frames.Exists(frame => frame.Dialog == dialog.Name);

    /// <summary>Starts a dialog, or takes it up where it was left.</summary>
    public async Task BeginOrResumeAsync(Dialog dialog, string? step, string id, CancellationToken ct, Wish? then = null)
    {
        if (step is null && (IsOpen(dialog) ? Uncover(dialog) : Unpark(dialog)) is { } left)
        {
            left.Then = then ?? left.Then;
            Say(Common("resumed"));
            await ResumeAsync(left, ct);
            if (stack.Frames.Contains(left)) return;
        }
        await BeginAsync(dialog, step, id, ct, then);
    }

    /// <summary>Gives up the dialogs that are held on top of this one.</summary>
    private Frame Uncover(Dialog dialog)
    {
        var place = stack.Frames.FindLastIndex(frame => frame.Dialog == dialog.Name);
        stack.Frames.RemoveRange(place + 1, stack.Frames.Count - place - 1);
        return stack.Frames[place];
    }

    private Frame? Unpark(Dialog dialog)
    {
        if (stack.Parked.Find(parked => parked.Dialog == dialog.Name) is not { } parked) return null;
        stack.Parked.Remove(parked);
        stack.Frames.Add(parked);
        return parked;
    }

    private async Task<string> RunAsync(string name, IReadOnlyDictionary<string, string> with, Frame frame, CancellationToken ct)
    {
        var action = actions.Get(name);
        var outcome = await action.RunAsync(new ActionContext(turn, new Answers(frame.Answers), with, content), ct);
        return action.Outcomes.Contains(outcome) ? outcome : throw new InvalidOperationException($"The action '{name}' returned '{outcome}', which it does not declare.");
    }

    /// <summary>Of a person who asked to be forgotten nothing may be taken up again.</summary>
    private void GiveUpAllBut(Frame frame)
    {
        stack.Frames.RemoveAll(other => other != frame);
        stack.Parked.Clear();
        frame.Answers = [];
    }

    private List<IReadOnlyList<Button>> Navigation(PromptContext context)
    {
        var row = new List<Button>();
        if (context.Frame.History.Count > 0) row.Add(context.Button(Common("buttons.back").ToString(), "~back"));
        if (context.Step.Optional) row.Add(context.Button(Common("buttons.skip").ToString(), "~skip"));
        return row.Count == 0 ? [] : [row];
    }

    /// <summary>Where the answer to a question leads: as its option says, or by the route.</summary>
    private static string NextAfter(AskStep step, Frame frame) =>
        step.Options.FirstOrDefault(option => option.Target is not null && option.Key == (frame.Answers[step.Saves] as JsonValue)?.ToString())?.Target ?? Choose(step.Next, frame);

    private static string Choose(Route route, Frame frame) => route.Branches.First(branch => branch.When.All(condition => Holds(frame.Answers[condition.Key], condition.Value))).Target;

    private static bool Holds(JsonNode? answer, IReadOnlyList<string> wanted) => answer switch
    {
        null => wanted.Contains("none"),
        JsonArray { Count: 0 } => wanted.Contains("none"),
        JsonObject { Count: 0 } => wanted.Contains("none"),
        JsonObject map => map.Any(entry => wanted.Contains(entry.Key)),
        JsonArray many => many.Any(item => wanted.Contains(item!.ToString())),
        _ => wanted.Contains(answer.ToString()),
    };
}
