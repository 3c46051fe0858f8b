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
    public static async Task<IReadOnlyList<string>> MigrateAsync(Database database, CancellationToken ct)
    {
        if (database.FilePath is not { } path) return await ApplyAsync(database, ct);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        await using var guard = new FileStream(Path.Combine(folder, ".migrating"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        return await ApplyAsync(database, ct);
    }

    private static async Task<IReadOnlyList<string>> ApplyAsync(Database database, CancellationToken ct)
    {
        await using var db = database.Read();
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count == 0) return pending;
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await db.Database.MigrateAsync(ct);
        return pending;
    }
}
