using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>What a verb knows of the server that it belongs to: settings and folders, and on demand the network, at rest.</summary>
internal sealed class Surroundings
{
    private Surroundings(WebApplicationBuilder builder)
    {
        Builder = builder;
        Database = ConfigurationCheck.Read<DatabaseOptions>(builder.Configuration, DatabaseOptions.Section).Under(ContentRootPath);
        Telegram = ConfigurationCheck.Read<TelegramOptions>(builder.Configuration, TelegramOptions.Section);
    }

    public IConfiguration Configuration => Builder.Configuration;

    public string ContentRootPath => Builder.Environment.ContentRootPath;

    public DatabaseOptions Database { get; }

    /// <summary>Null for a database that is no file.</summary>
    public string? DatabaseFile => Database.Provider == DatabaseProvider.Sqlite && new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource is var file and not ":memory:" ? file : null;

    public TelegramOptions Telegram { get; }

    private WebApplicationBuilder Builder { get; }

    public static Surroundings Read() => new(WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = ContentRoot.Find() }));

    /// <summary>A path as a person at this prompt would write it.</summary>
    public static string Short(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>The network without anything that runs: no delivery, no turns, no schedule.</summary>
    public ServiceProvider BuildNetwork()
    {
        Builder.Logging.ClearProviders();
        Builder.Services.AddNetworkDatabase(Configuration, Builder.Environment);
        Builder.Services.AddMessaging();
        Builder.Services.AddConversations(DialogContent.Load(ContentRoot.Dialogs(ContentRootPath)));
        Builder.Services.AddNetwork();
        Builder.Services.AddWebChatChannel();
        return Builder.Services.BuildServiceProvider();
    }
}
