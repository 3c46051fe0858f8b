using System.Data.Common;
using System.Reflection;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderNetwork.TestKit;

/// <summary>One run of the server on one database file. A network that is restarted has several, one after the other.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    internal static readonly ModelParts Parts = new([typeof(Conversation).Assembly, typeof(Member).Assembly, Assembly.Load("CrossBorderNetwork.Channels.WebChat")]);

    private readonly IHost _host;
    private readonly DbConnection _probe;

    private TestServer(IHost host, ChannelAdapter adapter, DbConnection probe)
    {
        _host = host;
        Adapter = adapter;
        Database = host.Services.GetRequiredService<Database>();
        _probe = probe;
    }

    public IServiceProvider Services => _host.Services;

    public ChannelAdapter Adapter { get; }

    public Database Database { get; }

    public static async Task<TestServer> StartAsync(
        TestDatabase database, DialogContent content, TestNetworkOptions options, TestChannel channel, FakeTimeProvider clock, LogRecorder log)
    {
        var adapter = channel.Connect();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        // The played clock stands still while people do many things.
        builder.Configuration.AddInMemoryCollection([new("Inbox:PersonBurst", "1000000")]).AddInMemoryCollection(options.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
        builder.Services.AddSingleton(database.Options);
        builder.Services.AddSingleton(Parts);
        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(adapter);
        foreach (var action in options.Actions) builder.Services.AddSingleton(action);
        builder.Services.AddConversations(content).AddNetwork().AddMessaging();
        options.Services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new TestServer(host, adapter, await database.OpenAsync());
    }

    /// <summary>Updates to handle, and messages of others than <paramref name="held"/> that are due or on the wire.</summary>
    public (long Busy, long Held) CountOpen(DateTimeOffset now, ICollection<string> held)
    {
        using var command = _probe.CreateCommand();
        command.CommandText =
            """
            SELECT address, count(*) FROM (
                SELECT NULL AS address FROM inbox WHERE state = 0
                UNION ALL
                SELECT c.address FROM outbox o JOIN conversation c ON c.id = o.conversation_id WHERE o.state = 1 OR (o.state = 0 AND o.due_at <= @now)) AS open
            GROUP BY address
            """;
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("now", now.ToUnixTimeMilliseconds());
        command.Parameters.Add(parameter);
        using var rows = command.ExecuteReader();
        var (busy, waiting) = (0L, 0L);
        while (rows.Read())
        {
            if (!rows.IsDBNull(0) && held.Contains(rows.GetString(0))) waiting += rows.GetInt64(1);
            else busy += rows.GetInt64(1);
        }
        return (busy, waiting);
    }

    public async Task StopAsync()
    {
        await _host.StopAsync();
        await DisposeAsync();
    }

    /// <summary>
    /// Leaves the database as the last commit left it and cuts the server off from the channel: whatever it still does, nobody
    /// sees and nothing keeps.
    /// </summary>
    public async Task KillAsync(TestDatabase database)
    {
        await using (await Database.BeginAsync(CancellationToken.None))
        {
            TestChannel.Disconnect(Adapter);
            await database.OutliveAsync();
        }
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
        await _host.StopAsync(atOnce.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _probe.DisposeAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }
}
