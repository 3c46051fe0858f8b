using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Server;

/// <summary>
/// <c>/alive</c> says that the process answers; <c>/health</c> that it can work: it writes to the database, and tells how much waits.
/// </summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/alive", () => Results.Text("alive"));
        app.MapGet("/health", CheckAsync);
    }

    private static async Task<IResult> CheckAsync(Database database, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await using (var work = await database.BeginAsync(ct))
            {
                // A write that changes nothing shows that the file can be locked for writing and the disk takes pages.
                work.Execute("UPDATE inbox SET attempts = attempts WHERE id = -1");
                await work.CommitAsync(ct);
            }
            await using var db = database.Read();
            var open = db.Outbox.Where(entry => entry.State < OutboxState.Delivered);
            var oldest = await open.MinAsync(entry => (DateTimeOffset?)entry.DueAt, ct);
            return Results.Json(new
            {
                status = "ready",
                outboxPending = await open.CountAsync(ct),
                outboxOldestSeconds = oldest is { } due ? Math.Max(0, (int)(time.GetUtcNow() - due).TotalSeconds) : 0,
                outboxInDoubt = await db.Outbox.CountAsync(entry => entry.State == OutboxState.InDoubt, ct),
            });
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return Results.Json(new { status = "not ready", reason = fault.GetType().Name }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
