using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// A private PostgreSQL server of the tests, from Debian's package, in a folder of its own on a free port of the loopback. It ends
/// with the test run, however that ends, for it lives as long as the tests hold its standard input. Linux only.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string Missing = "PostgreSQL is not installed: apt-get install postgresql";

    /// <summary>Each line that it reads is a way to restart the server; the end of its input is the end of the server.</summary>
    private const string Life =
        """
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
        folder=$(mktemp -d /tmp/cbn-postgres-XXXXXX); cd "$folder"
        "$bin/initdb" -D data -A trust -U network -E UTF8 --locale=C.UTF-8 --no-sync >init.log 2>&1 || { cat init.log >&2; exit 1; }
        start() { "$bin/pg_ctl" "$1" -D data -w -t 60 $2 -l log -o "-p $0 -k $folder -h 127.0.0.1 -c max_connections=400 -c fsync=FSYNC -c shared_buffers=64MB -c max_wal_size=256MB -c deadlock_timeout=300ms" >ctl.log 2>&1 && echo up || { cat ctl.log log >&2; echo down; }; }
        trap 'exec </dev/null' TERM INT
        start start
        while read -r mode; do case $mode in stop) "$bin/pg_ctl" stop -D data -m fast -w >ctl.log 2>&1; echo down;; start) start start;; *) start restart "-m $mode";; esac; done
        "$bin/pg_ctl" stop -D data -m immediate >/dev/null 2>&1
        cd /; rm -rf "$folder"
        """;

    private const string Empty =
        """
        DO $$ DECLARE one text; BEGIN
            SET LOCAL session_replication_role = replica;
            FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory'
                LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
            FOR one IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
                LOOP PERFORM setval(quote_ident(one), 1, FALSE); END LOOP;
            FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'seed'
                LOOP EXECUTE 'INSERT INTO public.' || one || ' SELECT * FROM seed.' || one; END LOOP;
        END $$
        """;

    /// <summary>Keeps aside the rows that the migrations themselves have added.</summary>
    private const string KeepSeed =
        """
        DO $$ DECLARE one text; has bool; BEGIN
            CREATE SCHEMA seed;
            FOR one IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> '__EFMigrationsHistory' LOOP
                EXECUTE 'SELECT EXISTS (SELECT 1 FROM public.' || one || ')' INTO has;
                IF has THEN EXECUTE 'CREATE TABLE seed.' || one || ' AS TABLE public.' || one; END IF;
            END LOOP;
        END $$
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PostgresCluster>> Common = new(() => StartAsync());
    private static int _lastDatabase;

    private readonly Process _process;
    private readonly ConcurrentBag<string> _clean = [];
    private readonly SemaphoreSlim _templating = new(1, 1);
    private string? _template;

    private PostgresCluster(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public static bool IsInstalled => Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateDirectories("/usr/lib/postgresql").Any();

    /// <summary>The server that the tests of this run have in common; started by whoever asks first.</summary>
    public static Task<PostgresCluster> SharedAsync() => Common.Value;

    public int Port { get; }

    /// <param name="durable">Waits for the disk at each commit, as a server in earnest does.</param>
    public static async Task<PostgresCluster> StartAsync(bool durable = false)
    {
        if (!IsInstalled) throw new InvalidOperationException(Missing);
        var port = FreePort();
        var start = new ProcessStartInfo("bash", ["-c", Life.Replace("FSYNC", durable ? "on" : "off", StringComparison.Ordinal), port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = "/",
        };
        // The server refuses to run as root; the package brings a user of its own.
        if (OperatingSystem.IsLinux() && Environment.UserName == "root") start.UserName = "postgres";
        var cluster = new PostgresCluster(Process.Start(start)!, port);
        await cluster.ExpectAsync("up");
        return cluster;
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Database={database};Username=network";

    /// <summary>The settings that make one of our servers work on a database of this cluster.</summary>
    public IEnumerable<(string Name, string Value)> SettingsFor(string database) =>
        [("Database__Provider", "PostgreSql"), ("Database__ConnectionString", ConnectionString(database))];

    /// <summary>Stops the server and starts it again.</summary>
    /// <param name="mode"><c>fast</c>: open transactions are taken back; <c>immediate</c>: as if its power were cut.</param>
    public async Task RestartAsync(string mode)
    {
        await _process.StandardInput.WriteLineAsync(mode);
        await ExpectAsync("up");
    }

    public async Task StopServerAsync()
    {
        await _process.StandardInput.WriteLineAsync("stop");
        await ExpectAsync("down");
    }

    public Task StartServerAsync() => RestartAsync("start");

    /// <summary>Makes an empty database.</summary>
    public async Task<string> CreateAsync()
    {
        var name = "test_" + Interlocked.Increment(ref _lastDatabase).ToString(CultureInfo.InvariantCulture);
        await RunAsync($"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Gives an empty database with all tables: one that was given back, or a copy of one on which <paramref name="migrate"/> was run once.</summary>
    public async Task<string> TakeMigratedAsync(Func<string, Task> migrate)
    {
        if (_clean.TryTake(out var clean)) return clean;
        await _templating.WaitAsync();
        try
        {
            if (_template is null)
            {
                var template = await CreateAsync();
                await migrate(ConnectionString(template));
                await RunAsync(KeepSeed, template);
                NpgsqlConnection.ClearAllPools();
                _template = template;
            }
            var name = "test_" + Interlocked.Increment(ref _lastDatabase).ToString(CultureInfo.InvariantCulture);
            await RunAsync($"CREATE DATABASE {name} TEMPLATE {_template}");
            return name;
        }
        finally
        {
            _templating.Release();
        }
    }

    /// <summary>Takes back a database with all tables. To empty it is quicker than to make another.</summary>
    public async Task GiveBackAsync(string database)
    {
        await RunAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'");
        await RunAsync(Empty, database);
        _clean.Add(database);
    }

    public Task DropAsync(string database) => RunAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");

    /// <summary>Cuts off whoever works on the database and gives it another name, under which nobody looks for it yet.</summary>
    public async Task<string> TakeAwayAsync(string database)
    {
        var name = "test_" + Interlocked.Increment(ref _lastDatabase).ToString(CultureInfo.InvariantCulture);
        await RunAsync($"ALTER DATABASE {database} ALLOW_CONNECTIONS FALSE");
        await RunAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{database}'");
        await RunAsync($"ALTER DATABASE {database} RENAME TO {name}");
        await RunAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS TRUE");
        return name;
    }

    /// <summary>Runs a statement as the owner of the cluster.</summary>
    public async Task RunAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Timeout=30");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs one of the database server's own tools, such as <c>pg_dump</c>, on a database.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message shows what it said.</exception>
    public async Task RunToolAsync(string tool, string database, params IEnumerable<string> arguments)
    {
        const string run = """exec "$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)/$0" "$@" """;
        var start = new ProcessStartInfo("bash", ["-c", run, tool, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", "network", "-d", database, .. arguments])
        {
            RedirectStandardError = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var said = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0) throw new InvalidOperationException(said);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
        _templating.Dispose();
    }

    private async Task ExpectAsync(string word)
    {
        using var patience = new CancellationTokenSource(Patience);
        var said = await _process.StandardOutput.ReadLineAsync(patience.Token);
        if (said != word) throw new InvalidOperationException($"PostgreSQL is not {word}; see the test's standard error.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
