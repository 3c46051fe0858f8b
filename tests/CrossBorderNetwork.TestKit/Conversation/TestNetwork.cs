using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// A whole network in one process: real inbox, turns, outbox, delivery and database; only the clock and the channel are
/// played. One network a test; its folder is deleted at the end.
/// </summary>
public sealed partial class TestNetwork : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ConcurrentDictionary<string, Lazy<DialogContent>> RepositoryContent = [];

    private readonly string _folder = TestFolders.Create();
    private TestNetworkOptions _options;
    private TestDatabase? _database;
    private TestServer? _server;
    private int _lastUpdate;
    private int _lastPerson;

    private TestNetwork(TestNetworkOptions options)
    {
        _options = options;
        Clock = new FakeTimeProvider(options.Now);
        Channel = new TestChannel(new ChannelFeatures(options.CanEdit, options.TextLimit, IsPaced: false) { CanDelete = options.CanEdit });
        Content = null!;
    }

    public FakeTimeProvider Clock { get; }

    public TestChannel Channel { get; }

    public LogRecorder Log { get; } = new();

    public DialogContent Content { get; private set; }

    public IServiceProvider Services => Server.Services;

    public TestDatabase Database => _database!;

    private TestServer Server => _server ?? throw new InvalidOperationException("The server is down: call RestartAsync.");

    public static async Task<TestNetwork> StartAsync(TestNetworkOptions? options = null)
    {
        var network = new TestNetwork(options ?? new TestNetworkOptions());
        try
        {
            await network.StartServerAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody new at the channel; nothing is known of the person until the first deed.</summary>
    /// <param name="name">Name on the channel.</param>
    /// <param name="language">Language that the channel reports.</param>
    /// <param name="handle">Public handle without the at sign.</param>
    /// <param name="id">The channel's id, if it matters.</param>
    public ScriptedMember Person(string name, string language = "en", string? handle = null, string? id = null) =>
        new(this, name, language, handle, id ?? "person-" + (++_lastPerson).ToString(CultureInfo.InvariantCulture));

    /// <summary>A context for reading what is stored; the caller disposes it.</summary>
    public NetworkDb Read() => Server.Database.Read();

    /// <summary>Hands activities to the inbox as one batch, without waiting for their turns.</summary>
    public Task AcceptAsync(params Activity[] activities) => AcceptAsync(activities.Select(activity =>
        new Update((++_lastUpdate).ToString(CultureInfo.InvariantCulture), JsonSerializer.Serialize(activity))));

    /// <summary>Hands updates as the channel would deliver them, repeated or unreadable ones too, without waiting for their turns.</summary>
    public async Task AcceptAsync(IEnumerable<Update> updates)
    {
        if (!await Services.GetRequiredService<Inbox>().AcceptAsync(Server.Adapter, [.. updates], CancellationToken.None))
            throw new InvalidOperationException("The inbox is full.");
    }

    /// <summary>Waits until every update is handled and every message that is due is delivered, or waits for the clock.</summary>
    public async Task SettleAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        var quiet = 0;
        while (true)
        {
            var (busy, held) = Server.CountOpen(Clock.GetUtcNow(), Channel.Held);
            // A message that waits for the clock is given a moment, for the clock may just have been moved.
            quiet = busy > 0 ? 0 : quiet + 1;
            if (busy == 0 && (held == 0 || quiet > 20)) return;
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"The network did not settle: {busy} updates or messages are open. Log:\n{string.Join('\n', Log.Lines.TakeLast(30))}");
            Services.GetRequiredService<DeliverySignal>().Wake();
            await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System);
        }
    }

    /// <summary>Runs a scheduled job as the clock would, and waits for what it says.</summary>
    public async Task RunJobAsync(string name)
    {
        var jobs = Services.GetServices<IScheduledJob>().ToDictionary(job => job.Name);
        if (!jobs.TryGetValue(name, out var job)) throw new ArgumentException($"There is no job '{name}' (known: {string.Join(", ", jobs.Keys)}).", nameof(name));
        await job.RunAsync(CancellationToken.None);
        await SettleAsync();
    }

    /// <summary>Moves the clock and waits for what it sets in motion.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        Clock.Advance(by);
        await SettleAsync();
    }

    /// <summary>Stops the server in good order if it runs, and starts it on the same file, with other dialogs if given.</summary>
    public async Task RestartAsync(string? dialogsFolder = null)
    {
        if (_server is not null) await _server.StopAsync();
        _server = null;
        if (dialogsFolder is not null) _options = _options with { DialogsFolder = dialogsFolder };
        await StartServerAsync();
    }

    /// <summary>The process dies: only what was committed is left, nothing more reaches the channel. <see cref="RestartAsync"/> starts anew.</summary>
    public async Task KillAsync()
    {
        var dead = Server;
        _server = null;
        await dead.KillAsync(Database);
        await dead.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.StopAsync();
        _server = null;
        if (_database is not null) await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<long> PersonIdAsync(string address)
    {
        await using var db = Read();
        return await db.Conversations.Where(c => c.Channel == TestChannel.Name && c.Address == address).Select(c => c.PersonId).SingleAsync();
    }

    private async Task StartServerAsync()
    {
        Content = _options.DialogsFolder is { } folder ? LoadWithCommon(folder) : RepositoryContent.GetOrAdd(TestFolders.Dialogs, root => new(() => DialogContent.Load(root))).Value;
        if (Content.ReadFaults.Count > 0) throw new InvalidOperationException("The dialogs are faulty:\n" + string.Join('\n', Content.ReadFaults));
        _database ??= await TestDatabase.CreateAsync(_folder, TestServer.Parts);
        _server = await TestServer.StartAsync(_database, Content, _options, Channel, Clock, Log);
    }

    private DialogContent LoadWithCommon(string folder)
    {
        var whole = Path.Combine(_folder, "dialogs");
        if (Directory.Exists(whole)) Directory.Delete(whole, recursive: true);
        TestFolders.Copy(folder, whole);
        foreach (var shared in new[] { "common", "lists" }.Where(shared => !Directory.Exists(Path.Combine(whole, shared))))
            TestFolders.Copy(Path.Combine(TestFolders.Dialogs, shared), Path.Combine(whole, shared));
        return DialogContent.Load(whole);
    }
}
