using System.Net.Http.Headers;
using System.Text.Json;

namespace CrossBorderNetwork.TestKit.BotApi;

internal sealed record Webhook(Uri Url, string? Secret, int MaxConnections);

/// <summary>
/// Pushes updates as Telegram does: in order within a lane, lanes in parallel, a failing update holds its own lane only.
/// Retries at once, then after 2, 4, 8 … 60 seconds, or when the bot's Retry-After says.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int LongestWait = 60;
    private const int LongestRetryAfter = 3600;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<QueuedUpdate>> lanes = [];
    private readonly List<Task> running = [];
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim connections;
    private readonly HttpClient http;
    private readonly UpdateQueue queue;
    private readonly Action<JsonElement> callFromReply;
    private readonly BotApiOptions options;

    public WebhookSender(Webhook webhook, UpdateQueue queue, BotApiOptions options, Action<JsonElement> callFromReply)
    {
        Webhook = webhook;
        this.queue = queue;
        this.options = options;
        this.callFromReply = callFromReply;
        connections = new SemaphoreSlim(webhook.MaxConnections);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = TimeSpan.FromMinutes(1),
        };
    }

    public Webhook Webhook { get; }

    public string? LastError { get; private set; }

    public DateTimeOffset LastErrorAt { get; private set; }

    public void Accept(QueuedUpdate update)
    {
        lock (gate)
        {
            if (lanes.TryGetValue(update.Lane, out var lane))
            {
                lane.Enqueue(update);
                return;
            }
            lanes[update.Lane] = new Queue<QueuedUpdate>([update]);
            running.RemoveAll(task => task.IsCompleted);
            running.Add(Task.Run(() => RunLaneAsync(update.Lane)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task[] left;
        lock (gate)
            left = [.. running];
        await Task.WhenAll(left);
        http.Dispose();
        connections.Dispose();
        stop.Dispose();
    }

    private async Task RunLaneAsync(string name)
    {
        try
        {
            while (Head(name) is { } update)
            {
                await PushUntilTakenAsync(update);
                queue.Confirm(update);
                Drop(name);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The webhook was removed; what was not confirmed stays in the queue.
        }
    }

    private QueuedUpdate? Head(string name)
    {
        lock (gate)
        {
            if (lanes[name].TryPeek(out var update))
                return update;
            lanes.Remove(name);
            return null;
        }
    }

    private void Drop(string name)
    {
        lock (gate)
            lanes[name].Dequeue();
    }

    private async Task PushUntilTakenAsync(QueuedUpdate update)
    {
        for (var attempt = 0; update.Expires > options.Time.GetUtcNow(); attempt++)
        {
            var seconds = await PushAsync(update, attempt);
            if (seconds is not { } wait)
                return;
            await Task.Delay(TimeSpan.FromSeconds(wait * options.WebhookRetryScale), stop.Token);
        }
    }

    /// <summary>Null when the bot took the update, otherwise the seconds until the next try.</summary>
    private async Task<int?> PushAsync(QueuedUpdate update, int attempt)
    {
        await connections.WaitAsync(stop.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Webhook.Url);
            request.Content = new ByteArrayContent(update.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            if (Webhook.Secret is { } secret)
                request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
            using var response = await http.SendAsync(request, stop.Token);
            if (response.IsSuccessStatusCode)
            {
                TakeReply(await response.Content.ReadAsByteArrayAsync(stop.Token));
                return null;
            }
            NoteError($"Wrong response from the webhook: {(int)response.StatusCode} {response.ReasonPhrase}");
            return response.Headers.RetryAfter?.Delta is { } asked
                ? (int)Math.Min(asked.TotalSeconds, LongestRetryAfter) : Backoff(attempt);
        }
        catch (HttpRequestException failure)
        {
            var refused = failure.HttpRequestError == HttpRequestError.ConnectionError;
            NoteError(refused ? "Connection refused" : "Connection reset by peer");
            return Backoff(attempt);
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            NoteError("Read timeout expired");
            return Backoff(attempt);
        }
        finally
        {
            connections.Release();
        }
    }

    private static int Backoff(int attempt) => attempt == 0 ? 0 : Math.Min(LongestWait, 1 << Math.Min(attempt, 6));

    private void NoteError(string what)
    {
        LastError = what;
        LastErrorAt = options.Time.GetUtcNow();
    }

    private void TakeReply(byte[] body)
    {
        if (body is not [(byte)'{', ..])
            return;
        try
        {
            using var reply = JsonDocument.Parse(body);
            if (reply.RootElement.TryGetProperty("method", out _))
                callFromReply(reply.RootElement);
        }
        catch (JsonException)
        {
            // Telegram ignores a body that it cannot read: the status alone confirms.
        }
    }
}

/// <summary>
/// The one webhook that is set, if any. A replaced sender finishes in the background and is awaited at the end.
/// </summary>
internal sealed class Webhooks(UpdateQueue queue, BotApiOptions options, Action<JsonElement> callFromReply) : IAsyncDisposable
{
    private readonly List<Task> retired = [];

    public WebhookSender? Current { get; private set; }

    public void Use(Webhook? webhook)
    {
        var old = Current;
        Current = webhook is null ? null : new WebhookSender(webhook, queue, options, callFromReply);
        queue.PushTo(Current);
        if (old is not null)
            retired.Add(old.DisposeAsync().AsTask());
    }

    public async ValueTask DisposeAsync()
    {
        Use(null);
        await Task.WhenAll(retired);
    }
}
