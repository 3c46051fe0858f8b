namespace CrossBorderNetwork.Data;

/// <summary>Puts a backup in the place of the database file. Only while no server holds it: see <see cref="ServerLock"/>.</summary>
public static class RestoreFile
{
    private static readonly string[] LogSuffixes = ["-wal", "-shm"];

    /// <summary>Why a file cannot be restored, in a sentence with the remedy, or null.</summary>
    public static string? Refusal(string backup, IReadOnlyCollection<string> knownMigrations, bool thorough)
    {
        if (!File.Exists(backup)) return $"{backup} does not exist.";
        if (BackupFile.Fault(backup, thorough) is { } fault) return $"{backup} is damaged ({fault}). Take an older backup.";
        var migrations = BackupFile.Migrations(backup);
        if (migrations.Count == 0) return $"{backup} is no database of this service.";
        return migrations.FirstOrDefault(migration => !knownMigrations.Contains(migration)) is { } newer ? NewerSchemaException.Sentence(newer) : null;
    }

    /// <summary>
    /// Copies the backup beside the database, sets the old file aside together with its write-ahead log, which must never be played
    /// onto the new one, and moves the copy into place.
    /// </summary>
    /// <returns>Where the old file is now, or null where there was none.</returns>
    public static string? PutInPlace(string backup, string database, DateTimeOffset now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        var copy = database + ".restoring";
        BackupFile.Copy(backup, copy);
        var aside = $"{database}.before-restore-{now:yyyyMMdd-HHmmss}";
        var hadFile = File.Exists(database);
        foreach (var suffix in LogSuffixes)
        {
            if (!hadFile) File.Delete(database + suffix);
            else if (File.Exists(database + suffix)) File.Move(database + suffix, aside + suffix);
        }
        if (hadFile) File.Move(database, aside);
        File.Move(copy, database);
        return hadFile ? aside : null;
    }
}
