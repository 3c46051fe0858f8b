using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Data;

/// <summary>What SQLite and PostgreSQL do each in its own way. Everything else, all SQL of the floors above included, is written once.</summary>
internal abstract class Engine(ModelParts parts) : IAsyncDisposable
{
    protected ModelParts Parts => parts;

    public abstract string ConnectionString { get; }

    /// <summary>What it is called before a person; without a secret.</summary>
    public abstract string Name { get; }

    /// <summary>The database file, or null where there is none.</summary>
    public abstract string? FilePath { get; }

    /// <summary>Whether other servers may work on the same database.</summary>
    public abstract bool IsShared { get; }

    /// <summary>An expression for the time of the database's own clock, in UTC milliseconds: the one clock that all servers have in common.</summary>
    public abstract string Clock { get; }

    /// <summary>See <see cref="Database.Taking"/>.</summary>
    public abstract string Taking(string tables);

    public abstract NetworkDb Read();

    /// <summary>The session of units of work that decide: one at a time.</summary>
    /// <param name="othersWait">Whether more units wait in this process, which one commit could serve.</param>
    public abstract WriteSession OpenSession(Func<bool> othersWait);

    /// <summary>A session of units of work that only move messages, beside the one that decides; null where there is one writer for all.</summary>
    public abstract WriteSession? OpenMovingSession();

    public abstract Task MigrateAsync(Func<NetworkDb, Task> migrate, CancellationToken ct);

    /// <summary>See <see cref="Database.PurgeDeletedAsync"/>. Called while no unit of work of this process decides.</summary>
    public abstract Task PurgeDeletedAsync(WriteSession session, CancellationToken ct);

    /// <summary>The end of a purge where there is a write-ahead log in which deleted words still stand.</summary>
    /// <returns>False where somebody reads by the log: try again.</returns>
    public virtual bool TryEmptyLog(WriteSession session) => true;

    /// <summary>Hears what other servers announce; see <see cref="Database.Listen"/>.</summary>
    public virtual void HearOthers(Action<string, string?> heard)
    {
    }

    public abstract ValueTask DisposeAsync();

    protected static DbContextOptions Options(Action<DbContextOptionsBuilder> provider)
    {
        var builder = new DbContextOptionsBuilder();
        provider(builder);
        return builder.UseSnakeCaseNamingConvention().Options;
    }
}
