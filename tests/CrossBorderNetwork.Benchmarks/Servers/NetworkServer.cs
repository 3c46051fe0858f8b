using System.Globalization;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>The real server as a process of its own, on a database in a folder of its own, with the emulator as its Telegram.</summary>
internal sealed class NetworkServer : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CrossBorderNetwork.Server.dll");

    private readonly string _folder = TestFolders.Create();
    private readonly Dictionary<string, string> _settings;

    public NetworkServer(BotApiEmulator telegram, bool webhook)
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
            ["Delivery__ChatBurst"] = "1000",
            ["Inbox__PersonBurst"] = "1000000",
        };
    }

    public ChildProcess Start(params string[] arguments) => ChildProcess.Start(Program, TestFolders.Repository, _settings, arguments);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
