using System.Globalization;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>The real server as a process of its own, on a database in a folder of its own, with the emulator as its Telegram.</summary>
internal sealed class NetworkServer : IDisposable
{
    private readonly string _folder = TestFolders.Create();
    private readonly Dictionary<string, string> _settings;

    /// <param name="telegram">Its Telegram.</param>
    /// <param name="webhook">How updates come.</param>
    /// <param name="settings">Names as in the environment. Without any no pace is kept: what is measured is what the server can.</param>
    public NetworkServer(BotApiEmulator telegram, bool webhook, params IEnumerable<(string Name, string Value)> settings)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ChildProcess.FreePort()}");
        _settings = new Dictionary<string, string>
        {
            ["Urls"] = address,
            ["Database__ConnectionString"] = "Data Source=" + Path.Combine(_folder, "network.db"),
            ["WebChat__KeysPath"] = Path.Combine(_folder, "keys"),
            ["Telegram__Token"] = telegram.Token,
            ["Telegram__ApiBaseUrl"] = telegram.BaseUrl.GetLeftPart(UriPartial.Authority),
            ["Telegram__Receive"] = webhook ? "Webhook" : "Polling",
            ["Telegram__WebhookUrl"] = address,
            ["Telegram__WebhookSecret"] = "secret-of-the-benchmark",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Inbox__PersonBurst"] = "1000000",
        };
        foreach (var (name, value) in settings.DefaultIfEmpty(("Delivery__MessagesPerSecond", "100000"))) _settings[name] = value;
        _settings.TryAdd("Delivery__ChatBurst", "1000");
    }

    /// <summary>Runs SQL on its database beside the server.</summary>
    public long Sql(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder, "network.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The benchmarks' own constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public ChildProcess Start(params string[] arguments) => ChildProcess.Start(ServerProcess.Program(), TestFolders.Repository, _settings, arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
