using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>
/// Erases again, from a database that went back in time, everybody who was erased since: with their conversations, and without a
/// word to them. Runs before the server serves, so that it does not matter how the older file came there.
/// </summary>
public sealed class ReapplyErasures(Database database, ErasureLedger ledger, Erase erase, IEnumerable<ChannelAdapter> adapters)
{
    /// <returns>How many erasures were missing.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        IReadOnlyList<ErasureEntry> missing;
        await using (var work = await database.BeginAsync(ct))
        {
            ErasureLedger.Identify(work);
            missing = ledger.Missing(work);
            await work.CommitAsync(ct);
        }
        foreach (var entry in missing) await ReapplyAsync(entry, ct);
        if (missing.Count > 0) await database.PurgeDeletedAsync(ct);
        return missing.Count;
    }

    private async Task ReapplyAsync(ErasureEntry entry, CancellationToken ct)
    {
        var conversations = new List<(long Id, string Channel, string Address)>();
        await using (var work = await database.BeginAsync(ct))
        {
            var people = entry.Ids.ToHashSet();
            foreach (var id in entry.Ids)
            {
                if (work.Scalar("SELECT person_id FROM conversation WHERE id = @1", id) is long person) people.Add(person);
            }
            foreach (var person in people)
            {
                using var rows = work.Query("SELECT id, channel, address FROM conversation WHERE person_id = @1 OR id = @1", person);
                while (rows.Read()) conversations.Add((rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
            }
            foreach (var person in people) await erase.RowsAsync(work, person, ct);
            foreach (var (id, _, _) in conversations)
            {
                work.Execute("DELETE FROM outbox WHERE conversation_id = @1", id);
                work.Execute("DELETE FROM conversation WHERE id = @1", id);
            }
            // An update that nobody has handled yet may carry the person's words; whose it is stands only inside it.
            work.Execute("UPDATE inbox SET state = 2, payload = NULL, reason = 'restored' WHERE state = 0");
            ErasureLedger.Reached(work, entry.Number);
            await work.CommitAsync(ct);
        }
        foreach (var (_, channel, address) in conversations)
        {
            foreach (var adapter in adapters.Where(adapter => adapter.Channel == channel)) await adapter.ForgetAsync(address, ct);
        }
    }
}
