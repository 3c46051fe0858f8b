using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// Telegram's Bot API on 127.0.0.1 for one bot, with people who talk to it and the truth of what they saw.
/// It knows what an ordinary messaging bot uses; inline mode, payments, polls and business accounts are not in it.
/// </summary>
public sealed class BotApiEmulator : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpFront front;
    private readonly Webhooks webhooks;
    private readonly World world;
    private readonly UpdateQueue updates;

    private BotApiEmulator(BotApiOptions options)
    {
        Options = options;
        Faults = new Faults(options.Seed);
        front = new HttpFront(options, Truth, Faults);
        updates = new UpdateQueue(options.Time);
        webhooks = new Webhooks(updates, options, front.CallFromReply);
        world = new World(options, updates, webhooks, Truth);
        front.Serve(world);
        app = Build(options.Port, front);
    }

    public BotApiOptions Options { get; }

    public string Token => Options.Token;

    /// <summary>Address without path, as client libraries want it: <c>http://127.0.0.1:port</c>.</summary>
    public Uri BaseUrl { get; private set; } = new("http://127.0.0.1");

    public Truth Truth { get; } = new();

    public Faults Faults { get; }

    /// <summary>Updates that the bot has neither confirmed by an offset nor accepted by its webhook.</summary>
    public int PendingUpdates => updates.PendingCount;

    /// <summary>The highest update id given so far.</summary>
    public long LastUpdateId => updates.LastId;

    public IReadOnlyList<Press> UnansweredPresses
    {
        get
        {
            lock (world.Gate)
                return [.. world.Presses.Values.Where(press => press.Answer is null)];
        }
    }

    public static async Task<BotApiEmulator> StartAsync(BotApiOptions? options = null)
    {
        var emulator = new BotApiEmulator(options ?? new BotApiOptions());
        await emulator.app.StartAsync();
        var addresses = emulator.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        emulator.BaseUrl = new Uri(addresses.Addresses.Single());
        return emulator;
    }

    /// <summary>
    /// A person with a Telegram account. They count as never having met the bot until they write, or when already
    /// started.
    /// </summary>
    public EmulatedUser User(
        long id,
        string firstName,
        string? languageCode = null,
        string? username = null,
        string? lastName = null,
        bool started = false)
    {
        var account = new JsonObject { ["id"] = id, ["is_bot"] = false, ["first_name"] = firstName };
        var description = new JsonObject { ["id"] = id, ["type"] = "private", ["first_name"] = firstName };
        foreach (var (name, value) in new[] { ("last_name", lastName), ("username", username) })
        {
            if (value is null)
                continue;
            account[name] = value;
            description[name] = value;
        }
        if (languageCode is not null)
            account["language_code"] = languageCode;
        var chat = new Chat(id, "private", description) { Started = started };
        chat.Members[id] = account;
        lock (world.Gate)
            world.Add(chat);
        return new EmulatedUser(world, chat, account);
    }

    /// <summary>
    /// A group that the bot and these people are in; the bot is told that it was added. Group ids are negative.
    /// </summary>
    public EmulatedGroup Group(long id, string title, params EmulatedUser[] members) => new(world, id, title, members);

    /// <summary>
    /// Sends the bot any JSON as an update, also unknown kinds, repeated ids and broken text.
    /// A missing <c>update_id</c> is given; returns the id.
    /// </summary>
    public long Deliver(string json) => updates.AddRaw(json);

    /// <summary>Sends an earlier update once more under the same id, as Telegram does when a confirmation was lost.</summary>
    public void DeliverAgain(long updateId) => updates.AddAgain(updateId);

    public async ValueTask DisposeAsync()
    {
        front.Stop();
        await webhooks.DisposeAsync();
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        front.Dispose();
    }

    private static WebApplication Build(int port, HttpFront front)
    {
        const long largestBody = 64L * 1024 * 1024;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = largestBody;
        });
        // A container of services that starts here must not take the console's Ctrl+C away from the tests.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var built = builder.Build();
        string[] verbs = [HttpMethods.Get, HttpMethods.Post];
        built.MapMethods("/{credential}/{method}", verbs, (RequestDelegate)front.HandleAsync);
        built.MapMethods("/file/{credential}/{**path}", verbs, (RequestDelegate)front.DownloadAsync);
        return built;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
