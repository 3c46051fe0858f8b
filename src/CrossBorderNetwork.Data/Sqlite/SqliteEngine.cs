using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Data;

/// <summary>The network in one file with one writer; reading never waits for it (WAL).</summary>
internal sealed class SqliteEngine : Engine
{
    private const string EmptyLog = "PRAGMA wal_checkpoint(TRUNCATE)";

    private readonly DbContextOptions _readOptions;

    public SqliteEngine(string connectionString, ModelParts parts)
        : base(parts)
    {
        ConnectionString = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true }.ToString();
        _readOptions = Options(builder => builder.UseSqlite(ConnectionString).AddInterceptors(SqlitePragmas.Interceptor));
    }

    public override string ConnectionString { get; }

    public override string Name => FilePath ?? "memory";

    public override string? FilePath => new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } path and not ":memory:" ? path : null;

    public override bool IsShared => false;

    public override string Clock => "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    /// <summary>There is one writer: nobody else can have taken any.</summary>
    public override string Taking(string tables) => "";

    public override NetworkDb Read() => new SqliteNetworkDb(_readOptions, Parts);

    public override WriteSession OpenSession(Func<bool> othersWait)
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        SqlitePragmas.Apply(connection);
        return new SqliteSession(connection, () => new SqliteNetworkDb(Options(builder => builder.UseSqlite(connection)), Parts), othersWait);
    }

    public override WriteSession? OpenMovingSession() => null;

    /// <summary>
    /// A start that was killed leaves EF's own lock row behind and the next start would wait for it for ever (efcore#38958); so a
    /// lock file guards the migration instead.
    /// </summary>
    public override async Task MigrateAsync(Func<NetworkDb, Task> migrate, CancellationToken ct)
    {
        await using var guard = Guard();
        await using var db = Read();
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await migrate(db);
        // What the run before deleted may stand in its log still.
        await db.Database.ExecuteSqlRawAsync(EmptyLog, ct);
    }

    public override Task PurgeDeletedAsync(WriteSession session, CancellationToken ct)
    {
        session.Prepare("VACUUM").ExecuteNonQuery();
        return Task.CompletedTask;
    }

    /// <summary>Whoever reads keeps the log: here that is not waited for.</summary>
    public override bool TryEmptyLog(WriteSession session)
    {
        session.Prepare("PRAGMA busy_timeout=0").ExecuteNonQuery();
        try
        {
            return session.Prepare(EmptyLog).ExecuteScalar() is 0L;
        }
        finally
        {
            session.Prepare(SqlitePragmas.Patience).ExecuteNonQuery();
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private FileStream? Guard()
    {
        if (FilePath is not { } path) return null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        return new FileStream(Path.Combine(folder, ".migrating"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }
}
