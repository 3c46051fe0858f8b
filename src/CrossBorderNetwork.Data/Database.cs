using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrossBorderNetwork.Data;

/// <summary>
/// The entrance to the data. Whatever decides goes through <see cref="BeginAsync"/>, one unit of work after the other, on a shared
/// database across all servers: so a verb that counts seats can rely on what it has read. Queueing for it here costs microseconds
/// where SQLite's own busy handler would sleep.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private const int MostMoving = 12;
    private const int MostTries = 100;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    /// <summary>SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL and CANTOPEN.</summary>
    private static readonly int[] SqliteAway = [5, 6, 8, 10, 13, 14];

    private readonly string _self = RandomNumberGenerator.GetHexString(8);
    private readonly Engine _engine;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly SemaphoreSlim _moving = new(MostMoving, MostMoving);
    private readonly ConcurrentBag<WriteSession> _idle = [];
    private readonly ConcurrentDictionary<string, Action<string?>> _listeners = [];
    private readonly Lock _hearing = new();
    private WriteSession? _session;
    private int _waiting;
    private bool _hears;
    private HashSet<Type> _watched = [];

    public Database(DatabaseOptions options, ModelParts parts)
    {
        _engine = options.Provider == DatabaseProvider.Sqlite
            ? new SqliteEngine(options.ConnectionString, parts)
            : new PostgresEngine(options.ConnectionString, parts);
        LedgerPath = FilePath is { } file ? Path.ChangeExtension(file, ".erased") : options.ErasureLedger;
    }

    /// <summary>May hold a password.</summary>
    public string ConnectionString => _engine.ConnectionString;

    /// <summary>What it is called before a person; without a secret.</summary>
    public string Name => _engine.Name;

    /// <summary>
    /// Whether a fault means that the database is away or has no room, so that the same may work later; anything else is the fault
    /// of what was tried.
    /// </summary>
    public static bool IsAway(Exception fault) => fault switch
    {
        CommonTransactionException => true,
        SqliteException sqlite => SqliteAway.Contains(sqlite.SqliteErrorCode),
        // Whoever stood still in the middle of a transaction was cut off.
        PostgresException { SqlState: "25P03" } => true,
        DbException { IsTransient: true } => true,
        _ => fault.InnerException is { } cause && IsAway(cause),
    };

    /// <summary>The database file, or null for one that lives in memory only or on a database server.</summary>
    public string? FilePath => _engine.FilePath;

    /// <summary>The file outside the database that remembers who was erased from it; null where none is kept.</summary>
    public string? LedgerPath { get; }

    /// <summary>Whether other servers may work on the same database.</summary>
    public bool IsShared => _engine.IsShared;

    /// <summary>An SQL expression for the database's own clock, in UTC milliseconds: the one that all servers have in common.</summary>
    public string Clock => _engine.Clock;

    /// <summary>Ends a SELECT that is to take rows of the named tables and to pass over those that another has taken.</summary>
    /// <param name="tables">Names or aliases, with commas.</param>
    public string Taking(string tables) => _engine.Taking(tables);

    internal Engine Engine => _engine;

    internal IReadOnlySet<Type> Watched => _watched;

    /// <summary>Starts the one unit of work that decides; waits for the one before. Nothing slow may be awaited inside.</summary>
    public async ValueTask<UnitOfWork> BeginAsync(CancellationToken ct)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _writer.WaitAsync(ct);
        }
        catch
        {
            Interlocked.Decrement(ref _waiting);
            // Somebody may have left a transaction open for us.
            await FlushAsync();
            throw;
        }
        Interlocked.Decrement(ref _waiting);
        try
        {
            _session = await BegunAsync(_session, () => _engine.OpenSession(() => Volatile.Read(ref _waiting) > 0), ct);
            return new UnitOfWork(_session, this, Release);
        }
        catch
        {
            Release(sound: false);
            throw;
        }
    }

    /// <summary>
    /// Starts a unit of work that only moves messages: accepts, claims, records. On a shared database several run at once, beside
    /// the one that decides, and must rely on unique keys and row locks alone.
    /// </summary>
    public async ValueTask<UnitOfWork> BeginMovingAsync(CancellationToken ct)
    {
        if (!_engine.IsShared) return await BeginAsync(ct);
        await _moving.WaitAsync(ct);
        _idle.TryTake(out var session);
        try
        {
            var begun = session = await BegunAsync(session, () => _engine.OpenMovingSession()!, ct);
            return new UnitOfWork(begun, this, sound =>
            {
                if (sound && begun.IsAlive) _idle.Add(begun);
                else begun.Dispose();
                _moving.Release();
            });
        }
        catch
        {
            _moving.Release();
            throw;
        }
    }

    /// <summary>
    /// Hears after each commit, of this server or of another on the same database, what it announced by
    /// <see cref="UnitOfWork.Announce"/>. Must not throw.
    /// </summary>
    /// <param name="topic">A word without blanks.</param>
    /// <param name="heard">Gets the key; null when anything of the topic may have changed.</param>
    public void Listen(string topic, Action<string?> heard)
    {
        _listeners.AddOrUpdate(topic, heard, (_, before) => before + heard);
        lock (_hearing)
        {
            if (!_hears) _engine.HearOthers(HearOther);
            _hears = true;
        }
    }

    /// <summary>
    /// Tells whoever keeps a copy in memory, after each commit of any server, the key of each entity of a kind, a number, that it
    /// added, changed or removed; null when it may be any. Sees all that is saved through a context, whoever saved it; not what SQL changes past it
    /// (<c>ExecuteUpdate</c>, prepared statements).
    /// </summary>
    public void Watch<TEntity>(Action<long?> changed)
        where TEntity : class
    {
        Listen(typeof(TEntity).Name, key => changed(key is null ? null : long.Parse(key, CultureInfo.InvariantCulture)));
        _watched = [.. _watched, typeof(TEntity)];
    }

    /// <summary>A context for reading, outside any unit of work. The caller disposes it.</summary>
    public NetworkDb Read() => _engine.Read();

    /// <summary>
    /// Makes sure that what was deleted is nowhere in the database's file: SQLite's is rewritten, for pages that were rebalanced
    /// keep copies of rows that secure_delete does not reach, and the write-ahead log is emptied into it. Others wait meanwhile, some
    /// milliseconds a megabyte. PostgreSQL gives the room free.
    /// </summary>
    /// <returns>False where somebody went on reading by the log, so that it could not be emptied: the next purge does it, or the next start.</returns>
    public async Task<bool> PurgeDeletedAsync(CancellationToken ct)
    {
        await InSessionAsync(session => _engine.PurgeDeletedAsync(session, ct), ct);
        for (var tries = 1; ; tries++)
        {
            var isEmpty = false;
            await InSessionAsync(
                session =>
                {
                    isEmpty = _engine.TryEmptyLog(session);
                    return Task.CompletedTask;
                },
                ct);
            OwesPurge = !isEmpty;
            if (isEmpty || tries == MostTries) return isEmpty;
            await Task.Delay(BetweenTries, TimeProvider.System, ct);
        }
    }

    /// <summary>Whether a purge could not be finished.</summary>
    public bool OwesPurge { get; private set; }

    /// <summary>Does what needs the deciding session outside of any unit of work.</summary>
    private async Task InSessionAsync(Func<WriteSession, Task> act, CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        try
        {
            _session ??= _engine.OpenSession(() => Volatile.Read(ref _waiting) > 0);
            await _session.FlushOpenAsync();
            await act(_session);
        }
        finally
        {
            _writer.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.WaitAsync();
        if (_session is not null)
        {
            await _session.FlushOpenAsync();
            _session.Dispose();
        }
        _session = null;
        while (_idle.TryTake(out var idle)) idle.Dispose();
        await _engine.DisposeAsync();
        _writer.Dispose();
        _moving.Dispose();
    }

    /// <summary>Passes on what was announced, here or elsewhere.</summary>
    internal void Hear(string topic, string? key)
    {
        if (_listeners.TryGetValue(topic, out var heard)) heard(string.IsNullOrEmpty(key) ? null : key);
    }

    /// <summary>What other servers are sent: who speaks, so that nobody hears himself twice, then topic and key.</summary>
    internal string Notice(string topic, string key) => $"{_self} {topic} {key}";

    private void HearOther(string speaker, string? notice)
    {
        if (notice is null)
        {
            foreach (var heard in _listeners.Values) heard(null);
        }
        else if (speaker != _self && notice.Split(' ', 2) is [var topic, var key]) Hear(topic, key);
    }

    /// <summary>Begins with the session that was kept, or with a new one where its connection has broken meanwhile.</summary>
    private static async ValueTask<WriteSession> BegunAsync(WriteSession? kept, Func<WriteSession> open, CancellationToken ct)
    {
        if (kept is not null)
        {
            try
            {
                await kept.BeginAsync(ct);
                return kept;
            }
            catch
            {
                // Nothing was done yet; where only the connection has broken, another will do.
                var isConnected = kept.IsConnected;
                kept.Dispose();
                if (isConnected) throw;
            }
        }
        var session = open();
        try
        {
            await session.BeginAsync(ct);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Release(bool sound)
    {
        if (_session is { } session && (!sound || !session.IsAlive))
        {
            // A session whose rollback failed is not trusted again.
            session.Dispose();
            _session = null;
        }
        _writer.Release();
    }

    private async Task FlushAsync()
    {
        await _writer.WaitAsync();
        try
        {
            if (_session is not null) await _session.FlushOpenAsync();
        }
        finally
        {
            _writer.Release();
        }
    }
}
