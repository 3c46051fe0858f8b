using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Messaging;

public static class MessagingSetup
{
    /// <summary>Adds inbox, turns, outbox and delivery. The host also registers a <see cref="Bot"/> and its channel adapters.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section);
        services.AddOptions<InboxOptions>().BindConfiguration(InboxOptions.Section);
        services.AddSingleton<Node>();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<ChatPace>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<OutboxRows>();
        services.AddSingleton<TurnLanes>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<LastTurn>();
        services.AddSingleton<FloodGate>();
        services.AddSingleton<Inbox>();
        services.AddSingleton<SettleRestored>();
        services.AddSingleton<MediaFiles>();
        services.AddSingleton<FetchMedia>();
        services.AddSingleton<DeepLinks>();
        services.AddHostedService<Heartbeat>();
        services.AddHostedService<Delivery>();
        services.AddHostedService<TurnWorker>();
        return services;
    }
}
