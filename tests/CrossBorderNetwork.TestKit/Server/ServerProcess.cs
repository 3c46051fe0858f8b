using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// The server as its operators run it: the built program in a process of its own, with a folder, a database and a log of its own.
/// It ends with the test run, however that ends. Linux only.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>
    /// The shell becomes the server. A watcher stays behind that waits for the end of the tests' side of standard input and then
    /// kills its parent, unless that is gone already and the watcher was adopted.
    /// </summary>
    private const string Launch =
        """
        exec 3<&0
        (read -r _ <&3; read -r _ _ _ parent _ </proc/self/stat; [ "$parent" = $$ ] && kill -KILL $$) >/dev/null 2>&1 &
        exec dotnet "$0" </dev/null 3<&- >>server.log 2>&1
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, string> _settings;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    private ServerProcess(Dictionary<string, string> settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        // Played people are quicker than people.
        _settings = new Dictionary<string, string>(settings.Append(new("Inbox__PersonBurst", "1000000")).DistinctBy(setting => setting.Key))
        {
            ["Urls"] = Address.GetLeftPart(UriPartial.Authority),
            // A month may begin on the day of the test; those that are about rounds begin one themselves.
            ["Rounds__Monthly"] = "false",
            ["DOTNET_ENVIRONMENT"] = "Production",
            // Measuring its own code pays in a long life only.
            ["DOTNET_TieredPGO"] = "0",
        };
        _settings.TryAdd("Database__ConnectionString", $"Data Source={DatabaseFile}");
        if (settings.GetValueOrDefault("Telegram__Receive") == "Webhook") _settings.TryAdd("Telegram__WebhookUrl", _settings["Urls"]);
    }

    public Uri Address { get; }

    /// <summary>Where the server was started; its data and log are in it.</summary>
    public string Folder { get; } = TestFolders.Create();

    public string DatabaseFile => Path.Combine(Folder, "data", "network.db");

    /// <summary>All that the server wrote to standard output and standard error, over all its runs.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public int ProcessId => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    private string LogFile => Path.Combine(Folder, "server.log");

    /// <param name="settings">Names as in the environment: <c>Delivery__Window</c>. Address and database, a file in its folder, are given where they are not named.</param>
    public static Task<ServerProcess> StartAsync(params IEnumerable<(string Name, string Value)> settings) => StartAsync(_ => Task.CompletedTask, settings);

    /// <param name="before">What happens to folder and database before the server starts.</param>
    /// <param name="settings">As above.</param>
    public static async Task<ServerProcess> StartAsync(Func<ServerProcess, Task> before, params IEnumerable<(string Name, string Value)> settings)
    {
        var server = new ServerProcess(settings.Reverse().DistinctBy(setting => setting.Name).ToDictionary(setting => setting.Name, setting => setting.Value));
        try
        {
            await before(server);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings that make a server the bot of this emulator.</summary>
    public static IEnumerable<(string Name, string Value)> BotOf(BotApiEmulator api, bool webhook = false) =>
    [
        ("Telegram__Token", api.Token),
        ("Telegram__ApiBaseUrl", api.BaseUrl.GetLeftPart(UriPartial.Authority)),
        ("Telegram__Receive", webhook ? "Webhook" : "Polling"),
        ("Telegram__WebhookSecret", webhook ? "secret-of-the-story" : ""),
        ("Delivery__MessagesPerSecond", "1000"),
        ("Delivery__ChatBurst", "1000"),
    ];

    /// <summary>The built server's file.</summary>
    public static string Program()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(TestFolders.Repository, "artifacts", "bin", "CrossBorderNetwork.Server", configuration, "CrossBorderNetwork.Server.dll");
    }

    /// <summary>Runs one of the program's verbs, such as <c>demo</c>, to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message shows what it said.</exception>
    public async Task RunAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program(), .. arguments]) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        using var verb = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var said = await Task.WhenAll(verb.StandardOutput.ReadToEndAsync(patience.Token), verb.StandardError.ReadToEndAsync(patience.Token));
            await verb.WaitForExitAsync(patience.Token);
            if (verb.ExitCode != 0) throw new InvalidOperationException(string.Concat(said));
        }
        finally
        {
            if (!verb.HasExited) verb.Kill();
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not answer in time; the message shows its log.</exception>
    public async Task StartAsync()
    {
        Spawn();
        var started = Stopwatch.GetTimestamp();
        while (!await IsAliveAsync())
        {
            if (!IsRunning || Stopwatch.GetElapsedTime(started) > Patience) throw new InvalidOperationException("The server did not start:\n" + Log);
            await Task.Delay(50);
        }
    }

    /// <summary>Changes a setting from the next start on.</summary>
    public void Set(string name, string value) => _settings[name] = value;

    /// <summary>Starts it and does not wait for it.</summary>
    public void Spawn()
    {
        if (IsRunning) throw new InvalidOperationException("The server is running already.");
        _process?.Dispose();
        var start = new ProcessStartInfo("bash", ["-c", Launch, Program()]) { WorkingDirectory = Folder, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>SIGKILL: not one more instruction runs.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits until the server has ended in its own time.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        using var patience = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <param name="signal">Such as <c>STOP</c>, by which it stands still, and <c>CONT</c>, by which it wakes.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    /// <summary>Runs SQL on the server's database beside the server and gives the first column of each row.</summary>
    public async Task<IReadOnlyList<string>> SqlAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using DbConnection connection = _settings.GetValueOrDefault("Database__Provider") == "PostgreSql"
            ? new NpgsqlConnection(_settings["Database__ConnectionString"] + ";Pooling=false")
            : new SqliteConnection(_settings["Database__ConnectionString"] + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync()) values.Add(Convert.ToString(rows.GetValue(0), CultureInfo.InvariantCulture) ?? "");
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await KillAsync();
        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<bool> IsAliveAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address, "/alive"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>The server that was built together with the tests, in the same configuration.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
