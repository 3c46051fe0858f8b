using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Messaging;

/// <summary>What became of the messages and updates that a backup caught half-way.</summary>
public sealed record Settled(int Updates, int InDoubt, int Expired);

/// <summary>
/// Brings a restored database to the present. What was to be sent when the backup was taken has most likely been sent since:
/// it is reported as in doubt and not sent again. What was due later is sent as long as its window allows.
/// </summary>
public sealed class SettleRestored(Database database, TimeProvider time)
{
    private const string ParkUpdates = "UPDATE inbox SET state = 2, payload = NULL, reason = 'restored' WHERE state = 0";
    private const string Doubt = "UPDATE outbox SET state = 6, payload = NULL, ended_at = @1, reason = 'restored' WHERE state = 1 OR (state = 0 AND due_at <= @2 AND not_after > @2)";
    private const string Expire = "UPDATE outbox SET state = 4, payload = NULL, ended_at = @1 WHERE state = 0 AND not_after < @1";

    public async Task<Settled> RunAsync(DateTimeOffset takenAt, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var settled = new Settled(work.Execute(ParkUpdates), work.Execute(Doubt, now, takenAt.ToUnixTimeMilliseconds()), work.Execute(Expire, now));
        await work.CommitAsync(ct);
        return settled;
    }
}
