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

    /// <summary>Adds a sentence before the next question.</summary>
    public void Say(RichText text) => _said.Add(text);

    public RichText Common(string key, JsonObject? values = null) => content.Text("common", key, turn.Language, values ?? []);

    /// <summary>Starts a dialog on top of the stack, at its first step or at the step of an entry.</summary>
    public async Task BeginAsync(Dialog dialog, string? step, string id, CancellationToken ct)
    {
        if (stack.Frames.Count >= DialogStack.MaxDepth) throw new InvalidOperationException("Dialogs are nested too deeply.");
        var frame = new Frame { Id = ++stack.LastFrameId, Dialog = dialog.Name, Version = dialog.Version, ExpiresAt = turn.Now + dialog.Expires };
        if (id.Length > 0) frame.Answers["id"] = id;
        stack.Frames.Add(frame);
        await EnterAsync(dialog, frame, step ?? dialog.Start, ct);
    }

    /// <summary>Takes up a frame that was parked, or that a new version of its dialog meets.</summary>
    public async Task ResumeAsync(Frame frame, CancellationToken ct)
    {
        var dialog = content.Dialogs[frame.Dialog];
        frame.Version = dialog.Version;
        frame.ExpiresAt = turn.Now + dialog.Expires;
        if (dialog.Steps.GetValueOrDefault(frame.Step) is AskStep) return;
        // The step is gone: the first question that has no answer yet takes its place.
        var step = dialog.Steps.Values.OfType<AskStep>().FirstOrDefault(ask => !frame.Answers.ContainsKey(ask.Saves));
        frame.History.RemoveAll(name => dialog.Steps.GetValueOrDefault(name) is not AskStep);
        await GoAsync(frame, step?.Name ?? dialog.Start, ct);
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
                await GoAsync(frame, accepted.Target ?? Choose(step.Next, frame), ct);
                Show(null, replaces);
                break;
            case PromptResult.Redraw redraw:
                frame.Failures = 0;
                Show(redraw.Brief, replaces);
                break;
            case PromptResult.Retry retry:
                Say(retry.Reason);
                if (++frame.Failures >= 3) Say(Common("offer-help"));
                Show(null, replaces);
                break;
        }
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
        var dialog = content.Dialogs[parent.Dialog];
        // The parent waits either at the step that ran this dialog, or at a question that was interrupted.
        if (!cancelled && dialog.Steps.GetValueOrDefault(parent.Step) is RunStep run) await GoAsync(parent, Choose(run.Next, parent), ct);
        else await ResumeAsync(parent, ct);
    }

    /// <summary>Says what was collected with the current question under it, in place of a message if the channel can.</summary>
    public void Show(RichText? brief, string? replacesMessageId)
    {
        var buttons = (IReadOnlyList<IReadOnlyList<Button>>)[];
        var texts = _said.ToList();
        if (stack.Top is { } frame && content.Dialogs[frame.Dialog].Steps.GetValueOrDefault(frame.Step) is AskStep step)
        {
            var context = Context(frame, step);
            var view = Prompt.For(step).Show(context);
            texts.Add(content.Text(frame.Dialog, step.Name + ".ask", turn.Language, frame.Answers));
            if (view.Extra is not null) texts.Add(view.Extra);
            buttons = [.. view.Buttons, .. Navigation(context)];
        }
        if (texts.Count == 0) return;
        // The old question loses its buttons when the new one stands in another message.
        if (replacesMessageId is null && stack.Shown is { } shown && turn.Features.CanEdit) turn.Send(new Message { Replaces = shown, OnlyRemovesButtons = true });
        stack.Shown = null;
        var pieces = RichText.Paragraphs(texts).Split(turn.Features.TextLimit);
        foreach (var piece in pieces.SkipLast(1)) turn.Send(new Message { Text = piece });
        var message = new Message
        {
            Text = pieces[^1],
            Buttons = buttons,
            ReplacesMessageId = pieces.Count == 1 ? replacesMessageId : null,
            Brief = brief is { IsEmpty: false } ? brief : null,
        };
        turn.Send(message, id => stack.Shown = buttons.Count > 0 ? id : null);
        _said.Clear();
    }

    public PromptContext Context(Frame frame, AskStep step) =>
        new(content, content.Dialogs[frame.Dialog], step, frame, turn.Language, turn.Now, action => RunAsync(action, new Dictionary<string, string>(), frame, CancellationToken.None));

    private async Task EnterAsync(Dialog dialog, Frame frame, string step, CancellationToken ct)
    {
        if (dialog.Guard is { } guard)
        {
            var outcome = await RunAsync(guard.Action, guard.With, frame, ct);
            var target = guard.Outcomes[outcome];
            if (target != "enter") step = target;
        }
        await GoAsync(frame, step, ct);
    }

    private async Task GoAsync(Frame frame, string target, CancellationToken ct)
    {
        while (true)
        {
            if (++_steps > MaxSteps) throw new InvalidOperationException($"The dialog '{frame.Dialog}' goes round in circles at '{target}'.");
            var dialog = content.Dialogs[frame.Dialog];
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
                    if (actions.Get(action.Action).ChangesSomething) frame.History.Clear();
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
                    if (ask.NoBack) frame.History.Clear();
                    Prompt.For(ask).Begin(Context(frame, ask));
                    return;
            }
        }
    }

    /// <summary>Starts a dialog, or takes it up where it was left.</summary>
    public async Task BeginOrResumeAsync(Dialog dialog, string? step, string id, CancellationToken ct)
    {
        if (step is null && stack.Parked.Find(parked => parked.Dialog == dialog.Name) is { } parked)
        {
            stack.Parked.Remove(parked);
            stack.Frames.Add(parked);
            Say(Common("resumed"));
            await ResumeAsync(parked, ct);
            return;
        }
        await BeginAsync(dialog, step, id, ct);
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

    private static string Choose(Route route, Frame frame) => route.Branches.First(branch => branch.When.All(condition => Holds(frame.Answers[condition.Key], condition.Value))).Target;

    private static bool Holds(JsonNode? answer, IReadOnlyList<string> wanted) => answer switch
    {
        null => wanted.Contains("none"),
        JsonArray { Count: 0 } => wanted.Contains("none"),
        JsonArray many => many.Any(item => wanted.Contains(item!.ToString())),
        _ => wanted.Contains(answer.ToString()),
    };
}
