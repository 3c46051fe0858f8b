using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Channels.Telegram;

public static class TelegramSetup
{
    /// <summary>
    /// Adds the channel; only to be called when a token is set and <see cref="TelegramOptions.Faults"/> names nothing. A
    /// <see cref="BotProfile"/> among the services is brought to Telegram at start.
    /// </summary>
    public static IServiceCollection AddTelegramChannel(this IServiceCollection services)
    {
        services.AddOptions<TelegramOptions>().BindConfiguration(TelegramOptions.Section);
        services.AddSingleton<TelegramApi>();
        services.AddSingleton<MediaSender>();
        services.AddSingleton<TelegramAdapter>();
        services.AddSingleton<ChannelAdapter>(provider => provider.GetRequiredService<TelegramAdapter>());
        services.AddSingleton<PressAcknowledger>();
        services.AddSingleton<TelegramWebhook>();
        services.AddHostedService(provider => provider.GetRequiredService<PressAcknowledger>());
        services.AddHostedService<TelegramPoller>();
        services.AddHostedService<WebhookRegistration>();
        services.AddHostedService<TelegramProfile>();
        return services;
    }

    /// <summary>Maps the webhook when updates come by it, otherwise nothing.</summary>
    public static void MapTelegram(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<TelegramAdapter>() is null) return;
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<TelegramOptions>>().Value.Receive == ReceiveMode.Webhook)
            endpoints.ServiceProvider.GetRequiredService<TelegramWebhook>().Map(endpoints);
    }
}
