using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Backups;

/// <summary>
/// The backups that the server takes by itself: one a day, and one before the schema changes. The erasure ledger lies beside them,
/// so that whoever copies the folder away has all that a restore needs. PostgreSQL brings its own means; then this does nothing.
/// </summary>
public sealed class DailyBackups(Database database, ErasureLedger ledger, IOptions<BackupOptions> options, TimeProvider time)
{
    private const string Daily = "network-";
    private const string DayFormat = "yyyy-MM-dd";

    public string? Folder => FolderFor(database.FilePath, options.Value);

    public static string? FolderFor(string? databaseFile, BackupOptions options) =>
        databaseFile is null ? null : Path.GetFullPath(options.Folder.Length > 0 ? options.Folder : "backups", Path.GetDirectoryName(Path.GetFullPath(databaseFile))!);

    /// <summary>The day of the newest daily backup in a folder, or null.</summary>
    public static DateOnly? Newest(string folder) => Directory.Exists(folder) ? Days(folder).Select(backup => (DateOnly?)backup.Day).Max() : null;

    /// <summary>Takes today's backup unless it is there, then deletes what is too old.</summary>
    /// <returns>The new file, or null.</returns>
    public string? Run()
    {
        if (!options.Value.Daily || Folder is not { } folder) return null;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var file = Path.Combine(folder, $"{Daily}{today.ToString(DayFormat, CultureInfo.InvariantCulture)}.db");
        if (File.Exists(file)) return null;
        Write(file);
        DeleteOld(folder, today);
        return file;
    }

    /// <summary>Takes a backup before a migration changes the tables.</summary>
    public string? BeforeMigration(string migration)
    {
        if (Folder is not { } folder) return null;
        var file = Path.Combine(folder, $"before-{migration}-{time.GetUtcNow():yyyyMMdd-HHmmss}.db");
        Write(file);
        return file;
    }

    private void Write(string file)
    {
        BackupFile.Write(database.ConnectionString, file);
        if (ledger.FilePath is { } erased && File.Exists(erased)) File.Copy(erased, Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(erased)), overwrite: true);
    }

    /// <summary>Old backups go, and what a restore or a migration has set aside, too.</summary>
    private void DeleteOld(string folder, DateOnly today)
    {
        var oldest = today.AddDays(-options.Value.KeepDays);
        foreach (var (day, file) in Days(folder).Where(backup => backup.Day < oldest)) File.Delete(file);
        var databaseFile = database.FilePath!;
        var aside = Directory.GetFiles(Path.GetDirectoryName(databaseFile)!, Path.GetFileName(databaseFile) + ".before-restore-*").Concat(Directory.GetFiles(folder, "before-*.db"));
        foreach (var file in aside.Where(file => DateOnly.FromDateTime(File.GetLastWriteTimeUtc(file)) < oldest)) File.Delete(file);
    }

    private static IEnumerable<(DateOnly Day, string File)> Days(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, Daily + "*.db"))
        {
            var name = Path.GetFileNameWithoutExtension(file)[Daily.Length..];
            if (DateOnly.TryParseExact(name, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) yield return (day, file);
        }
    }
}
