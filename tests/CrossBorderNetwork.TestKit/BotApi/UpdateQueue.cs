using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// One update as bytes. Lane is the queue in which Telegram keeps order; a lone one is handed out once, whatever the
/// offset.
/// </summary>
internal sealed record QueuedUpdate(long Id, byte[] Body, string Lane, DateTimeOffset Expires, bool HandedOutOnce = false);

/// <summary>
/// Updates between their making and their confirmation. Exactly one taker: a long poll, which a newer poll or a webhook ends.
/// </summary>
internal sealed class UpdateQueue(TimeProvider time)
{
    private const string WebhookActive =
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";

    private const string Terminated = "terminated by other getUpdates request; make sure that only one bot instance is running";
    private const int OffsetLead = 10;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan CallbackUpdateLifetime = TimeSpan.FromSeconds(150);
    private static readonly string[] OnlyWhenAsked = ["chat_member", "message_reaction", "message_reaction_count"];

    private readonly Lock gate = new();
    private readonly Queue<QueuedUpdate> history = new();
    private List<QueuedUpdate> pending = [];
    private string[] allowed = [];
    private long lastId = 700_000_000;
    private Poll? poll;
    private WebhookSender? webhook;

    public long LastId => Volatile.Read(ref lastId);

    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                DropExpired();
                return pending.Count;
            }
        }
    }

    public IReadOnlyList<string> Allowed => allowed;

    /// <summary>Queues an update of one kind unless the bot did not want that kind; returns its id, or 0.</summary>
    public long Add(string kind, JsonObject content, string lane)
    {
        lock (gate)
        {
            if (allowed.Length > 0 ? !allowed.Contains(kind) : OnlyWhenAsked.Contains(kind))
                return 0;
            var id = ++lastId;
            var body = Wire.Bytes(new JsonObject { ["update_id"] = id, [kind] = content });
            var lifetime = kind == "callback_query" ? CallbackUpdateLifetime : Lifetime;
            Enqueue(new QueuedUpdate(id, body, lane, time.GetUtcNow() + lifetime));
            return id;
        }
    }

    /// <summary>
    /// Hands over any text as an update: foreign kinds, repeated ids, even broken JSON, which is handed out once.
    /// </summary>
    public long AddRaw(string body)
    {
        JsonObject? update = null;
        try
        {
            update = JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            // Broken on purpose: it goes out as it is.
        }
        lock (gate)
        {
            var known = update?["update_id"] is JsonValue value && value.TryGetValue<long>(out var given) ? given : 0;
            var repeated = known > 0 && known <= lastId;
            var id = known > 0 ? known : ++lastId;
            if (update is not null && known == 0)
            {
                update.Insert(0, "update_id", id);
                body = update.ToJsonString();
            }
            lastId = Math.Max(lastId, id);
            var once = repeated || update is null;
            Enqueue(new QueuedUpdate(id, Encoding.UTF8.GetBytes(body), $"raw {id}", time.GetUtcNow() + Lifetime, once));
            return id;
        }
    }

    public void AddAgain(long updateId)
    {
        lock (gate)
        {
            var known = history.LastOrDefault(update => update.Id == updateId)
                ?? throw new InvalidOperationException($"No update {updateId} was queued among the last 1000.");
            Enqueue(known with { HandedOutOnce = true });
        }
    }

    public void Allow(string[] kinds) => allowed = kinds;

    public void DropPending()
    {
        lock (gate)
            pending.Clear();
    }

    /// <summary>From now on updates are pushed to the webhook, beginning with those that wait; null returns to polling.</summary>
    public void PushTo(WebhookSender? sender)
    {
        lock (gate)
        {
            poll?.End("terminated by setWebhook request");
            poll = null;
            webhook = sender;
            if (sender is null)
                return;
            foreach (var update in pending)
                sender.Accept(update);
        }
    }

    public void Confirm(QueuedUpdate update)
    {
        lock (gate)
            pending.Remove(update);
    }

    /// <summary>Waits until there are updates, the timeout ends (empty list) or another taker comes (409).</summary>
    public async Task<IReadOnlyList<QueuedUpdate>> TakeAsync(
        long offset, int limit, TimeSpan timeout, CancellationToken cancellation)
    {
        var mine = new Poll();
        lock (gate)
        {
            if (webhook is not null)
                throw ApiError.Conflict(WebhookActive);
            poll?.End(Terminated);
            poll = mine;
            ConfirmUpTo(offset);
        }
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            while (true)
            {
                Task news;
                var left = timeout - TimeProvider.System.GetElapsedTime(started);
                lock (gate)
                {
                    if (mine.Ended is { } why)
                        throw ApiError.Conflict(why);
                    DropExpired();
                    if (pending.Count > 0 || left <= TimeSpan.Zero)
                        return HandOut(limit);
                    news = mine.Sleep();
                }
                await news.WaitAsync(left, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            lock (gate)
            {
                if (poll == mine)
                    poll = null;
            }
        }
    }

    private List<QueuedUpdate> HandOut(int limit)
    {
        List<QueuedUpdate> batch = [.. pending.Take(limit)];
        // A broken update spoils the whole answer: it goes out once, and the rest comes again because nothing was confirmed.
        if (batch.Exists(update => update.HandedOutOnce))
            pending.RemoveAll(update => update.HandedOutOnce && batch.Contains(update));
        return batch;
    }

    private void ConfirmUpTo(long offset)
    {
        if (offset < 0)
            pending = [.. pending.TakeLast((int)Math.Min(-offset, int.MaxValue))];
        else if (offset <= lastId + 1 + OffsetLead)
            pending.RemoveAll(update => update.Id < offset && !update.HandedOutOnce);
    }

    private void Enqueue(QueuedUpdate update)
    {
        pending.Add(update);
        history.Enqueue(update);
        if (history.Count > 1000)
            history.Dequeue();
        webhook?.Accept(update);
        poll?.Wake();
    }

    private void DropExpired()
    {
        var now = time.GetUtcNow();
        pending.RemoveAll(update => update.Expires <= now);
    }

    private sealed class Poll
    {
        private TaskCompletionSource? sleeper;

        public string? Ended { get; private set; }

        public Task Sleep() => (sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Wake() => sleeper?.TrySetResult();

        public void End(string why)
        {
            Ended = why;
            Wake();
        }
    }
}
