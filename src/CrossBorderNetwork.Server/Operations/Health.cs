using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Server;

/// <summary>Settings under <c>Health</c>: from when on the server counts as not ready.</summary>
internal sealed class HealthOptions
{
    public const string Section = "Health";

    /// <summary>How long an update may wait for its turn.</summary>
    public TimeSpan LongestInboxWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how long a message may be due; an announcement to many takes its time at thirty a second.</summary>
    public TimeSpan LongestOutboxWait { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Codes of what is too old in a backlog.</summary>
    public IEnumerable<string> Reasons(Backlog backlog, DateTimeOffset now)
    {
        if (backlog.InboxAge(now) > LongestInboxWait) yield return "inbox-late";
        if (backlog.OutboxAge(now) > LongestOutboxWait) yield return "outbox-late";
        foreach (var channel in backlog.ShutOut) yield return channel + "-shut-out";
    }
}

/// <summary>
/// <c>/alive</c> says that the process answers; <c>/health</c> that it can work: that it writes to the database, and that what waits
/// is not too old. It tells counts and codes, nothing of anybody.
/// </summary>
internal static class Health
{
    private const string Probe =
        "INSERT INTO network_state (key, value) VALUES ('health', @1) ON CONFLICT (key) DO UPDATE SET value = excluded.value";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/alive", () => Results.Text("alive"));
        app.MapGet("/health", CheckAsync);
    }

    private static async Task<IResult> CheckAsync(Database database, IOptions<HealthOptions> options, TimeProvider time, CancellationToken aborted)
    {
        using var ct = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        ct.CancelAfter(Patience);
        try
        {
            await using (var work = await database.BeginMovingAsync(ct.Token))
            {
                // A real write: only it shows that the disk takes pages and the commit.
                work.Execute(Probe, time.GetUtcNow().ToString("O"));
                await work.CommitAsync(ct.Token);
            }
            await using var db = database.Read();
            var (backlog, now) = (await Backlog.ReadAsync(db, ct.Token), time.GetUtcNow());
            var reasons = options.Value.Reasons(backlog, now).ToList();
            return Answer(reasons, new
            {
                status = reasons.Count == 0 ? "ready" : "not ready",
                reasons,
                inboxPending = backlog.InboxPending,
                inboxOldestSeconds = (int)backlog.InboxAge(now).TotalSeconds,
                inboxParked = backlog.InboxParked,
                outboxPending = backlog.OutboxPending,
                outboxOldestSeconds = (int)backlog.OutboxAge(now).TotalSeconds,
                outboxInDoubt = backlog.OutboxInDoubt,
            });
        }
        catch (Exception) when (!aborted.IsCancellationRequested)
        {
            string[] reasons = ["database"];
            return Answer(reasons, new { status = "not ready", reasons });
        }
    }

    private static IResult Answer(IReadOnlyCollection<string> reasons, object body) =>
        Results.Json(body, statusCode: reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
