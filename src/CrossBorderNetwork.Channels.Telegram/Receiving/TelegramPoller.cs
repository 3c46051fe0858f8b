using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Asks Telegram for updates and confirms them by the next offset, only after they are durable: what a crash leaves is offered
/// again and recognised. Reads raw text, so that an update which the library cannot read does not hold up the others. Never gives up.
/// </summary>
internal sealed partial class TelegramPoller(
    TelegramApi api, TelegramAdapter adapter, Node node, Inbox inbox, PressAcknowledger presses, IOptions<TelegramOptions> options, TimeProvider time, ILogger<TelegramPoller> log)
    : BackgroundService
{
    private const int Limit = 100;
    private const int LongPollSeconds = 50;

    private static readonly TimeSpan FullWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FollowWait = TimeSpan.FromSeconds(1);

    private readonly Backoff _backoff = new();
    private int? _offset;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Receive != ReceiveMode.Polling) return;
        var ready = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!node.Leads)
                {
                    // Telegram answers one only; whoever follows it begins with what was not confirmed.
                    (ready, _offset) = (false, null);
                    await Task.Delay(FollowWait, time, stoppingToken);
                    continue;
                }
                if (!ready) await PrepareAsync(stoppingToken);
                ready = true;
                var wait = await StepAsync(stoppingToken);
                if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (!await PauseAsync(Wait(fault), stoppingToken)) return;
            }
        }
    }

    /// <summary>What waits at Telegram is kept: it may hold somebody's enrolment.</summary>
    private async Task PrepareAsync(CancellationToken ct)
    {
        await api.IntroduceAsync(ct);
        await api.Bot.SendRequest(new DeleteWebhookRequest { DropPendingUpdates = false }, ct);
        LogReady();
    }

    private async Task<TimeSpan> StepAsync(CancellationToken ct)
    {
        using var body = JsonContent.Create(new PollRequest(_offset, Limit, LongPollSeconds, RawUpdate.Kinds), PollJson.Default.PollRequest);
        using var response = await api.PollAsync(body, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var answer = await JsonDocument.ParseAsync(stream, cancellationToken: ct);
        if (response.StatusCode != HttpStatusCode.OK) return Refused((int)response.StatusCode, answer.RootElement);

        var batch = new List<Update>();
        int? last = null;
        foreach (var element in answer.RootElement.GetProperty("result").EnumerateArray())
        {
            if (RawUpdate.Of(element) is not { } raw) throw new FormatException("An update without an id.");
            var update = raw.WithPayload(element.GetRawText());
            presses.Acknowledge(raw.PressId, update.ExternalId);
            batch.Add(update);
            last = raw.Id;
        }
        if (batch.Count > 0 && !await inbox.AcceptAsync(adapter, batch, ct)) return FullWait;
        // Only now: asking with this offset tells Telegram to forget them.
        _offset = last + 1 ?? _offset;
        _backoff.Reset();
        return TimeSpan.Zero;
    }

    private TimeSpan Refused(int status, JsonElement answer)
    {
        switch (status)
        {
            case 401 or 404:
                LogTokenRefused();
                return Outcome.TokenWait;
            case 409:
                LogConflict();
                return _backoff.Next();
            case 429 when RetryAfter(answer) is { } seconds:
                return TimeSpan.FromSeconds(seconds);
            default:
                LogFailed($"status {status}");
                return _backoff.Next();
        }
    }

    private TimeSpan Wait(Exception fault)
    {
        if (Outcome.IsTokenRefused(fault))
        {
            LogTokenRefused();
            return Outcome.TokenWait;
        }
        LogFailed(fault.InnerException is { } cause ? $"{fault.GetType().Name}, {cause.GetType().Name}" : fault.GetType().Name);
        return _backoff.Next();
    }

    private async Task<bool> PauseAsync(TimeSpan wait, CancellationToken ct)
    {
        await Task.Delay(wait, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !ct.IsCancellationRequested;
    }

    private static int? RetryAfter(JsonElement answer) =>
        answer.TryGetProperty("parameters", out var parameters) && parameters.TryGetProperty("retry_after", out var seconds) ? seconds.GetInt32() : null;

    [LoggerMessage(LogLevel.Information, "Asking Telegram for updates")]
    private partial void LogReady();

    [LoggerMessage(LogLevel.Critical, "The token was refused by Telegram: no update can be received. Set Telegram:Token to the bot's current token from @BotFather and start again")]
    private partial void LogTokenRefused();

    [LoggerMessage(LogLevel.Error, "Another program receives this bot's updates. Stop the other server, or give this one a bot of its own")]
    private partial void LogConflict();

    [LoggerMessage(LogLevel.Warning, "Telegram could not be asked for updates and will be asked again: {Fault}")]
    private partial void LogFailed(string fault);
}
