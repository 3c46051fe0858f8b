using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>A server with nothing but messaging and Telegram, whose bot repeats what it is told unless a test says otherwise.</summary>
internal sealed class TelegramHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TelegramHost(WebApplication app, Logged logged) => (_app, Log) = (app, logged);

    public Logged Log { get; }

    public ChannelAdapter Adapter => _app.Services.GetRequiredService<ChannelAdapter>();

    public Database Database => _app.Services.GetRequiredService<Database>();

    public Outbox Outbox => _app.Services.GetRequiredService<Outbox>();

    public static string NewFile() => Path.Combine(Directory.CreateTempSubdirectory("telegram-").FullName, "network.db");

    public static Task Echo(TurnContext turn, CancellationToken ct)
    {
        if (turn.Activity.Kind is ActivityKind.Left or ActivityKind.Joined) return Task.CompletedTask;
        turn.Send(new Message { Text = RichText.Plain($"{turn.Activity.Kind}: {turn.Activity.Text}{turn.Activity.Token}") });
        return Task.CompletedTask;
    }

    /// <summary>Not started: for what needs no running server.</summary>
    public static TelegramHost Build(
        Uri baseUrl, string token, Func<TurnContext, CancellationToken, Task>? onTurn = null, string? file = null, TimeProvider? time = null,
        BotProfile? profile = null, int? webhookPort = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var logged = new Logged();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Telegram:Token"] = token,
            ["Telegram:ApiBaseUrl"] = baseUrl.ToString(),
            ["Telegram:Receive"] = webhookPort is null ? "Polling" : "Webhook",
            ["Telegram:WebhookUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{webhookPort}"),
            ["Telegram:WebhookSecret"] = Secret,
        }).AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.ClearProviders().AddProvider(logged).SetMinimumLevel(LogLevel.Trace);
        builder.Logging.AddFilter(null, LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, webhookPort ?? 0));
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(new DatabaseOptions { ConnectionString = "Data Source=" + (file ?? NewFile()) });
        builder.Services.AddSingleton(new ModelParts([typeof(Inbox).Assembly]));
        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton(new Bot(onTurn ?? Echo, turn => turn.Send(new Message { Text = RichText.Plain("It failed.") }), turn => turn.Send(new Message { Text = RichText.Plain("Too much.") })));
        if (profile is not null) builder.Services.AddSingleton(profile);
        builder.Services.AddMessaging();
        builder.Services.AddTelegramChannel();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.MapTelegram();
        return new TelegramHost(app, logged);
    }

    public const string Secret = "shared_secret-of-the-webhook";

    public static async Task<TelegramHost> StartAsync(
        BotApiEmulator api, Func<TurnContext, CancellationToken, Task>? onTurn = null, string? file = null, TimeProvider? time = null,
        BotProfile? profile = null, int? webhookPort = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var host = Build(api.BaseUrl, api.Token, onTurn, file, time, profile, webhookPort, settings);
        await host.StartAsync();
        return host;
    }

    public async Task StartAsync()
    {
        await using (var db = Database.Read()) await db.Database.EnsureCreatedAsync();
        await _app.StartAsync();
    }

    public Task FetchMediaAsync() => _app.Services.GetRequiredService<FetchMedia>().RunAsync(CancellationToken.None);

    /// <summary>The rows of the inbox by state.</summary>
    public async Task<int> InboxAsync(InboxState state)
    {
        await using var db = Database.Read();
        return await db.Set<InboxEntry>().CountAsync(entry => entry.State == state);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Waits until something is true; the deadline only ends a test that has failed.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await isTrue()) return;
            await Task.Delay(20);
        }
        throw new TimeoutException("It did not become true within 10 seconds.");
    }

    public static Task UntilAsync(Func<bool> isTrue) => UntilAsync(() => Task.FromResult(isTrue()));

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Everything that any part of the server logged, with exceptions and scopes.</summary>
internal sealed class Logged : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = [];

    public string All => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            lines.Enqueue($"{logLevel} {category} {formatter(state, exception)} {values} {exception}");
        }
    }
}
