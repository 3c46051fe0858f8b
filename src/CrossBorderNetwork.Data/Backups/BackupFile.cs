using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Data;

/// <summary>
/// A copy of a SQLite database in one file: taken while people write, consistent, without the pages that deleted rows once filled,
/// readable by its owner only. It exists under its name only once it is whole and sound.
/// </summary>
public static class BackupFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Copies the database at <paramref name="connectionString"/> to a new file.</summary>
    /// <exception cref="IOException">The file exists already, or cannot be written; then nothing is left of it.</exception>
    /// <exception cref="SqliteException">The database cannot be read, or the disk is full.</exception>
    public static void Write(string connectionString, string file)
    {
        if (File.Exists(file)) throw new IOException($"{file} exists already and is not overwritten.");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var part = file + ".part";
        File.Delete(part);
        try
        {
            // SQLite fills an empty file that is there already, so it is ours alone from its first byte.
            CreateOwned(part).Dispose();
            using (var connection = Open(new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite }))
            using (var command = connection.CreateCommand())
            {
                command.CommandText = "VACUUM INTO @file";
                command.Parameters.AddWithValue("@file", part);
                command.CommandTimeout = 0;
                command.ExecuteNonQuery();
            }
            Sync(part);
            if (Fault(part, thorough: true) is { } fault) throw new IOException($"The copy of the database is not sound: {fault}");
            File.Move(part, file, overwrite: false);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>What is wrong with a database file, or null. <paramref name="thorough"/> compares indexes with tables and follows references, too.</summary>
    public static string? Fault(string file, bool thorough)
    {
        try
        {
            using var connection = Open(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite });
            var found = Column(connection, thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)").First();
            if (found != "ok") return found;
            if (thorough && Column(connection, "PRAGMA foreign_key_check").FirstOrDefault() is { } table) return $"a row of table {table} refers to one that is not there";
            return null;
        }
        catch (SqliteException fault)
        {
            return fault.SqliteErrorCode == 26 ? "it is no database" : fault.Message;
        }
    }

    /// <summary>The migrations that a database file has been through, oldest first; empty where it was not made by this service.</summary>
    public static IReadOnlyList<string> Migrations(string file)
    {
        using var connection = Open(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite });
        return Column(connection, "SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsHistory'").Count == 0
            ? []
            : Column(connection, "SELECT migration_id FROM \"__EFMigrationsHistory\" ORDER BY migration_id");
    }

    /// <summary>Copies a backup as it is to a new file that only its owner can read.</summary>
    public static void Copy(string backup, string file)
    {
        File.Delete(file);
        using (var from = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.Read))
        using (var to = CreateOwned(file)) from.CopyTo(to);
        Sync(file);
    }

    private static FileStream CreateOwned(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }

    private static void Sync(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    private static SqliteConnection Open(SqliteConnectionStringBuilder builder)
    {
        builder.Pooling = false;
        var connection = new SqliteConnection(builder.ToString());
        connection.Open();
        return connection;
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        using var rows = command.ExecuteReader();
        var values = new List<string>();
        while (rows.Read()) values.Add(rows.GetString(0));
        return values;
    }
}
