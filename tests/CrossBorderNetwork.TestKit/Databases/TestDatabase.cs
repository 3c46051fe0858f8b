using System.Data.Common;
using System.Text;
using CrossBorderNetwork.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// A database of one test's own, on the provider that the test asks for: a file in the test's folder, or a database of the tests'
/// PostgreSQL server. Its tables are made on demand.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresCluster? _cluster;
    private readonly string? _folder;
    private string _name;
    private int _lives;

    private TestDatabase(PostgresCluster? cluster, string? folder, string name)
    {
        _cluster = cluster;
        _folder = folder;
        _name = name;
    }

    /// <summary>What tests that do not say otherwise run on; the test run sets it.</summary>
    public static Func<DatabaseProvider> Chosen { get; set; } = () => DatabaseProvider.Sqlite;

    public DatabaseProvider Provider => _cluster is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql;

    public DatabaseOptions Options => new() { Provider = Provider, ConnectionString = ConnectionString };

    public string ConnectionString => _cluster is null ? $"Data Source={File}" : _cluster.ConnectionString(_name);

    private string File => Path.Combine(_folder!, _name);

    /// <param name="folder">Where a file may lie.</param>
    /// <param name="parts">The model whose tables are in it.</param>
    /// <param name="provider">Null: as the test run chose.</param>
    public static async Task<TestDatabase> CreateAsync(string folder, ModelParts parts, DatabaseProvider? provider = null)
    {
        if ((provider ?? Chosen()) == DatabaseProvider.Sqlite)
        {
            var file = new TestDatabase(null, folder, "network.db");
            await using var sqlite = new Database(file.Options, parts);
            await using var db = sqlite.Read();
            await db.Database.EnsureCreatedAsync();
            return file;
        }
        var cluster = await PostgresCluster.SharedAsync();
        var name = await cluster.TakeMigratedAsync(async template =>
        {
            await using var postgres = new Database(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = template }, parts);
            await Schema.MigrateAsync(postgres, CancellationToken.None);
        });
        return new TestDatabase(cluster, null, name);
    }

    /// <summary>A connection beside the server's own. The caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        DbConnection connection = _cluster is null ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Every text in every table.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync()
    {
        await using var connection = await OpenAsync();
        var words = new List<string>();
        foreach (var table in await TextsAsync(connection, _cluster is null
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) words.AddRange(await TextsAsync(connection, $"SELECT * FROM \"{table}\""));
        return words;
    }

    /// <summary>All that is left of what was deleted: the bytes of the files; on a server, where they are not in our hands, the texts of all tables.</summary>
    public async Task<IReadOnlyList<string>> RemainsAsync()
    {
        if (_cluster is not null) return await WordsAsync();
        var remains = new List<string>();
        foreach (var path in Directory.GetFiles(_folder!, _name + "*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.Latin1);
            remains.Add(await reader.ReadToEndAsync());
        }
        return remains;
    }

    /// <summary>From now on it is what the last commit left, under another name: whoever works on the old one changes nothing more.</summary>
    public async Task OutliveAsync()
    {
        if (_cluster is not null)
        {
            _name = await _cluster.TakeAwayAsync(_name);
            // The seconds until its lease lapses are not waited for.
            await _cluster.RunAsync("DELETE FROM node", _name);
            _lives++;
            return;
        }
        var before = File;
        _name = $"network-{++_lives}.db";
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (System.IO.File.Exists(before + suffix)) System.IO.File.Copy(before + suffix, File + suffix);
        }
    }

    /// <summary>Lets go of pooled connections, so that the file can be deleted.</summary>
    public void Close()
    {
        if (_cluster is null) SqliteConnection.ClearPool(new SqliteConnection(new DatabaseOptions { ConnectionString = ConnectionString }.ConnectionString));
    }

    private static async Task<List<string>> TextsAsync(DbConnection connection, string sql)
    {
        var texts = new List<string>();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables come from the database itself.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            foreach (var value in Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue)) texts.AddRange(value as string[] ?? (value is string text ? [text] : []));
        }
        return texts;
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        if (_cluster is null) return;
        if (_lives == 0) await _cluster.GiveBackAsync(_name);
        else await _cluster.DropAsync(_name);
    }
}
