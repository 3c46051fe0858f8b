using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Channels.Telegram;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>The emulated Telegram with people whom the bot knows, and messages to them: delivery and adapter as in the server.</summary>
internal sealed class DeliveryScene : IAsyncDisposable
{
    private readonly string _file = TelegramHost.NewFile();
    private readonly Dictionary<string, string?> _settings;

    private DeliveryScene(BotApiEmulator api, Dictionary<string, string?> settings)
    {
        Api = api;
        _settings = settings;
    }

    public BotApiEmulator Api { get; }

    public TelegramHost Host { get; private set; } = null!;

    public List<EmulatedUser> People { get; } = [];

    public static async Task<DeliveryScene> StartAsync(BotApiOptions options, params IEnumerable<(string Name, string Value)> settings)
    {
        var scene = new DeliveryScene(await BotApiEmulator.StartAsync(options), settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        scene.Host = await TelegramHost.StartAsync(scene.Api, file: scene._file, settings: scene._settings);
        return scene;
    }

    /// <summary>People who have started the bot, with conversations of these ids from 1 on.</summary>
    public async Task PeopleAsync(int count)
    {
        await using var work = await Host.Database.BeginAsync(CancellationToken.None);
        for (var i = 1; i <= count; i++)
        {
            People.Add(Api.User(1000 + i, "Ona", "lt", started: true));
            Add(work, 1000 + i);
        }
        await work.CommitAsync(CancellationToken.None);
    }

    public async Task GroupAsync(long id)
    {
        Api.Group(id, "Sejny", Api.User(2000 - id, "Jan", "pl"));
        await using var work = await Host.Database.BeginAsync(CancellationToken.None);
        Add(work, id);
        await work.CommitAsync(CancellationToken.None);
    }

    /// <summary>One message for everybody whom the bot knows.</summary>
    public async Task ToAllAsync(string text, string source = "bulk", TimeSpan? window = null)
    {
        await using var work = await Host.Database.BeginAsync(CancellationToken.None);
        Host.Outbox.PostToAll(
            work, "SELECT id FROM conversation", new Message { Text = RichText.Plain(text) },
            new Posting { Lane = Lane.Bulk, Window = window ?? TimeSpan.FromHours(1), Key = source, Source = source });
        await work.CommitAsync(CancellationToken.None);
    }

    public async Task ToAsync(long conversation, params string[] texts)
    {
        await using var work = await Host.Database.BeginAsync(CancellationToken.None);
        foreach (var text in texts)
            Host.Outbox.Post(work, conversation, new Message { Text = RichText.Plain(text) }, new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(1), Source = "notice" });
        await work.CommitAsync(CancellationToken.None);
    }

    public async Task<OutboxCounts> CountsAsync(string source = "bulk")
    {
        await using var db = Host.Database.Read();
        return await Outbox.CountsAsync(db, source, CancellationToken.None);
    }

    /// <summary>Waits until nothing of a source may leave any more.</summary>
    public async Task<OutboxCounts> EndedAsync(string source = "bulk")
    {
        await UntilAsync(async () => !(await CountsAsync(source)).IsOpen);
        return await CountsAsync(source);
    }

    /// <summary>Waits as long as a paced lane may take; the deadline only ends a test that has failed.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue, TimeSpan? patience = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await isTrue())
        {
            if (TimeProvider.System.GetElapsedTime(started) > (patience ?? TimeSpan.FromSeconds(30))) throw new TimeoutException("It did not become true in time.");
            await Task.Delay(20);
        }
    }

    public Task<ChannelPace> PaceAsync() => ReadAsync(db => db.Set<ChannelPace>().SingleAsync());

    public async Task<T> ReadAsync<T>(Func<NetworkDb, Task<T>> read)
    {
        await using var db = Host.Database.Read();
        return await read(db);
    }

    public async Task RestartAsync(TelegramHost? with = null)
    {
        await Host.DisposeAsync();
        Host = with ?? await TelegramHost.StartAsync(Api, file: _file, settings: _settings);
        if (with is not null) await with.StartAsync();
    }

    /// <summary>A host on the same database that is not started yet.</summary>
    public TelegramHost Build(Uri baseUrl) => TelegramHost.Build(baseUrl, Api.Token, file: _file, settings: _settings);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Api.DisposeAsync();
    }

    private static void Add(UnitOfWork work, long address) => work.Execute(
        """
        INSERT INTO conversation (channel, address, sender_id, person_id, language, language_chosen, reachable, revision, last_active_at, forgotten, ready_at)
        VALUES ('telegram', @1, @1, 0, 'lt', TRUE, TRUE, 0, 0, FALSE, 0)
        """,
        address.ToString(CultureInfo.InvariantCulture));
}
