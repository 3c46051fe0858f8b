using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Benchmarks.Turns;

/// <summary>
/// The baseline of a turn: the rows that it writes, by prepared commands in one durable commit, and nothing else. Same tables,
/// indexes, settings and sizes as the service's.
/// </summary>
internal sealed class BareRows : IDisposable
{
    private const long Now = 1_790_000_000_000;

    private readonly string _folder = TestFolders.Create();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _accept;
    private readonly SqliteCommand _conversation;
    private readonly SqliteCommand _outbox;
    private readonly SqliteCommand _done;
    private readonly Dictionary<long, (long Id, long Revision)> _conversations = [];
    private int _lastUpdate;

    public BareRows()
    {
        var parts = new ModelParts([typeof(Conversation).Assembly]);
        var options = new DatabaseOptions { ConnectionString = "Data Source=" + Path.Combine(_folder, "rows.db") };
        using (var db = new Database(options, parts).Read()) db.Database.EnsureCreated();
        _connection = new SqliteConnection(options.ConnectionString);
        _connection.Open();
        Prepare("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON").ExecuteNonQuery();
        _accept = Prepare(
            "INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at, reason) VALUES (@1, @2, @3, 0, 1, @4, NULL) RETURNING id", 4);
        _conversation = Prepare(
            """
            UPDATE conversation SET person_id = @3, language = @4, language_chosen = @5, handle = @6, reachable = @7, state = @8,
                last_active_at = @9, forgotten = @10, ready_at = @11, revision = revision + 1 WHERE id = @1 AND revision = @2
            """,
            11);
        _outbox = Prepare(
            """
            INSERT INTO outbox (conversation_id, channel, lane, state, thread, payload, key, source, attempts, created_at, due_at, not_after)
            VALUES (@1, 'telegram', 0, 1, NULL, @2, NULL, NULL, 1, @3, @3, @4) RETURNING id
            """,
            4);
        _done = Prepare("UPDATE inbox SET state = 1, payload = NULL WHERE id = @1 AND state = 0", 1);
    }

    public void AddConversation(long chat)
    {
        using var insert = Prepare(
            """
            INSERT INTO conversation (channel, address, sender_id, person_id, language, language_chosen, handle, reachable, state, revision, last_active_at, forgotten, ready_at)
            VALUES ('telegram', @1, @1, 0, 'en', 1, 'ona_p', 1, NULL, 0, @2, 0, 0) RETURNING id
            """,
            2);
        Set(insert, chat.ToString(CultureInfo.InvariantCulture), Now);
        _conversations[chat] = ((long)insert.ExecuteScalar()!, 0);
    }

    public void Write(long chat, string payload, WrittenRows rows)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var (id, revision) = _conversations[chat];
        var update = Scalar(_accept, transaction, "telegram", (++_lastUpdate).ToString(CultureInfo.InvariantCulture), payload, Now);
        Run(_done, transaction, update);
        foreach (var message in rows.Messages) Scalar(_outbox, transaction, id, message, Now, Now + 86_400_000);
        if (Run(_conversation, transaction, id, revision, id, "en", true, "ona_p", true, rows.State, Now, false, Now) != 1)
            throw new InvalidOperationException("The baseline has lost count of a conversation.");
        transaction.Commit();
        _conversations[chat] = (id, revision + 1);
    }

    public void Dispose()
    {
        foreach (var command in new[] { _accept, _conversation, _outbox, _done }) command.Dispose();
        _connection.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteCommand Prepare(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + i.ToString(CultureInfo.InvariantCulture) });
        return command;
    }

    private static long Scalar(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        Set(command, values);
        return (long)command.ExecuteScalar()!;
    }

    private static int Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        Set(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }
}
