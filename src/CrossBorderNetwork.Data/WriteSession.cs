using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace CrossBorderNetwork.Data;

/// <summary>
/// A connection kept open for writing with its prepared statements and its context: what makes a turn cheap. Belongs to one
/// <see cref="UnitOfWork"/> at a time.
/// </summary>
internal sealed class WriteSession(SqliteConnection connection, Func<SqliteConnection, NetworkDb> createDb) : IDisposable, IAsyncDisposable
{
    private static readonly string[] ParameterNames = [.. Enumerable.Range(1, 24).Select(n => "@" + n.ToString(CultureInfo.InvariantCulture))];

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private NetworkDb? _db;

    public NetworkDb Db => _db ??= Open();

    public void Begin() => Prepare("BEGIN IMMEDIATE").ExecuteNonQuery();

    public void Commit() => Prepare("COMMIT").ExecuteNonQuery();

    /// <summary>Some faults, such as a full disk, have rolled back already.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0) Prepare("ROLLBACK").ExecuteNonQuery();
    }

    public DbCommand Prepare(string sql, params ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < arguments.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = ParameterNames[i];
                command.Parameters.Add(parameter);
            }
            _prepared.Add(sql, command);
        }
        for (var i = 0; i < arguments.Length; i++) command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        return command;
    }

    public void ExecuteRaw(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    // The transaction is begun and ended here, by prepared statements: the context begins none of its own inside it.
    private NetworkDb Open()
    {
        var db = createDb(connection);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _db?.Dispose();
        connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values) await command.DisposeAsync();
        if (_db is not null) await _db.DisposeAsync();
        await connection.DisposeAsync();
    }
}
