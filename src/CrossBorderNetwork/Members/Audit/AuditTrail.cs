using System.Security.Cryptography;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Members;

/// <summary>Adds lines to the audit log, and tells whether they still are as they were written.</summary>
public static class AuditTrail
{
    private const int NonceBytes = 16;

    /// <summary>Adds a line at once, in the transaction of the deed.</summary>
    internal static void Add(NetworkDb db, long personId, string act, string? subject, DateTimeOffset at)
    {
        // To the millisecond, as it is stored: the seal must hold for what is read back.
        at = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        var nonce = RandomNumberGenerator.GetHexString(NonceBytes * 2, lowercase: true);
        var actor = AuditEntry.ActorOf(nonce, personId);
        // Changing the row before reading it locks it until the transaction ends.
        db.Database.ExecuteSql($"UPDATE audit_head SET seal = seal WHERE id = {AuditHead.OnlyId}");
        var before = db.Set<AuditHead>().AsNoTracking().Single().Seal;
        var seal = AuditEntry.SealOf(before, at, act, subject, actor);
        db.Database.ExecuteSql(
            $"INSERT INTO audit (person_id, act, subject, at, nonce, actor, seal) VALUES ({personId}, {act}, {subject}, {at.ToUnixTimeMilliseconds()}, {nonce}, {actor}, {seal})");
        db.Database.ExecuteSql($"UPDATE audit_head SET seal = {seal} WHERE id = {AuditHead.OnlyId}");
    }

    /// <returns>The id of the first line that is not as it was written, or that follows a gap; null where all are. 0: the end is cut off.</returns>
    public static async Task<long?> BrokenAtAsync(NetworkDb db, CancellationToken ct)
    {
        var before = "";
        await foreach (var entry in db.Audit.AsNoTracking().Where(entry => entry.Seal != "").OrderBy(entry => entry.Id).AsAsyncEnumerable().WithCancellation(ct))
        {
            var isOwn = entry.Nonce.Length == 0 ? entry.PersonId == 0 : entry.Actor == AuditEntry.ActorOf(entry.Nonce, entry.PersonId);
            if (!isOwn || entry.Seal != AuditEntry.SealOf(before, entry.At, entry.Act, entry.Subject, entry.Actor)) return entry.Id;
            before = entry.Seal;
        }
        return await db.Set<AuditHead>().Select(head => head.Seal).SingleAsync(ct) == before ? null : 0;
    }
}
