using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrossBorderNetwork.Data;

/// <summary>
/// The entrance to the data. All writing goes through <see cref="BeginAsync"/>: SQLite has one writer, and queueing for it here
/// costs microseconds where its own busy handler would sleep. Reading never waits for the writer (WAL).
/// </summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL and CANTOPEN.</summary>
    private static readonly int[] AwayCodes = [5, 6, 8, 10, 13, 14];

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly ModelParts _parts;
    private readonly DbContextOptions _readOptions;
    private WriteSession? _session;
    private int _waiting;
    private IReadOnlyList<Action<UnitOfWork, ChangeTracker>> _watches = [];

    public Database(DatabaseOptions options, ModelParts parts)
    {
        _parts = parts;
        ConnectionString = new SqliteConnectionStringBuilder(options.ConnectionString) { ForeignKeys = true }.ToString();
        _readOptions = SqliteOptions(builder => builder.UseSqlite(ConnectionString));
    }

    public string ConnectionString { get; }

    /// <summary>The database file, or null for one that lives in memory only.</summary>
    public string? FilePath => new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } path and not ":memory:" ? path : null;

    /// <summary>
    /// Whether a fault means that the database is away or has no room, so that the same may work later; anything else is the fault
    /// of what was tried.
    /// </summary>
    public static bool IsAway(Exception fault) => fault switch
    {
        CommonTransactionException => true,
        SqliteException sqlite => AwayCodes.Contains(sqlite.SqliteErrorCode),
        _ => fault.InnerException is { } cause && IsAway(cause),
    };

    /// <summary>Starts the one open write transaction; waits for the one before. Nothing slow may be awaited inside.</summary>
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
            _session ??= OpenSession();
            return new UnitOfWork(_session, _watches, Release);
        }
        catch
        {
            Release(sound: false);
            throw;
        }
    }

    /// <summary>
    /// Tells whoever keeps a copy in memory, after each commit, which entities of a kind it added, changed or removed. Sees all that
    /// is saved through a context, whoever saved it; not what SQL changes past it (<c>ExecuteUpdate</c>, prepared statements).
    /// </summary>
    public void Watch<TEntity>(Action<IReadOnlyList<TEntity>> changed)
        where TEntity : class =>
        _watches = [.. _watches, (work, tracker) =>
        {
            var entities = tracker.Entries<TEntity>()
                .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                .Select(entry => entry.Entity).ToList();
            if (entities.Count > 0) work.AfterCommit(() => changed(entities));
        }];

    /// <summary>A context for reading, outside any write transaction. The caller disposes it.</summary>
    public NetworkDb Read() => new SqliteNetworkDb(_readOptions, _parts);

    /// <summary>
    /// Makes sure that what was deleted is nowhere on disk: rewrites the file, for pages that SQLite has rebalanced keep copies of
    /// rows that secure_delete does not reach, and empties the write-ahead log into it. Others wait meanwhile, some milliseconds
    /// a megabyte.
    /// </summary>
    public async Task PurgeDeletedAsync(CancellationToken ct)
    {
        await _writer.WaitAsync(ct);
        try
        {
            _session ??= OpenSession();
            _session.FlushOpen();
            _session.ExecuteRaw("VACUUM");
            _session.ExecuteRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            _writer.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.WaitAsync();
        _session?.FlushOpen();
        if (_session is not null) await _session.DisposeAsync();
        _session = null;
        _writer.Dispose();
    }

    private void Release(bool sound)
    {
        if (!sound)
        {
            // A session whose rollback failed is not trusted again.
            _session?.Dispose();
            _session = null;
        }
        _writer.Release();
    }

    private async Task FlushAsync()
    {
        await _writer.WaitAsync();
        try
        {
            _session?.FlushOpen();
        }
        finally
        {
            _writer.Release();
        }
    }

    private WriteSession OpenSession() => new(
        OpenConnection(),
        connection => new SqliteNetworkDb(SqliteOptions(builder => builder.UseSqlite(connection)), _parts),
        () => Volatile.Read(ref _waiting) > 0);

    private SqliteConnection OpenConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqlitePragmas.Apply(connection);
        return connection;
    }

    private static DbContextOptions SqliteOptions(Action<DbContextOptionsBuilder> provider)
    {
        var builder = new DbContextOptionsBuilder();
        provider(builder);
        return builder.UseSnakeCaseNamingConvention().AddInterceptors(SqlitePragmas.Interceptor).Options;
    }
}
