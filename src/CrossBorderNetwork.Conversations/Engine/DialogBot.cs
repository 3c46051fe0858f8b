using System.Text.Json;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// Decides for each activity which dialog it concerns: a command, a button, an answer to the open question, or none of these.
/// Nobody is left without an answer.
/// </summary>
public sealed partial class DialogBot(DialogContent content, ActionSet actions, ILogger<DialogBot> log)
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
            turn.Send(new Message { Text = content.Text("common", "private-only", turn.Language, []) });
            return;
        }
        var dialogs = new DialogTurn(content, actions, turn, ReadStack(turn));
        DropExpired(dialogs, turn.Now);
        switch (activity.Kind)
        {
            case ActivityKind.Press:
                await PressAsync(dialogs, turn, activity.Token ?? "", ct);
                break;
            case ActivityKind.Message when activity.Text.StartsWith('/'):
                await CommandAsync(dialogs, activity.Text, ct);
                break;
            case ActivityKind.Message:
                await AnswerAsync(dialogs, turn, ct);
                break;
            case ActivityKind.Joined when dialogs.Stack.Top is null:
                await StartAsync(dialogs, StartCommand, "", ct);
                break;
            case ActivityKind.Joined:
                await RepeatAsync(dialogs, ct);
                break;
            case ActivityKind.Edited:
                dialogs.Say(dialogs.Common("edited"));
                await RepeatAsync(dialogs, ct);
                break;
            default:
                dialogs.Say(dialogs.Common("unreadable"));
                await RepeatAsync(dialogs, ct);
                break;
        }
        turn.OnSaving(() => turn.Conversation.State = dialogs.Stack.Write());
    }

    /// <summary>Says that a message could not be handled. The dialogs stay as they were before it.</summary>
    public void OnFault(TurnContext turn) => turn.Send(new Message { Text = content.Text("common", "fault", turn.Language, []) });

    private DialogStack ReadStack(TurnContext turn)
    {
        try
        {
            var stack = DialogStack.Read(turn.Conversation.State);
            stack.Frames.RemoveAll(IsUnknown);
            stack.Parked.RemoveAll(IsUnknown);
            return stack;
        }
        catch (JsonException)
        {
            LogCorrupted(turn.Conversation.Id);
            return new DialogStack();
        }

        bool IsUnknown(Frame frame) => !content.Dialogs.ContainsKey(frame.Dialog);
    }

    private static void DropExpired(DialogTurn dialogs, DateTimeOffset now)
    {
        dialogs.Stack.Parked.RemoveAll(frame => frame.ExpiresAt < now);
        if (dialogs.Stack.Top is not { } top || top.ExpiresAt >= now) return;
        dialogs.Stack.Frames.Clear();
        dialogs.Say(dialogs.Common("expired"));
    }

    private async Task PressAsync(DialogTurn dialogs, TurnContext turn, string token, CancellationToken ct)
    {
        var stack = dialogs.Stack;
        var isRepeat = token == stack.LastToken;
        stack.LastToken = token;
        switch (ButtonToken.Parse(token))
        {
            case ButtonToken.OfEntry entry when content.Dialogs.TryGetValue(entry.Dialog, out var dialog) && dialog.Entries.TryGetValue(entry.EntryName, out var step):
                MakeRoom(dialogs, dialog);
                await dialogs.BeginAsync(dialog, step, entry.Id, ct);
                dialogs.Show(null, null);
                return;
            case ButtonToken.OfStep press when stack.Top is { } top && top.Id == press.Frame && top.Revision == press.Revision && Current(top) is { } step:
                await ChooseAsync(dialogs, turn, top, step, press.Choice, ct);
                return;
            case ButtonToken.OfStep when isRepeat:
                // The second half of a double click: the first half was answered.
                return;
            case ButtonToken.OfStep press:
                turn.Send(new Message { ReplacesMessageId = turn.Activity.PressedMessageId, OnlyRemovesButtons = true });
                var isOpen = stack.Top is { } open && open.Id == press.Frame;
                dialogs.Say(dialogs.Common(isOpen ? "answered-already" : "finished-already"));
                await RepeatAsync(dialogs, ct);
                return;
            default:
                dialogs.Say(dialogs.Common("unknown-button"));
                await RepeatAsync(dialogs, ct);
                return;
        }
    }

    private static async Task ChooseAsync(DialogTurn dialogs, TurnContext turn, Frame frame, AskStep step, string choice, CancellationToken ct)
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
        if (dialogs.Stack.Top is { } top && top.Dialog == dialog.Name)
        {
            if (dialog.Keep)
            {
                dialogs.Say(dialogs.Common("resumed"));
                await RepeatAsync(dialogs, ct);
                return;
            }
            dialogs.Stack.Frames.Remove(top);
        }
        MakeRoom(dialogs, dialog);
        await dialogs.BeginOrResumeAsync(dialog, null, payload.Length <= 64 ? payload : "", ct);
        dialogs.Show(null, null);
    }

    /// <summary>Before another dialog starts: an interruption runs on top; otherwise what can wait is parked and the rest given up.</summary>
    private void MakeRoom(DialogTurn dialogs, Dialog next)
    {
        if (next.Interrupts) return;
        var stack = dialogs.Stack;
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
        if (dialogs.Stack.Top is { } top)
        {
            if (Current(top) is null) await dialogs.ResumeAsync(top, ct);
            dialogs.Show(null, null);
            return;
        }
        await dialogs.BeginOrResumeAsync(content.ByCommand[StartCommand], null, "", ct);
        dialogs.Show(null, null);
    }

    private AskStep? Current(Frame frame) => content.Dialogs[frame.Dialog].Steps.GetValueOrDefault(frame.Step) as AskStep;

    [LoggerMessage(LogLevel.Error, "The dialog state of conversation {ConversationId} cannot be read and was reset")]
    private partial void LogCorrupted(long conversationId);
}
