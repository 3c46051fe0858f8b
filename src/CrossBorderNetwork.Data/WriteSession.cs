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
internal sealed class WriteSession(SqliteConnection connection, Func<SqliteConnection, NetworkDb> createDb, Func<bool> othersWait) : IDisposable, IAsyncDisposable
{
    private const int LargestGroup = 64;

    private static readonly string[] ParameterNames = [.. Enumerable.Range(1, 24).Select(n => "@" + n.ToString(CultureInfo.InvariantCulture))];

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private NetworkDb? _db;

    // Of the transaction that is left open for those who wait: how many units are in it, what they wait for, what is to happen then.
    private int _units;
    private TaskCompletionSource? _group;
    private List<Action> _afterCommit = [];

    public NetworkDb Db => _db ??= Open();

    /// <summary>Begins a unit of work: a transaction, or a savepoint in the one that units before left open.</summary>
    public void Begin() => Run(_group is null ? "BEGIN IMMEDIATE" : "SAVEPOINT unit");

    /// <summary>
    /// Ends a unit of work. While others wait for the writer the transaction stays open for them, and one commit to disk serves all.
    /// </summary>
    /// <param name="actions">What is to happen, in the order of the units, as soon as they are durable.</param>
    /// <returns>Completes when the unit is durable.</returns>
    public Task CommitAsync(IReadOnlyList<Action> actions)
    {
        _afterCommit.AddRange(actions);
        if (_units + 1 >= LargestGroup || !othersWait())
        {
            Flush();
            return Task.CompletedTask;
        }
        if (_group is not null) Run("RELEASE unit");
        _group ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _units++;
        return _group.Task;
    }

    /// <summary>Takes a unit of work back; those before it in the same transaction stay.</summary>
    public void Rollback()
    {
        if (IsEnded) Forget(new CommonTransactionException());
        else if (_group is null) Run("ROLLBACK");
        else
        {
            Run("ROLLBACK TO unit");
            if (!othersWait()) Flush();
            else Run("RELEASE unit");
        }
    }

    /// <summary>Makes durable what is open, for whoever waits for it.</summary>
    public void FlushOpen()
    {
        if (_group is not null) Flush();
    }

    private void Flush()
    {
        try
        {
            Run("COMMIT");
        }
        catch (Exception fault)
        {
            if (!IsEnded) Run("ROLLBACK");
            Forget(fault);
            throw;
        }
        var (group, actions) = (_group, _afterCommit);
        (_group, _units, _afterCommit) = (null, 0, []);
        foreach (var action in actions) action();
        group?.SetResult();
    }

    private void Forget(Exception fault)
    {
        var group = _group;
        (_group, _units, _afterCommit) = (null, 0, []);
        group?.SetException(fault);
    }

    /// <summary>Some faults, such as a full disk, roll back by themselves.</summary>
    private bool IsEnded => raw.sqlite3_get_autocommit(connection.Handle) != 0;

    private void Run(string sql) => Prepare(sql).ExecuteNonQuery();

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
        Forget(new ObjectDisposedException(nameof(WriteSession)));
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
