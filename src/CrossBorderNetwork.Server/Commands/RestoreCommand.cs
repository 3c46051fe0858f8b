using System.CommandLine;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>
/// <c>restore FILE</c> puts a backup in the database's place while the server is stopped, brings it to the present schema, erases
/// again whoever was erased since, and lets go of what was to be sent when the backup was taken.
/// </summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "A backup made by this service." };
        var verify = new Option<bool>("--verify") { Description = "Check every index and reference of the backup, and of the restored database, too." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say whether the backup could be restored." };
        var command = new Command("restore", "Puts a backup in the place of the database. Stop the server first.") { file, verify, dryRun };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(file)!.FullName, parsed.GetValue(verify), parsed.GetValue(dryRun), ct));
        return command;
    }

    private static async Task<int> RunAsync(string backup, bool verify, bool dryRun, CancellationToken ct)
    {
        var here = Surroundings.Read();
        await using var network = here.BuildNetwork();
        var database = network.GetRequiredService<Data.Database>();
        if (database.FilePath is not { } file) return CommandLine.Refuse("The database is no file; restore it by its own means, such as pg_restore, then settle it: settle --taken WHEN");
        if (Path.GetFullPath(backup) == file) return CommandLine.Refuse("That is the database itself.");
        IReadOnlyList<string> known;
        await using (var db = database.Read()) known = Schema.Known(db);
        if (RestoreFile.Refusal(backup, known, verify) is { } refusal) return CommandLine.Refuse(refusal);
        if (dryRun)
        {
            Console.WriteLine($"{Surroundings.Short(backup)} is sound and can be restored.");
            return 0;
        }
        using var held = new ServerLock(database);
        if (!held.TryTake()) return CommandLine.Refuse($"A server works on {Surroundings.Short(file)}. Stop it first.");

        var takenAt = new DateTimeOffset(File.GetLastWriteTimeUtc(backup), TimeSpan.Zero);
        var aside = RestoreFile.PutInPlace(backup, file, network.GetRequiredService<TimeProvider>().GetUtcNow());
        var ledger = network.GetRequiredService<ErasureLedger>();
        ledger.Merge(Path.Combine(Path.GetDirectoryName(backup)!, Path.GetFileName(ledger.FilePath!)));
        var done = await SettleCommand.BringToPresentAsync(network, database, takenAt, ct);
        if (verify && BackupFile.Fault(file, thorough: true) is { } fault) return CommandLine.Refuse($"The restored database is not sound: {fault}");

        Console.WriteLine($"{Surroundings.Short(file)} is restored from {Surroundings.Short(backup)}.");
        Console.WriteLine(done);
        if (aside is not null) Console.WriteLine($"The file before is {Surroundings.Short(aside)}; delete it when you are sure.");
        return 0;
    }
}
