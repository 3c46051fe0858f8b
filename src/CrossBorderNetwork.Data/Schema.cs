using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Data;

/// <summary>Brings the database to the shape that this version knows.</summary>
public static class Schema
{
    /// <summary>Creates what is missing of the database and applies what is pending; of several servers that start at once one does it.</summary>
    /// <returns>The names of the migrations that were applied.</returns>
    /// <exception cref="NewerSchemaException">The database was made by a newer version.</exception>
    public static Task<IReadOnlyList<string>> MigrateAsync(Database database, CancellationToken ct) => MigrateAsync(database, _ => { }, ct);

    /// <param name="database">Where to apply them.</param>
    /// <param name="beforeChange">Is told the first pending migration before an existing database is changed: the moment for a backup.</param>
    /// <param name="ct">Cancels between two migrations.</param>
    public static async Task<IReadOnlyList<string>> MigrateAsync(Database database, Action<string> beforeChange, CancellationToken ct)
    {
        IReadOnlyList<string> applied = [];
        await database.Engine.MigrateAsync(async db => applied = await ApplyAsync(db, beforeChange, ct), ct);
        return applied;
    }

    /// <summary>The migrations that this version knows, oldest first.</summary>
    public static IReadOnlyList<string> Known(NetworkDb db) => [.. db.Database.GetMigrations()];

    private static async Task<IReadOnlyList<string>> ApplyAsync(NetworkDb db, Action<string> beforeChange, CancellationToken ct)
    {
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var known = Known(db);
        if (applied.Find(migration => !known.Contains(migration)) is { } newer) throw new NewerSchemaException(newer);
        var pending = known.Except(applied).ToList();
        if (pending.Count == 0) return pending;
        if (applied.Count > 0) beforeChange(pending[0]);
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
