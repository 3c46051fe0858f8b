using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.Enums;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>Tells Telegram at start where to post updates, and goes on trying until it has understood.</summary>
internal sealed partial class WebhookRegistration(TelegramApi api, IOptions<TelegramOptions> options, TimeProvider time, ILogger<WebhookRegistration> log) : BackgroundService
{
    private const int ParallelCalls = 40;

    private readonly Backoff _backoff = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Receive != ReceiveMode.Webhook) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RegisterAsync(stoppingToken);
                LogReady();
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (RequestException fault)
            {
                LogFailed(Outcome.Describe(fault));
            }
            await Task.Delay(_backoff.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RegisterAsync(CancellationToken ct)
    {
        await api.IntroduceAsync(ct);
        await api.Bot.SendRequest(
            new SetWebhookRequest
            {
                Url = options.Value.FullWebhookUrl, SecretToken = options.Value.WebhookSecret, MaxConnections = ParallelCalls,
                AllowedUpdates = [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember],
                DropPendingUpdates = false,
            },
            ct);
    }

    [LoggerMessage(LogLevel.Information, "Telegram posts updates to this server's webhook")]
    private partial void LogReady();

    [LoggerMessage(LogLevel.Error, "The webhook could not be registered and will be tried again: {Reason}. Check Telegram:Token and Telegram:WebhookUrl")]
    private partial void LogFailed(string reason);
}
