using System.Data.Common;
using System.Globalization;
using CrossBorderNetwork.Backups;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>The doctor's looks into the database: is it sound and of this version, what waits, when was it last backed up.</summary>
internal static class DatabaseChecks
{
    private static readonly (string Setting, string Value, string Remedy)[] Promises =
    [
        ("journal_mode", "wal", "the disk does not keep a write-ahead log, as network drives do not. Move the database to a local disk."),
        ("synchronous", "2", "commits would not wait for the disk. Remove such options from Database:ConnectionString."),
        ("secure_delete", "1", "deleted text would stay in the file. Remove such options from Database:ConnectionString."),
        ("foreign_keys", "1", "references are not kept. Remove 'Foreign Keys' from Database:ConnectionString."),
    ];

    private static readonly (string Setting, string Value, string Remedy)[] ServerPromises =
    [
        ("fsync", "on", "commits would not wait for the disk. Set it in postgresql.conf."),
        ("synchronous_commit", "on", "commits would not wait for the disk. Set it in postgresql.conf."),
        ("full_page_writes", "on", "a power cut could damage the database. Set it in postgresql.conf."),
        ("server_encoding", "UTF8", "names of people could not be kept. Create the database with ENCODING 'UTF8'."),
    ];

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static async Task<IReadOnlyList<Finding>> RunAsync(Surroundings here, CancellationToken ct)
    {
        if (here.DatabaseFile is { } file)
        {
            if (!File.Exists(file)) return [Finding.Ok("database", $"{Surroundings.Short(file)} is made at the first start")];
            if (BackupFile.Fault(file, thorough: false) is { } fault)
                return [Finding.Fault("database", $"{Surroundings.Short(file)} is damaged or cannot be opened ({fault}). Check its owner and rights; if it is damaged, stop the server and restore the last backup: restore FILE --verify")];
        }
        await using var database = new Data.Database(here.Database, ServerSetup.Model);
        await using var db = database.Read();
        try
        {
            await db.Database.OpenConnectionAsync(ct);
            var findings = new List<Finding>(await PromisesAsync(database, db, ct));
            var schema = await SchemaAsync(db, ct);
            findings.Add(schema);
            if (schema.IsSound) findings.AddRange(await ContentAsync(db, here, ct));
            return findings;
        }
        catch (DbException fault)
        {
            return [Finding.Fault("database", database.IsShared ? $"{database.Name} does not answer ({fault.Message}). Check Database:ConnectionString, and that the database server runs and lets this user in." : $"cannot be read ({fault.Message}). Check its owner and rights.")];
        }
    }

    private static async Task<IReadOnlyList<Finding>> PromisesAsync(Data.Database database, NetworkDb db, CancellationToken ct)
    {
        var broken = new List<Finding>();
        foreach (var (setting, promised, remedy) in database.IsShared ? ServerPromises : Promises)
        {
            var actual = await AskAsync(db, (database.IsShared ? "SHOW " : "PRAGMA ") + setting, ct);
            if (actual != promised) broken.Add(Finding.Fault("database", $"{setting} is {actual}, not {promised}: {remedy}"));
        }
        if (broken.Count > 0) return broken;
        if (database.FilePath is { } file) return [Finding.Ok("database", $"{Surroundings.Short(file)}, {MachineChecks.Megabytes(new FileInfo(file).Length)}, WAL")];
        return
        [
            Finding.Ok("database", database.IsShared ? $"{database.Name}, PostgreSQL {await AskAsync(db, "SHOW server_version", ct)}" : "in memory"),
            Finding.Ok("backup", "is the database server's own: pg_dump, or its continuous archive; see docs/several-nodes.md"),
        ];
    }

    private static async Task<string?> AskAsync(NetworkDb db, string question, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The questions stand above.
        command.CommandText = question;
#pragma warning restore CA2100
        return Convert.ToString(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    private static async Task<Finding> SchemaAsync(NetworkDb db, CancellationToken ct)
    {
        var (applied, known) = ((await db.Database.GetAppliedMigrationsAsync(ct)).ToList(), Schema.Known(db));
        if (applied.Find(migration => !known.Contains(migration)) is { } newer) return Finding.Fault("schema", NewerSchemaException.Sentence(newer));
        var pending = known.Count - applied.Count;
        return pending == 0
            ? Finding.Ok("schema", known[^1])
            : Finding.Fault("schema", $"{pending} changes are pending. Start the server of this version: it takes a backup and applies them.");
    }

    private static async Task<IReadOnlyList<Finding>> ContentAsync(NetworkDb db, Surroundings here, CancellationToken ct)
    {
        var kind = await db.KindAsync(ct);
        var now = TimeProvider.System.GetUtcNow() + await db.ClockOffsetAsync(ct);
        var backlog = await Backlog.ReadAsync(db, ct);
        var limits = ConfigurationCheck.Read<HealthOptions>(here.Configuration, HealthOptions.Section);
        var findings = new List<Finding> { Finding.Ok("network", kind.ToString().ToLowerInvariant()) };
        if (here.DatabaseFile is null && here.Database.ErasureLedger is null)
            findings.Add(Finding.Fault("erasures", "a restored backup would bring back whoever was erased since. Name a file outside the database in Database:ErasureLedger."));
        findings.Add(await AuditTrail.BrokenAtAsync(db, ct) is { } line
            ? Finding.Fault("audit", $"the log of coordinators' acts was changed from outside, {(line == 0 ? "its end is missing" : $"from line {line} on")}. Find out who can write to the database; a backup from before holds the log as it was.")
            : Finding.Ok("audit", "the log of coordinators' acts is as it was written"));
        var newest = await db.Set<InboxEntry>().MaxAsync(entry => (DateTimeOffset?)entry.ReceivedAt, ct);
        if (newest > now + ClockTolerance)
            findings.Add(Finding.Fault("clock", $"the database holds entries of {newest:yyyy-MM-dd HH:mm} UTC, which is yet to come: the clock is or was wrong. Switch time synchronisation on: timedatectl set-ntp true"));
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"inbox {backlog.InboxPending} (oldest {backlog.InboxAge(now).TotalMinutes:0} min, parked {backlog.InboxParked}), outbox {backlog.OutboxPending} (oldest due {backlog.OutboxAge(now).TotalMinutes:0} min, in doubt {backlog.OutboxInDoubt})");
        findings.Add(limits.Reasons(backlog, now).Any()
            ? Finding.Fault("backlog", counts + ": too old. Is the server running? Its log says why it cannot handle or send.")
            : Finding.Ok("backlog", counts));
        if (LastBackup(here, now, kind) is { } backup) findings.Add(backup);
        return findings;
    }

    private static Finding? LastBackup(Surroundings here, DateTimeOffset now, NetworkKind kind)
    {
        var options = ConfigurationCheck.Read<BackupOptions>(here.Configuration, BackupOptions.Section);
        if (DailyBackups.FolderFor(here.DatabaseFile, options) is not { } folder) return null;
        if (!options.Daily) return Finding.Ok("backup", "daily backups are switched off (Backup:Daily)");
        var newest = DailyBackups.Newest(folder);
        var isLate = newest is { } day ? now.UtcDateTime.Date - day.ToDateTime(TimeOnly.MinValue) > TimeSpan.FromDays(2) : now.UtcDateTime - File.GetCreationTimeUtc(here.DatabaseFile!) > TimeSpan.FromDays(2);
        return isLate && kind == NetworkKind.Real
            ? Finding.Fault("backup", $"the newest in {Surroundings.Short(folder)} is {newest?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "none"}. The server's log says why; take one now: backup FILE")
            : Finding.Ok("backup", newest is { } last ? $"newest of {last:yyyy-MM-dd} in {Surroundings.Short(folder)}" : "the first is taken within the hour");
    }
}
