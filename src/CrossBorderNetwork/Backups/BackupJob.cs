using CrossBorderNetwork.Scheduling;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Backups;

/// <summary>
/// Takes the backup of the day. It looks every hour, so that a machine that is off at night has one, too; a day has one at most.
/// </summary>
internal sealed partial class BackupJob(DailyBackups backups, ILogger<BackupJob> log) : IScheduledJob
{
    public string Name => "backup";

    public string Schedule => "0 40 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        // SQLite copies without awaiting; the scheduler's thread is not to be held meanwhile.
        if (await Task.Run(backups.Run, ct) is { } file) LogTaken(Path.GetFileName(file));
    }

    [LoggerMessage(LogLevel.Information, "Took the backup {File}")]
    private partial void LogTaken(string file);
}
