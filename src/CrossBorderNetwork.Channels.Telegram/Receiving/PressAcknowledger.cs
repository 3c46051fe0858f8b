using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Requests;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Ends the waiting mark on a pressed button at once, outside the person's lane: a slow turn must not look like a dead button.
/// Nothing depends on it, so a failure is only counted in the log and the oldest is dropped when too many wait.
/// </summary>
internal sealed partial class PressAcknowledger(TelegramApi api, ILogger<PressAcknowledger> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<string> _presses = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Recent<string, string> _seen = new(10_000);

    /// <summary>Returns at once. A press that is offered again is not acknowledged again.</summary>
    public void Acknowledge(string? pressId, string updateId)
    {
        if (pressId is not null && ReferenceEquals(_seen.FirstSeen(pressId, updateId), updateId)) _presses.Writer.TryWrite(pressId);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _presses.Writer.TryComplete();
        if (ExecuteTask is { } rest) await Task.WhenAny(rest, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _presses.Reader.ReadAllAsync(CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = 64 }, AnswerAsync);

    private async ValueTask AnswerAsync(string pressId, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await api.Bot.SendRequest(new AnswerCallbackQueryRequest { CallbackQueryId = pressId }, patience.Token);
        }
        catch (Exception fault)
        {
            LogFailed(fault.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A press could not be acknowledged: {Fault}")]
    private partial void LogFailed(string fault);
}
