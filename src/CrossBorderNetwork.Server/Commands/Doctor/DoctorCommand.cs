using System.CommandLine;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>What one look found: a line, and for a fault the remedy in it.</summary>
internal sealed record Finding(bool IsSound, string Topic, string Text)
{
    public static Finding Ok(string topic, string text) => new(true, topic, text);

    public static Finding Fault(string topic, string text) => new(false, topic, text);

    public override string ToString() => $"{(IsSound ? "ok   " : "FAULT")}  {Topic,-10} {Text}";
}

/// <summary>
/// <c>doctor</c> looks at everything that a server needs, beside a running one or before its first start, and changes nothing. It
/// ends with 0 when all is sound.
/// </summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks settings, dialogs, token, clock, time zones, font, folders, database, schema, backlog and backups; names each fault with its remedy.");
        command.SetAction((_, ct) => RunAsync(ct));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken ct)
    {
        var here = Surroundings.Read();
        var faults = 0;
        await foreach (var finding in LookAsync(here, ct))
        {
            Console.WriteLine(finding);
            if (!finding.IsSound) faults++;
        }
        // The last connection that closes takes the write-ahead log with it; left to whoever ran this, the server could not write it.
        SqliteConnection.ClearAllPools();
        Console.WriteLine(faults == 0 ? "All is sound." : faults == 1 ? "1 fault." : $"{faults} faults.");
        return faults == 0 ? 0 : 1;
    }

    private static async IAsyncEnumerable<Finding> LookAsync(Surroundings here, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var settings = ConfigurationCheck.Faults(here.Configuration);
        foreach (var fault in settings) yield return Finding.Fault("settings", fault);
        if (settings.Count == 0) yield return Finding.Ok("settings", "every setting can be read");
        foreach (var finding in await MachineChecks.RunAsync(here, ct)) yield return finding;
        // What is below needs to know which database is meant.
        if (settings.Any(fault => fault.StartsWith("Database:", StringComparison.Ordinal))) yield break;
        foreach (var finding in MachineChecks.Folders(here)) yield return finding;
        foreach (var finding in await DatabaseChecks.RunAsync(here, ct)) yield return finding;
    }
}
