using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Threading.Channels;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrossBorderNetwork.Benchmarks.Turns;

/// <summary>
/// The service from the accepted update to the durable turn, with the real dialogs, Telegram's parser and a real file. Nothing
/// is sent: delivery is not started.
/// </summary>
internal sealed class TurnHost : IAsyncDisposable
{
    private readonly string _folder = TestFolders.Create();
    private readonly IHost _host;
    private readonly Inbox _inbox;
    private readonly ChannelAdapter _adapter;
    private readonly SqliteConnection _reader;
    private readonly ChannelReader<ClaimedMessage?> _replies;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _running = [];
    private int _lastUpdate;
    private int _replied;

    private TurnHost()
    {
        _host = Build(Path.Combine(_folder, "network.db"));
        _inbox = _host.Services.GetRequiredService<Inbox>();
        _adapter = _host.Services.GetRequiredService<ChannelAdapter>();
        _replies = (ChannelReader<ClaimedMessage?>)typeof(DeliverySignal).GetProperty("Work", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(_host.Services.GetRequiredService<DeliverySignal>())!;
        var database = _host.Services.GetRequiredService<Database>();
        using (var db = database.Read()) db.Database.EnsureCreated();
        _reader = new SqliteConnection(database.ConnectionString);
        _reader.Open();
    }

    public static async Task<TurnHost> StartAsync()
    {
        var host = new TurnHost();
        await host._host.StartAsync();
        return host;
    }

    /// <summary>Returns when the turn is durable.</summary>
    public async Task RunAsync(long chat, string payload)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[chat.ToString(CultureInfo.InvariantCulture)] = done;
        var id = Interlocked.Increment(ref _lastUpdate).ToString(CultureInfo.InvariantCulture);
        if (!await _inbox.AcceptAsync(_adapter, [new Update(id, payload)], CancellationToken.None)) throw new InvalidOperationException("The inbox is full.");
        await done.Task;
        while (_replies.TryRead(out _)) Interlocked.Increment(ref _replied);
    }

    public long LastOutboxId() => Read("SELECT coalesce(max(id), 0) FROM outbox", row => row.GetInt64(0)).Single();

    public WrittenRows RowsSince(long outboxId, long chat) => new(
        Read("SELECT state FROM conversation WHERE address = @1", row => row.GetString(0), chat.ToString(CultureInfo.InvariantCulture)).Single(),
        Read("SELECT payload FROM outbox WHERE id > @1 ORDER BY id", row => row.GetString(0), outboxId));

    /// <summary>Updates by state and messages in the outbox: what a run must have left if all went well.</summary>
    public (long Pending, long Done, long Parked, long Messages) Count() =>
        Read("SELECT sum(state = 0), sum(state = 1), sum(state = 2), (SELECT count(*) FROM outbox) FROM inbox",
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))).Single();

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, object? argument = null)
    {
        using var command = _reader.CreateCommand();
        command.CommandText = sql;
        if (argument is not null) command.Parameters.AddWithValue("@1", argument);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read()) rows.Add(read(row));
        return rows;
    }

    private IHost Build(string file)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Telegram:Token"] = "4200000001:no-call-is-made-with-this", ["Inbox:PersonBurst"] = "1000000" });
        builder.Services.AddSingleton(new DatabaseOptions { ConnectionString = "Data Source=" + file });
        builder.Services.AddSingleton(new ModelParts([typeof(Conversation).Assembly, typeof(Member).Assembly, Assembly.Load("CrossBorderNetwork.Channels.WebChat")]));
        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton<TimeProvider>(new StandingClock());
        builder.Services.AddConversations(DialogContent.Load(TestFolders.Dialogs)).AddNetwork().AddMessaging().AddTelegramChannel();
        foreach (var other in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType != typeof(TurnWorker)).ToList())
            builder.Services.Remove(other);
        builder.Services.AddSingleton(provider =>
        {
            var bot = provider.GetRequiredService<DialogBot>();
            return new Bot(
                (turn, ct) =>
                {
                    turn.Work.AfterCommit(() => _running[turn.Activity.Address].TrySetResult());
                    return bot.OnTurnAsync(turn, ct);
                },
                bot.OnFault,
                bot.OnFlood);
        });
        return builder.Build();
    }

    private sealed class StandingClock : TimeProvider
    {
        private static readonly DateTimeOffset Now = new(2026, 10, 5, 6, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
