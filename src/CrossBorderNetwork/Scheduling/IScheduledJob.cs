namespace CrossBorderNetwork.Scheduling;

/// <summary>
/// Plug point: work that the clock starts. Found by scan. A job may run twice for one hour (two servers, a restart): it must be
/// harmless, by keys in the database.
/// </summary>
public interface IScheduledJob
{
    /// <summary>Name in the log and in the settings: <c>Schedules:&lt;Name&gt;</c> overrides the schedule.</summary>
    string Name { get; }

    /// <summary>Quartz cron expression in UTC, seconds first.</summary>
    string Schedule { get; }

    /// <summary>Does what is due now.</summary>
    Task RunAsync(CancellationToken ct);
}
