using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// Decides for each activity which dialog it concerns: a command, a button, an answer to the open question, or none of these.
/// Nobody is left without an answer.
/// </summary>
public sealed partial class DialogBot(DialogContent content, ActionSet actions, MediaFiles files, ILogger<DialogBot> log)
{
    /// <summary>The command that every conversation begins with.</summary>
    internal const string StartCommand = "start";

    /// <summary>Understood everywhere; no dialog of its own.</summary>
    internal const string CancelCommand = "cancel";

    public async Task OnTurnAsync(TurnContext turn, CancellationToken ct)
    {
        var activity = turn.Activity;
        if (activity.Kind == ActivityKind.Left)
        {
            turn.Conversation.Reachable = false;
            return;
        }
        if (!activity.IsPrivate)
        {
            // What people say to each other in a group is not for us.
            if (activity.Kind == ActivityKind.Press || activity.Text.StartsWith('/')) turn.Send(new Message { Text = content.Text("common", "private-only", turn.Language, []) });
            return;
        }
        var dialogs = new DialogTurn(content, actions, turn, ReadStack(turn));
        var stack = dialogs.Stack;
        var hasExpired = DropExpired(dialogs, turn.Now);
        if (activity.Kind != ActivityKind.Press) stack.LastPress = null;
        switch (activity.Kind)
        {
            case ActivityKind.Press:
                await PressAsync(dialogs, turn, hasExpired, ct);
                break;
            case ActivityKind.Message when activity.Text.StartsWith('/'):
                await CommandAsync(dialogs, activity.Text, ct);
                break;
            case ActivityKind.Message when !hasExpired:
                await AnswerAsync(dialogs, turn, ct);
                break;
            case ActivityKind.Message or ActivityKind.Joined:
                await RepeatAsync(dialogs, ct);
                break;
            case ActivityKind.Edited:
                dialogs.Say(dialogs.Common("edited"));
                await RepeatAsync(dialogs, ct);
                break;
            case ActivityKind.Unreadable when activity.Media is { } media && stack.Top is { } asked && Current(asked) is { Prompt: FilePrompt.Name } step:
                var answer = FilePrompt.Take(dialogs.Context(asked, step), media, received => files.Keep(turn.Work, activity.Channel, received));
                await dialogs.TakeAsync(asked, step, answer, null, ct);
                break;
            default:
                if (stack.Top is { } top) dialogs.Fail(top, dialogs.Common("unreadable"));
                else dialogs.Say(dialogs.Common("unreadable"));
                await RepeatAsync(dialogs, ct);
                break;
        }
        turn.OnSaving(() => turn.Conversation.State = stack.Write());
    }

    /// <summary>Says that a message could not be handled. The dialogs stay as they were before it.</summary>
    public void OnFault(TurnContext turn) => turn.Send(new Message { Text = content.Text("common", "fault", turn.Language, []) });

    /// <summary>Says that too much came at once. The dialogs stay as they are.</summary>
    public void OnFlood(TurnContext turn) => turn.Send(new Message { Text = content.Text("common", "flood", turn.Language, []) });

    private DialogStack ReadStack(TurnContext turn)
    {
        if (turn.Conversation.State is not { } state) return DialogStack.Begin(turn.Now);
        if (DialogStack.Read(state) is not { } stack)
        {
            LogCorrupted(turn.Conversation.Id);
            return DialogStack.Begin(turn.Now);
        }
        stack.Frames.RemoveAll(IsUnknown);
        stack.Parked.RemoveAll(IsUnknown);
        foreach (var frame in stack.Frames.Concat(stack.Parked)) Meet(frame, content.Dialogs[frame.Dialog]);
        return stack;

        bool IsUnknown(Frame frame) => !content.Dialogs.ContainsKey(frame.Dialog);
    }

    /// <summary>A new version of a dialog meets people in the middle of it.</summary>
    private static void Meet(Frame frame, Dialog dialog)
    {
        if (frame.Version == dialog.Version) return;
        frame.Version = dialog.Version;
        frame.History.RemoveAll(name => dialog.Steps.GetValueOrDefault(name) is not AskStep);
    }

    /// <summary>Closes what waited too long. A dialog under an open one lives as long as that one does.</summary>
    private static bool DropExpired(DialogTurn dialogs, DateTimeOffset now)
    {
        var frames = dialogs.Stack.Frames;
        dialogs.Stack.Parked.RemoveAll(frame => frame.ExpiresAt < now);
        var living = frames.FindLastIndex(frame => frame.ExpiresAt >= now);
        if (living == frames.Count - 1) return false;
        frames.RemoveRange(living + 1, frames.Count - living - 1);
        dialogs.Say(dialogs.Common("expired"));
        return true;
    }

    private async Task PressAsync(DialogTurn dialogs, TurnContext turn, bool hasExpired, CancellationToken ct)
    {
        var stack = dialogs.Stack;
        var token = turn.Activity.Token ?? "";
        var button = ButtonToken.Parse(token);
        // The same button of the same message: a message that arrived twice has each button twice.
        var mark = $"{token}@{turn.Activity.PressedMessageId}";
        var isRepeat = mark == stack.LastPress;
        stack.LastPress = button is null ? null : mark;
        if (button is ButtonToken.OfEntry entry && content.Dialogs.TryGetValue(entry.Dialog, out var dialog) && dialog.Entries.TryGetValue(entry.EntryName, out var entrance))
        {
            var (asked, revision) = (stack.Top, stack.Top?.Revision);
            MakeRoom(dialogs, dialog);
            await dialogs.BeginAsync(dialog, entrance, entry.Id, ct);
            // What was only interrupted for a glance still stands where it was asked.
            if (asked is null || stack.Top != asked || asked.Revision != revision || !dialogs.HasOnlySentMessages) dialogs.Show(null, null);
            return;
        }
        if (button is ButtonToken.OfStep press)
        {
            if (Bring(dialogs, press) is { } frame)
            {
                await ChooseAsync(dialogs, turn, frame, Current(frame)!, press.Choice, isRepeat, ct);
                return;
            }
            // The second half of a double click: the first half was answered.
            if (isRepeat) return;
        }
        if (!hasExpired) dialogs.Say(dialogs.Common(button is not ButtonToken.OfStep stale ? "unknown-button" : IsHeld(stack, stale.Frame) ? "answered-already" : "finished-already"));
        if (turn.Activity.PressedMessageId is { } pressed) dialogs.TakeButtons(pressed);
        await RepeatAsync(dialogs, ct);
    }

    private static bool IsHeld(DialogStack stack, int frame) => stack.Frames.Concat(stack.Parked).Any(held => held.Id == frame);

    /// <summary>
    /// Brings the question of a button to the top, if it is open: it may lie under an interruption, or be parked, where the channel
    /// leaves its old buttons standing.
    /// </summary>
    private Frame? Bring(DialogTurn dialogs, ButtonToken.OfStep press)
    {
        var stack = dialogs.Stack;
        if (stack.Frames.Concat(stack.Parked).FirstOrDefault(held => held.Id == press.Frame && held.Revision == press.Revision) is not { } frame || Current(frame) is null) return null;
        if (stack.Parked.Remove(frame))
        {
            MakeRoom(dialogs, content.Dialogs[frame.Dialog]);
            stack.Frames.Add(frame);
        }
        var place = stack.Frames.IndexOf(frame);
        stack.Frames.RemoveRange(place + 1, stack.Frames.Count - place - 1);
        return frame;
    }

    private static async Task ChooseAsync(DialogTurn dialogs, TurnContext turn, Frame frame, AskStep step, string choice, bool isRepeat, CancellationToken ct)
    {
        var replaces = turn.Features.CanEdit ? turn.Activity.PressedMessageId : null;
        if (choice == "~back")
        {
            await dialogs.BackAsync(frame, ct);
            dialogs.Show(null, replaces);
            return;
        }
        var result = choice == "~skip" && step.Optional
            ? new PromptResult.Accepted(null)
            : await Prompt.For(step).PressAsync(dialogs.Context(frame, step), choice);
        // What the second press would show stands there already; only the offer of help, with the third failure, is new.
        if (isRepeat && replaces is not null && result is PromptResult.Redraw) return;
        if (isRepeat && replaces is not null && result is PromptResult.Retry && frame.Failures != 2)
        {
            frame.Failures++;
            return;
        }
        await dialogs.TakeAsync(frame, step, result, replaces, ct);
    }

    private async Task AnswerAsync(DialogTurn dialogs, TurnContext turn, CancellationToken ct)
    {
        if (dialogs.Stack.Top is not { } top || Current(top) is not { } step)
        {
            await RepeatAsync(dialogs, ct);
            return;
        }
        var text = turn.Activity.Text;
        var typed = Folding.Fold(text);
        if (typed.Length > 0 && typed == Folding.Fold(dialogs.Common("buttons.back").ToString()))
        {
            await dialogs.BackAsync(top, ct);
            dialogs.Show(null, null);
            return;
        }
        if (step.Optional && typed == Folding.Fold(dialogs.Common("buttons.skip").ToString()))
        {
            await dialogs.TakeAsync(top, step, new PromptResult.Accepted(null), null, ct);
            return;
        }
        // On a channel of words "Done" is typed as well as pressed.
        var isDone = typed.Length > 0 && step.Prompt is "choices" or "ratings" && typed == Folding.Fold(dialogs.Common("typed.done").ToString());
        var context = dialogs.Context(top, step);
        var result = isDone ? await Prompt.For(step).PressAsync(context, "~done") : await Prompt.For(step).TypeAsync(context, text);
        await dialogs.TakeAsync(top, step, result, null, ct);
    }

    private async Task CommandAsync(DialogTurn dialogs, string text, CancellationToken ct)
    {
        var words = text[1..].Split([' ', '\n'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var command = words.Length == 0 ? "" : words[0].Split('@')[0].ToLowerInvariant();
        var payload = words.Length > 1 ? words[1] : "";
        if (command == CancelCommand)
        {
            await CancelAsync(dialogs, ct);
            return;
        }
        if (command == StartCommand && payload.Split('-', 2) is [var link, var id] && content.ByLink.TryGetValue(link, out var target) && id.Length <= 40)
        {
            MakeRoom(dialogs, target.Dialog);
            await dialogs.BeginAsync(target.Dialog, target.Step, id, ct);
            dialogs.Show(null, null);
            return;
        }
        if (content.ByCommand.ContainsKey(command))
        {
            await StartAsync(dialogs, command, payload, ct);
            return;
        }
        dialogs.Say(dialogs.Common("unknown-command"));
        await RepeatAsync(dialogs, ct);
    }

    private async Task StartAsync(DialogTurn dialogs, string command, string payload, CancellationToken ct)
    {
        var dialog = content.ByCommand[command];
        if (!dialogs.IsOpen(dialog)) MakeRoom(dialogs, dialog);
        await dialogs.BeginOrResumeAsync(dialog, null, payload.Length <= 64 ? payload : "", ct);
        dialogs.Show(null, null);
    }

    /// <summary>Before another dialog starts: an interruption runs on top; otherwise what can wait is parked and the rest given up.</summary>
    private void MakeRoom(DialogTurn dialogs, Dialog next)
    {
        var stack = dialogs.Stack;
        if (next.Interrupts)
        {
            stack.Frames.RemoveAll(frame => frame.Dialog == next.Name);
            return;
        }
        foreach (var frame in stack.Frames.Where(frame => content.Dialogs[frame.Dialog].Keep && frame.Dialog != next.Name))
        {
            stack.Parked.RemoveAll(parked => parked.Dialog == frame.Dialog);
            stack.Parked.Add(frame);
        }
        stack.Frames.Clear();
    }

    private async Task CancelAsync(DialogTurn dialogs, CancellationToken ct)
    {
        if (dialogs.Stack.Top is null)
        {
            dialogs.Say(dialogs.Common("nothing-to-cancel"));
            await RepeatAsync(dialogs, ct);
            return;
        }
        dialogs.Say(dialogs.Common("cancelled"));
        await dialogs.EndAsync(cancelled: true, ct);
        dialogs.Show(null, null);
    }

    /// <summary>Shows the open question again at the end of the chat, or begins where every conversation begins.</summary>
    private async Task RepeatAsync(DialogTurn dialogs, CancellationToken ct)
    {
        if (dialogs.Stack.Top is { } top && Current(top) is null) await dialogs.ResumeAsync(top, ct);
        if (dialogs.Stack.Top is null) await dialogs.BeginOrResumeAsync(content.ByCommand[StartCommand], null, "", ct);
        dialogs.Show(null, null);
    }

    private AskStep? Current(Frame frame) => content.Dialogs[frame.Dialog].Steps.GetValueOrDefault(frame.Step) as AskStep;

    [LoggerMessage(LogLevel.Error, "The dialog state of conversation {ConversationId} cannot be read and was reset")]
    private partial void LogCorrupted(long conversationId);
}
