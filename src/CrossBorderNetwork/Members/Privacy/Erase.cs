using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrossBorderNetwork.Members;

/// <summary>What a slice does before a person's rows go, such as telling others that something ended. Registered by the slice.</summary>
public sealed record BeforeErasure(Func<UnitOfWork, long, CancellationToken, Task> RunAsync);

/// <summary>Erases a person from every table that <see cref="PersonalData"/> knows.</summary>
public sealed class Erase(IEnumerable<BeforeErasure> before, ErasureLedger ledger)
{
    private const string Conversations = "SELECT id FROM conversation WHERE person_id = @1 AND id <> @1";

    /// <summary>Erases for good: after a restore the person is erased again.</summary>
    public async Task RunAsync(UnitOfWork work, long personId, CancellationToken ct)
    {
        var ids = new List<long> { personId };
        using (var rows = work.Query(Conversations, personId))
        {
            while (rows.Read()) ids.Add(rows.GetInt64(0));
        }
        ledger.Remember(work, ids);
        await RowsAsync(work, personId, ct);
    }

    /// <summary>Erases the rows only, where the human stays: as another person of the network, or because a ledger says so already.</summary>
    internal async Task RowsAsync(UnitOfWork work, long personId, CancellationToken ct)
    {
        foreach (var step in before) await step.RunAsync(work, personId, ct);
        // What the turn has changed so far goes first: a tracked row must not be written after it is gone.
        // The member counts as changed, so that whoever keeps a copy in memory lets go of it after the commit.
        if (await work.Db.Members.FindAsync([personId], ct) is { } member) work.Db.Entry(member).State = EntityState.Modified;
        await work.SaveAsync(ct);
        foreach (var column in PersonalData.Columns(work.Db.Model))
        {
            if (Statement(column) is { } sql) work.Execute(sql, personId);
        }
        work.Db.ChangeTracker.Clear();
    }

    private static string? Statement(PersonColumn column)
    {
        var table = Quote(column.Entity.GetTableName()!);
        var person = Quote(column.Person.GetColumnName());
        return column.Erasure switch
        {
            Erasure.Delete => $"DELETE FROM {table} WHERE {person} = @1",
            Erasure.Anonymise => $"UPDATE {table} SET {string.Join(", ", column.Emptied.Append(column.Person).Select(Emptied))} WHERE {person} = @1",
            _ => null,
        };
    }

    private static string Emptied(IProperty property) =>
        Quote(property.GetColumnName()) + " = " + (property.IsNullable ? "NULL" : property.ClrType == typeof(string) ? "''" : "0");

    private static string Quote(string name) => '"' + name + '"';
}
