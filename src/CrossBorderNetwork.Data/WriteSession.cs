using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Data;

/// <summary>
/// A connection kept open for writing with its prepared statements and its context: what makes a turn cheap. Belongs to one
/// <see cref="UnitOfWork"/> at a time.
/// </summary>
internal abstract class WriteSession(DbConnection connection, Func<bool> othersWait) : IDisposable
{
    private const int LargestGroup = 64;

    private readonly Dictionary<string, DbCommand> _prepared = [];
    private NetworkDb? _db;

    // Of the transaction that is left open for those who wait: how many units are in it, what they wait for, what is to happen then.
    private int _units;
    private TaskCompletionSource? _group;
    private List<Action> _afterCommit = [];

    public NetworkDb Db => _db ??= Open();

    /// <summary>False when another session has to take its place.</summary>
    public abstract bool IsAlive { get; }

    /// <summary>False once the connection is gone, of which one learns at the next use.</summary>
    public bool IsConnected => connection.State == ConnectionState.Open;

    /// <summary>Some faults end the transaction by themselves: a full disk, a lost connection.</summary>
    public abstract bool IsEnded { get; }

    /// <summary>Begins a unit of work: a transaction, or a savepoint in the one that units before left open.</summary>
    public ValueTask BeginAsync(CancellationToken ct)
    {
        if (_group is null) return BeginTransactionAsync(ct);
        Run("SAVEPOINT unit");
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Ends a unit of work. While others wait for the writer the transaction stays open for them, and one commit to disk serves all.
    /// </summary>
    /// <param name="actions">What is to happen, in the order of the units, as soon as they are durable.</param>
    /// <returns>Completes when the unit is durable.</returns>
    public Task CommitAsync(IReadOnlyList<Action> actions)
    {
        _afterCommit.AddRange(actions);
        if (_units + 1 >= LargestGroup || !othersWait()) return FlushAsync();
        if (_group is not null) Run("RELEASE unit");
        _group ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _units++;
        return _group.Task;
    }

    public void BeginPart() => Run("SAVEPOINT part");

    public void EndPart() => Run("RELEASE part");

    public void TakeBackPart()
    {
        Run("ROLLBACK TO part");
        Run("RELEASE part");
    }

    /// <summary>Takes a unit of work back; those before it in the same transaction stay.</summary>
    public void Rollback()
    {
        try
        {
            if (!IsEnded) TakeBack();
        }
        catch (DbException)
        {
            // Where the connection broke the database has taken it back.
            if (IsAlive) throw;
        }
        if (IsEnded) Forget(new CommonTransactionException());
    }

    private void TakeBack()
    {
        if (_group is null)
        {
            Run("ROLLBACK");
            return;
        }
        Run("ROLLBACK TO unit");
        if (!othersWait()) _ = FlushAsync();
        else Run("RELEASE unit");
    }

    /// <summary>Makes durable what is open, for whoever waits for it.</summary>
    public Task FlushOpenAsync() => _group is null ? Task.CompletedTask : FlushAsync();

    private Task FlushAsync()
    {
        var ending = new EndOfTransaction(_group, _afterCommit);
        (_group, _units, _afterCommit) = (null, 0, []);
        try
        {
            Commit();
        }
        catch (Exception fault)
        {
            return FailedAsync(ending, fault);
        }
        ending.Succeeded();
        return Task.CompletedTask;
    }

    /// <summary>A commit that fails took nothing; a database of which that is not certain finds out what became of it.</summary>
    protected virtual Task FailedAsync(EndOfTransaction ending, Exception fault)
    {
        ending.Failed(fault);
        if (!IsEnded) Run("ROLLBACK");
        return Task.FromException(fault);
    }

    protected abstract ValueTask BeginTransactionAsync(CancellationToken ct);

    protected virtual void Commit() => Run("COMMIT");

    protected abstract DbCommand Create(string sql, int parameters);

    /// <summary>A context on this connection.</summary>
    protected abstract NetworkDb CreateDb();

    private void Forget(Exception fault)
    {
        var group = _group;
        (_group, _units, _afterCommit) = (null, 0, []);
        group?.SetException(fault);
    }

    protected void Run(string sql) => Prepare(sql).ExecuteNonQuery();

    public DbCommand Prepare(string sql, params ReadOnlySpan<object?> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command)) _prepared.Add(sql, command = Create(sql, arguments.Length));
        for (var i = 0; i < arguments.Length; i++) command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        return command;
    }

    // The transaction is begun and ended here, by prepared statements: the context begins none of its own inside it.
    private NetworkDb Open()
    {
        var db = CreateDb();
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }

    public void Dispose()
    {
        Forget(new CommonTransactionException());
        foreach (var command in _prepared.Values) command.Dispose();
        _db?.Dispose();
        connection.Dispose();
    }

    /// <summary>Those who wait for the end of a transaction, and what is to happen once it is durable.</summary>
    protected sealed class EndOfTransaction(TaskCompletionSource? group, List<Action> actions)
    {
        public void Succeeded()
        {
            foreach (var action in actions) action();
            group?.SetResult();
        }

        public void Failed(Exception fault) => group?.SetException(fault);
    }
}
