using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// Plug point: what a dialog does in the network. Found by scan; every outcome must be routed by every dialog that uses it.
/// One instance serves all turns: state belongs into the answers or the database.
/// </summary>
public interface IDialogAction
{
    /// <summary>Name by which dialogs call it: <c>slice.verb</c>.</summary>
    string Name { get; }

    /// <summary>All outcomes that <see cref="RunAsync"/> can return.</summary>
    IReadOnlyList<string> Outcomes { get; }

    /// <summary>True (the default) when it changes something: the person cannot go back behind it. False for look-ups and guards.</summary>
    bool ChangesSomething => true;

    /// <summary>True for a look-up, which may be run again to write the same in another language.</summary>
    bool CanRepeat => !ChangesSomething;

    /// <summary>Runs inside the turn's transaction. Nothing slow, no network: what is to be said goes into the outbox.</summary>
    /// <returns>One of <see cref="Outcomes"/>.</returns>
    Task<string> RunAsync(ActionContext context, CancellationToken ct);
}

/// <summary>What an action works with.</summary>
public sealed class ActionContext(TurnContext turn, Answers answers, IReadOnlyDictionary<string, string> with, DialogContent content)
{
    public TurnContext Turn => turn;

    /// <summary>The answers so far. What is set here can be said by the texts that follow.</summary>
    public Answers Answers => answers;

    public DialogContent Content => content;

    /// <summary>Parameter from the dialog file (<c>with:</c>), or an empty string.</summary>
    public string With(string name) => with.GetValueOrDefault(name, "");

    /// <summary>Says a sentence of a dialog to the person of this turn, as a message of its own.</summary>
    public void Say(string set, string key, JsonObject values, FileContent? file = null) =>
        turn.Send(new Message { Text = content.Text(set, key, turn.Language, values), File = file });
}
