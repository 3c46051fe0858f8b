using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Server;

internal static class ServerSetup
{
    /// <summary>The assemblies that bring tables.</summary>
    public static readonly ModelParts Model = new([typeof(Inbox).Assembly, typeof(NetworkSetup).Assembly, typeof(WebChatAdapter).Assembly]);

    /// <summary>Adds database and clock. A relative path of the database is relative to the content root.</summary>
    public static void AddNetworkDatabase(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var options = ConfigurationCheck.Read<DatabaseOptions>(configuration, DatabaseOptions.Section);
        services.AddSingleton(_ => new Database(options.Under(environment.ContentRootPath), Model));
        services.AddSingleton<ServerLock>();
        if (options.Provider != DatabaseProvider.Sqlite)
            services.AddOptions<KeyManagementOptions>().Configure<Database>((keys, database) => keys.XmlRepository = new DatabaseKeys(database));
        services.PostConfigure<WebChatOptions>(web => web.KeysPath = Path.GetFullPath(web.KeysPath, DataFolder.Find(options, environment.ContentRootPath)));
        services.AddSingleton<DemoClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<DemoClock>());
    }

    /// <summary>Adds what those who run the server look at, and how it ends: what is on the wire is recorded within thirty seconds.</summary>
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Logging.AddLogOutput(builder.Configuration);
        builder.Services.AddObservability(builder.Configuration);
        builder.Services.AddOptions<HealthOptions>().BindConfiguration(HealthOptions.Section);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }

    /// <summary>Gives the channels the sentences that they say about themselves.</summary>
    public static void AddBotTexts(this IServiceCollection services, DialogContent content)
    {
        services.AddSingleton(new WebChatTexts(content.Texts["webchat"].ByLanguage.ToDictionary(
            language => language.Key,
            language => (IReadOnlyDictionary<string, string>)language.Value.ToDictionary(text => text.Key, text => text.Value.Source.Trim()))));
        AddPages(services);
        services.AddSingleton(provider => new BotProfile(
            Languages.All.ToDictionary(language => language, language => Profile(content, language)),
            ct => CoordinatorsAsync(provider, ct)));
    }

    private static async Task<IReadOnlyList<long>> CoordinatorsAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var db = services.GetRequiredService<Database>().Read();
        var coordinators = await services.GetRequiredService<Rights>().CoordinatorsAsync(db, ct);
        var chats = await db.Conversations
            .Where(c => coordinators.Contains(c.PersonId) && c.Channel == "telegram" && c.Address == c.SenderId && c.Reachable)
            .Select(c => c.Address)
            .ToListAsync(ct);
        return chats.ConvertAll(chat => long.Parse(chat, CultureInfo.InvariantCulture));
    }

    /// <summary>The notices that stand beside the chat: the same words as in it, and what belongs only there.</summary>
    private static void AddPages(IServiceCollection services)
    {
        foreach (var (path, set, key) in new[] { ("/privacy", "privacy", "notice.ask"), ("/about", "pages", "about"), ("/accessibility", "pages", "accessibility") })
        {
            services.AddSingleton(provider =>
            {
                var contact = provider.GetRequiredService<IOptions<NetworkOptions>>().Value.Contact;
                var values = new JsonObject { ["network-contact"] = contact, ["has-contact"] = contact.Length > 0 ? "yes" : "no" };
                return new TextPage(path, language => provider.GetRequiredService<DialogContent>().Text(set, key, language, values));
            });
        }
    }

    private static ProfileTexts Profile(DialogContent content, string language)
    {
        return new ProfileTexts(null, Say("bot", "description"), Say("bot", "short-description"), Commands("everyone", "members"), Commands("coordinators"));

        string Say(string set, string key) => content.Text(set, key, language, []).ToString();

        List<ProfileCommand> Commands(params string[] audiences) => [.. content.Dialogs.Values
            .Where(dialog => dialog.Menu is not null && audiences.Contains(dialog.Menu))
            .Select(dialog => new ProfileCommand(dialog.Commands[0], Say(dialog.Name, "command")))];
    }
}
