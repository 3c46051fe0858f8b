using System.Collections.Concurrent;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Scheduling;

/// <summary>Runs jobs by name and is the boundary at which their faults end: one that fails is recorded and comes again at its next time.</summary>
public sealed partial class JobRunner(IEnumerable<IScheduledJob> jobs, TimeProvider time, ILogger<JobRunner> log)
{
    private readonly Dictionary<string, IScheduledJob> _byName = jobs.ToDictionary(job => job.Name);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastSuccess = [];

    /// <summary>All jobs, in the order of their names.</summary>
    public IReadOnlyList<IScheduledJob> All => [.. _byName.Values.OrderBy(job => job.Name, StringComparer.Ordinal)];

    /// <summary>When each job last ran to its end in this process.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> LastSuccess => _lastSuccess;

    /// <exception cref="ArgumentException">No job has that name.</exception>
    public Task RunAsync(string name, CancellationToken ct) => _byName.TryGetValue(name, out var job)
        ? RunAsync(job, ct)
        : throw new ArgumentException($"There is no job '{name}' (known: {string.Join(", ", All.Select(known => known.Name))}).", nameof(name));

    /// <summary>Runs every job once, as if all were due.</summary>
    public async Task RunAllAsync(CancellationToken ct)
    {
        foreach (var job in All) await RunAsync(job, ct);
    }

    private async Task RunAsync(IScheduledJob job, CancellationToken ct)
    {
        try
        {
            await job.RunAsync(ct);
            _lastSuccess[job.Name] = time.GetUtcNow();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server stops: what was left undone is still due at the next start.
        }
        catch (Exception fault)
        {
            LogFault(job.Name, Faults.Describe(fault));
        }
    }

    [LoggerMessage(LogLevel.Error, "The job {Job} failed and is tried again at its next time: {Fault}")]
    private partial void LogFault(string job, string fault);
}
