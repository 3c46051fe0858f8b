using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Conversations;

public static class ConversationsSetup
{
    /// <summary>Adds the dialogs of <paramref name="content"/> as the bot that answers. Actions are added by the slices.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services, DialogContent content)
    {
        services.AddSingleton(content);
        ActionSet.AddFrom(services, typeof(ConversationsSetup).Assembly);
        services.AddSingleton<ActionSet>();
        services.AddSingleton<DialogBot>();
        services.AddSingleton(provider =>
        {
            var bot = provider.GetRequiredService<DialogBot>();
            return new Bot(bot.OnTurnAsync, bot.OnFault, bot.OnFlood);
        });
        return services;
    }
}
