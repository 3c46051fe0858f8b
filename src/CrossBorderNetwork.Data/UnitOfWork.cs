using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrossBorderNetwork.Data;

/// <summary>
/// One transaction: rows written by prepared commands and entities changed through <see cref="Db"/> become durable together, or
/// not at all. Not for use from two threads.
/// </summary>
public sealed class UnitOfWork : IAsyncDisposable
{
    private const int ManyChanges = 50;

    private const string Notify = $"SELECT pg_notify('{PostgresNotices.Channel}', @1)";

    private readonly WriteSession _session;
    private readonly Database _database;
    private readonly Action<bool> _release;
    private readonly List<Action> _afterCommit = [];
    private readonly List<EntityEntry> _watched = [];
    private HashSet<(string Topic, string Key)>? _announced;
    private bool _usesDb;
    private bool _ended;

    internal UnitOfWork(WriteSession session, Database database, Action<bool> release)
    {
        _session = session;
        _database = database;
        _release = release;
    }

    /// <summary>Whether other servers may work on the same database.</summary>
    public bool IsShared => _database.IsShared;

    /// <summary>The entities of the network, enlisted in this transaction. Saved by <see cref="CommitAsync"/>.</summary>
    public NetworkDb Db
    {
        get
        {
            if (_usesDb) return _session.Db;
            _usesDb = true;
            _session.Db.SavingChanges += OnSaving;
            _session.Db.SavedChanges += OnSaved;
            return _session.Db;
        }
    }

    /// <summary>Runs a prepared statement with parameters @1, @2 … and returns the number of rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => _session.Prepare(sql, arguments).ExecuteNonQuery();

    /// <summary>Runs a prepared statement with parameters @1, @2 … and returns the first column of the first row, or null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> arguments) => _session.Prepare(sql, arguments).ExecuteScalar();

    /// <summary>Runs a prepared statement with parameters @1, @2 … The caller disposes the reader before the next statement.</summary>
    public DbDataReader Query(string sql, params ReadOnlySpan<object?> arguments) => _session.Prepare(sql, arguments).ExecuteReader();

    /// <summary>Registers what is to happen in memory once, and only if, this transaction is durable. Must not throw.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Tells those who listen, here and on other servers, once and only if this transaction is durable: see <see cref="Database.Listen"/>.</summary>
    /// <param name="topic">A word without blanks.</param>
    /// <param name="key">What of it changed; short, and nothing by which a person is known. Empty: it may be anything.</param>
    public void Announce(string topic, string key)
    {
        if (!(_announced ??= []).Add((topic, key))) return;
        if (_database.IsShared) Execute(Notify, _database.Notice(topic, key));
        AfterCommit(() => _database.Hear(topic, key));
    }

    /// <summary>Saves changed entities now, so that prepared statements of the same transaction see them and ids are known.</summary>
    public Task SaveAsync(CancellationToken ct) => _usesDb ? _session.Db.SaveChangesAsync(ct) : Task.CompletedTask;

    /// <summary>Does a part of this unit of work. One that fails is taken back, what it registered too, and the unit goes on without it.</summary>
    /// <returns>Why it failed; null when it is done. A fault that has ended the whole transaction is thrown.</returns>
    public async Task<Exception?> TryPartAsync(Func<Task> part, CancellationToken ct)
    {
        await SaveAsync(ct);
        var (actions, announced) = (_afterCommit.Count, _announced);
        if (announced is not null) _announced = [.. announced];
        _session.BeginPart();
        try
        {
            await part();
            await SaveAsync(ct);
            _session.EndPart();
            return null;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && !_session.IsEnded)
        {
            _session.TakeBackPart();
            _afterCommit.RemoveRange(actions, _afterCommit.Count - actions);
            _announced = announced;
            Forget();
            return fault;
        }
    }

    public async Task CommitAsync(CancellationToken ct)
    {
        if (_usesDb) await _session.Db.SaveChangesAsync(ct);
        var durable = _session.CommitAsync(_afterCommit);
        End(sound: true);
        await durable;
    }

    /// <summary>Rolls back unless committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        var sound = false;
        try
        {
            _session.Rollback();
            sound = true;
        }
        finally
        {
            End(sound);
        }
    }

    private void End(bool sound)
    {
        if (_ended) return;
        _ended = true;
        if (_usesDb)
        {
            _session.Db.SavingChanges -= OnSaving;
            _session.Db.SavedChanges -= OnSaved;
        }
        Forget();
        _release(sound);
    }

    private void Forget()
    {
        if (_usesDb) _session.Db.ChangeTracker.Clear();
        _watched.Clear();
    }

    private void OnSaving(object? sender, SavingChangesEventArgs e)
    {
        if (_database.Watched.Count == 0) return;
        _watched.AddRange(_session.Db.ChangeTracker.Entries().Where(entry =>
            entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && _database.Watched.Contains(entry.Metadata.ClrType)));
    }

    /// <summary>Only now the ids of new entities are known.</summary>
    private void OnSaved(object? sender, SavedChangesEventArgs e)
    {
        foreach (var kind in _watched.GroupBy(entry => entry.Metadata))
        {
            var key = kind.Key.FindPrimaryKey()!.Properties[0].Name;
            // Of many at once it is quicker to say that it may be any.
            if (kind.Skip(ManyChanges).Any()) Announce(kind.Key.ClrType.Name, "");
            else foreach (var entry in kind) Announce(kind.Key.ClrType.Name, Convert.ToString(entry.Property(key).CurrentValue, CultureInfo.InvariantCulture)!);
        }
        _watched.Clear();
    }
}
