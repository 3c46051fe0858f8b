using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Data;

/// <summary>Brings the database to the shape that this version knows.</summary>
public static class Schema
{
    /// <summary>
    /// Creates the data folder and file if missing and applies what is pending. A start that was killed leaves EF's own lock row
    /// behind and the next start would wait for it for ever (efcore#38958); so a lock file guards the migration instead.
    /// </summary>
    /// <returns>The names of the migrations that were applied.</returns>
    /// <exception cref="NewerSchemaException">The database was made by a newer version.</exception>
    public static Task<IReadOnlyList<string>> MigrateAsync(Database database, CancellationToken ct) => MigrateAsync(database, _ => { }, ct);

    /// <param name="database">Where to apply them.</param>
    /// <param name="beforeChange">Is told the first pending migration before an existing database is changed: the moment for a backup.</param>
    /// <param name="ct">Cancels between two migrations.</param>
    public static async Task<IReadOnlyList<string>> MigrateAsync(Database database, Action<string> beforeChange, CancellationToken ct)
    {
        if (database.FilePath is not { } path) return await ApplyAsync(database, beforeChange, ct);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        await using var guard = new FileStream(Path.Combine(folder, ".migrating"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        return await ApplyAsync(database, beforeChange, ct);
    }

    /// <summary>The migrations that this version knows, oldest first.</summary>
    public static IReadOnlyList<string> Known(NetworkDb db) => [.. db.Database.GetMigrations()];

    private static async Task<IReadOnlyList<string>> ApplyAsync(Database database, Action<string> beforeChange, CancellationToken ct)
    {
        await using var db = database.Read();
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var known = Known(db);
        if (applied.Find(migration => !known.Contains(migration)) is { } newer) throw new NewerSchemaException(newer);
        var pending = known.Except(applied).ToList();
        if (pending.Count == 0) return pending;
        if (applied.Count > 0) beforeChange(pending[0]);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await db.Database.MigrateAsync(ct);
        return pending;
    }
}

/// <summary>The database has been through a migration that this version does not know: to work on it would lose what it added.</summary>
public sealed class NewerSchemaException(string migration) : Exception(Sentence(migration))
{
    public static string Sentence(string migration) =>
        $"The database was made by a newer version of this service (it has been through {migration}). Start that version, or restore a backup from before the update.";
}
