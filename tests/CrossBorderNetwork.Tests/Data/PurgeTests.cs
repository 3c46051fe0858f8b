using System.Text;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Tests.Data;

/// <summary>What was deleted leaves SQLite's write-ahead log too, although somebody reads by it.</summary>
public sealed class PurgeTests : IAsyncLifetime
{
    private const string Word = "zqvword";

    private readonly string _folder = TestFolders.Create();
    private Database _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Log => Path.Combine(_folder, "network.db-wal");

    public async ValueTask InitializeAsync()
    {
        _database = new Database(new DatabaseOptions { ConnectionString = "Data Source=" + Path.Combine(_folder, "network.db") }, new ModelParts([typeof(Inbox).Assembly, typeof(Member).Assembly, typeof(WebChatSetup).Assembly]));
        await Schema.MigrateAsync(_database, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_purge_waits_for_who_reads_and_holds_up_nobody_meanwhile()
    {
        await WriteAsync("INSERT INTO inbox (channel, external_id, state, attempts, received_at, payload) VALUES ('test', '1', 1, 1, 0, @1)", Word);
        await using var reader = await ReadingAsync();
        await WriteAsync("DELETE FROM inbox WHERE payload = @1", Word);
        var purge = _database.PurgeDeletedAsync(Ct);
        await WriteAsync("UPDATE inbox SET attempts = 2 WHERE payload = @1", "somebody else's");
        purge.IsCompleted.ShouldBeFalse("somebody reads still");
        ReadLog().ShouldContain(Word);

        await reader.DisposeAsync();

        (await purge).ShouldBeTrue();
        ReadLog().ShouldNotContain(Word);
        _database.OwesPurge.ShouldBeFalse();
    }

    [Fact]
    public async Task A_purge_that_could_not_end_is_owed_and_done_by_the_next()
    {
        await WriteAsync("INSERT INTO inbox (channel, external_id, state, attempts, received_at, payload) VALUES ('test', '1', 1, 1, 0, @1)", Word);
        await using (await ReadingAsync())
        {
            await WriteAsync("DELETE FROM inbox WHERE payload = @1", Word);
            (await _database.PurgeDeletedAsync(Ct)).ShouldBeFalse();
        }
        _database.OwesPurge.ShouldBeTrue();
        ReadLog().ShouldContain(Word);

        (await _database.PurgeDeletedAsync(Ct)).ShouldBeTrue();

        ReadLog().ShouldNotContain(Word);
        _database.OwesPurge.ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_killed_server_left_in_the_log_goes_at_the_next_start()
    {
        await WriteAsync("INSERT INTO inbox (channel, external_id, state, attempts, received_at, payload) VALUES ('test', '1', 1, 1, 0, @1)", Word);
        await WriteAsync("DELETE FROM inbox WHERE payload = @1", Word);
        ReadLog().ShouldContain(Word);

        await Schema.MigrateAsync(_database, Ct);

        ReadLog().ShouldNotContain(Word);
    }

    /// <summary>Somebody in the middle of reading; the state that is read is kept until then.</summary>
    private async Task<SqliteConnection> ReadingAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(Ct);
        await using var read = connection.CreateCommand();
        read.CommandText = "BEGIN; SELECT count(*) FROM inbox";
        await read.ExecuteScalarAsync(Ct);
        return connection;
    }

    private async Task WriteAsync(string sql, string argument)
    {
        await using var work = await _database.BeginAsync(Ct);
        work.Execute(sql, argument);
        await work.CommitAsync(Ct);
    }

    private string ReadLog()
    {
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
