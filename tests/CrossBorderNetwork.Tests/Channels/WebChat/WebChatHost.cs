using System.Globalization;
using System.Net;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using YamlDotNet.Serialization;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

/// <summary>The web chat channel on a real Kestrel with a real database, and a bot that repeats what it hears.</summary>
internal sealed class WebChatHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private WebChatHost(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
    }

    public string Folder { get; }

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public static async Task<WebChatHost> StartAsync(
        Func<TurnContext, Message>? answer = null, TimeProvider? time = null, string? folder = null, WebChatPanel? panel = null,
        Action<WebApplication>? map = null, Action<WebApplication>? before = null, WebChatTexts? texts = null, IReadOnlyList<TextPage>? pages = null)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("webchat").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Inbox:PersonBurst"] = "1000000";
        builder.Configuration["WebChat:PublicUrl"] = "https://network.example.org";
        builder.Configuration["WebChat:KeysPath"] = Path.Combine(folder, "keys");
        var services = builder.Services;
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton(new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(folder, "test.db")}" });
        services.AddSingleton(new ModelParts([typeof(Conversation).Assembly, typeof(WebChatSetup).Assembly]));
        services.AddSingleton<Database>();
        services.AddSingleton(new Bot(
            (turn, _) =>
            {
                turn.Send((answer ?? Echo)(turn));
                return Task.CompletedTask;
            },
            turn => turn.Send(new Message { Text = RichText.Plain("fault") }),
            turn => turn.Send(new Message { Text = RichText.Plain("flood") })));
        services.AddSingleton(texts ?? Texts());
        if (panel is not null) services.AddSingleton(panel);
        foreach (var page in pages ?? []) services.AddSingleton(page);
        services.AddMessaging();
        services.AddWebChatChannel();
        var app = builder.Build();
        before?.Invoke(app);
        app.MapWebChat();
        map?.Invoke(app);
        await using (var db = app.Services.GetRequiredService<Database>().Read()) await db.Database.EnsureCreatedAsync();
        await app.StartAsync();
        return new WebChatHost(app, folder, ownsFolder) { Address = new Uri(app.Urls.First()) };
    }

    public Visitor NewVisitor(CookieContainer? cookies = null) => new(Address, cookies ?? new CookieContainer());

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    private static Message Echo(TurnContext turn) => new()
    {
        Text = RichText.Plain(turn.Activity.Kind switch
        {
            ActivityKind.Joined => "Welcome!",
            ActivityKind.Press => "pressed " + turn.Activity.Token,
            ActivityKind.Unreadable => "unreadable",
            _ => "You wrote: " + turn.Activity.Text,
        }),
    };

    private static WebChatTexts Texts()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CrossBorderNetwork.sln"))) root = root.Parent!;
        return new WebChatTexts(Languages.All.ToDictionary(language => language, language =>
        {
            var path = Path.Combine(root.FullName, "dialogs", "webchat", string.Create(CultureInfo.InvariantCulture, $"texts.{language}.yaml"));
            return (IReadOnlyDictionary<string, string>)new Deserializer().Deserialize<Dictionary<string, string>>(File.ReadAllText(path));
        }));
    }
}
