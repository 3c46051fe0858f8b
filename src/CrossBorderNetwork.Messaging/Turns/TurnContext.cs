using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// One activity handled to its end. All that the turn decides (entities, messages, dialog state) becomes durable in
/// <see cref="Work"/> together.
/// </summary>
public sealed class TurnContext(Activity activity, Conversation conversation, ChannelFeatures features, UnitOfWork work, Outbox outbox, DateTimeOffset now)
{
    private readonly List<(Message Message, Action<long>? Sent)> _replies = [];
    private Action? _saving;

    public Activity Activity => activity;

    /// <summary>The conversation of this turn, written when the turn ends. Change it here only, never through <see cref="Db"/>.</summary>
    public Conversation Conversation => conversation;

    public ChannelFeatures Features => features;

    public UnitOfWork Work => work;

    public NetworkDb Db => work.Db;

    public Outbox Outbox => outbox;

    public DateTimeOffset Now => now;

    public long PersonId => conversation.PersonId;

    /// <summary>Two-letter language of the reader.</summary>
    public string Language => conversation.Language;

    /// <summary>Whether anything was said in this turn.</summary>
    public bool HasResponded => _replies.Count > 0;

    /// <summary>Says something. <paramref name="sent"/> learns the outbox id once it is known, before the state is saved.</summary>
    public void Send(Message message, Action<long>? sent = null) => _replies.Add((message, sent));

    /// <summary>What is to be done last, when the ids of all messages are known: serialise the state of the conversation.</summary>
    public void OnSaving(Action action) => _saving += action;

    internal void WriteReplies()
    {
        foreach (var (message, sent) in _replies)
        {
            var id = outbox.Reply(work, conversation, activity.Thread, message);
            sent?.Invoke(id);
        }
        _saving?.Invoke();
    }
}

/// <summary>What answers: the floor above hands its turn handler down.</summary>
/// <param name="OnTurn">Handles one activity.</param>
/// <param name="OnFault">Says that it could not be handled, after the last attempt failed. Must be simple: it runs after faults.</param>
/// <param name="OnFlood">Says that too much came at once, and that some of it is not handled.</param>
public sealed record Bot(Func<TurnContext, CancellationToken, Task> OnTurn, Action<TurnContext> OnFault, Action<TurnContext> OnFlood);
