using System.Collections.Concurrent;

namespace CrossBorderNetwork.TestKit.BotApi;

public enum EffectKind
{
    Sent,
    Edited,
    KeyboardEdited,
    Deleted,
    CallbackAnswered,
    ChatAction,
}

/// <summary>Something that the bot did to a person's screen. Numbers count from 1 over all chats.</summary>
public sealed record Effect(
    int Number,
    EffectKind Kind,
    long ChatId,
    int MessageId,
    string Text,
    IReadOnlyList<IReadOnlyList<Button>> Buttons,
    DateTimeOffset At)
{
    /// <summary>The parts of the text that are not plain.</summary>
    public IReadOnlyList<Formatting> Formatting { get; init; } = [];
}

/// <summary>
/// A call that reached the emulator; the token is never kept. Status is 0 while it runs or when the connection was cut.
/// </summary>
public sealed class ApiRequest(string method, long? chatId, DateTimeOffset at)
{
    public string Method { get; } = method;

    public long? ChatId { get; } = chatId;

    public DateTimeOffset At { get; } = at;

    public int Status { get; internal set; }

    /// <summary>It was carried out, and the bot was not told, or not so that it could know.</summary>
    public bool IsUnanswered => HasHappened && !IsAnswered;

    internal bool HasHappened { get; set; }

    internal bool IsAnswered { get; set; }

    /// <summary>Why it was refused, in Telegram's words; null while it runs and when it was not.</summary>
    public string? Refusal { get; internal set; }
}

/// <summary>
/// What really happened, whatever the bot believes: the judge of tests about loss, repetition and pace. Safe to read at any time.
/// </summary>
public sealed class Truth
{
    private readonly Lock gate = new();
    private readonly List<Effect> effects = [];
    private readonly ConcurrentQueue<ApiRequest> requests = new();
    private readonly Dictionary<(long Chat, string Text), int> copies = [];
    private readonly Dictionary<string, int> copiesOf = [];
    private int tooManyRequests;
    private int insideRetryAfter;
    private int paid;

    public IReadOnlyList<Effect> Effects
    {
        get
        {
            lock (gate)
                return [.. effects];
        }
    }

    public IReadOnlyList<ApiRequest> Requests => [.. requests];

    /// <summary>Told of each call as it arrives, on the thread that serves it; for load tests.</summary>
    public Action<ApiRequest>? Arrived { get; set; }

    /// <summary>How many 429 answers were given.</summary>
    public int TooManyRequests => Volatile.Read(ref tooManyRequests);

    /// <summary>How many requests came before a wait that a 429 had asked for was over.</summary>
    public int RequestsInsideRetryAfter => Volatile.Read(ref insideRetryAfter);

    /// <summary>How many messages were let through as paid broadcasts.</summary>
    public int Paid => Volatile.Read(ref paid);

    /// <summary>Messages beyond the first of the same text in the same chat, over all chats.</summary>
    public int Duplicates
    {
        get
        {
            lock (gate)
                return copies.Values.Sum(count => count - 1);
        }
    }

    /// <summary>How many messages of exactly this text a chat received.</summary>
    public int Copies(long chatId, string text)
    {
        lock (gate)
            return copies.GetValueOrDefault((chatId, text));
    }

    /// <summary>How many messages of exactly this text arrived, in all chats.</summary>
    public int CopiesOf(string text)
    {
        lock (gate)
            return copiesOf.GetValueOrDefault(text);
    }

    /// <summary>The messages that reached a chat, in order, as they were first sent.</summary>
    public IReadOnlyList<Effect> MessagesIn(long chatId)
    {
        lock (gate)
            return [.. effects.Where(effect => effect.ChatId == chatId && effect.Kind == EffectKind.Sent)];
    }

    internal ApiRequest Request(string method, long? chatId, DateTimeOffset at)
    {
        var request = new ApiRequest(method, chatId, at);
        requests.Enqueue(request);
        Arrived?.Invoke(request);
        return request;
    }

    internal void Add(
        EffectKind kind, long chatId, int messageId, string text, IReadOnlyList<IReadOnlyList<Button>> buttons, IReadOnlyList<Formatting> formatting, DateTimeOffset at)
    {
        lock (gate)
        {
            effects.Add(new Effect(effects.Count + 1, kind, chatId, messageId, text, buttons, at) { Formatting = formatting });
            if (kind == EffectKind.Sent)
            {
                copies[(chatId, text)] = copies.GetValueOrDefault((chatId, text)) + 1;
                copiesOf[text] = copiesOf.GetValueOrDefault(text) + 1;
            }
        }
    }

    internal void CountTooManyRequests() => Interlocked.Increment(ref tooManyRequests);

    internal void CountPaid() => Interlocked.Increment(ref paid);

    internal void CountInsideRetryAfter() => Interlocked.Increment(ref insideRetryAfter);
}
