using System.Linq.Expressions;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrossBorderNetwork.Members;

/// <summary>Everything stored about a person as one JSON file (GDPR Art. 15 and 20): each table that <see cref="PersonalData"/> knows.</summary>
public sealed class PersonalFile(TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly MethodInfo RowsOfEntity = typeof(PersonalFile).GetMethod(nameof(RowsAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    public async Task<FileContent> MakeAsync(NetworkDb db, long personId, CancellationToken ct)
    {
        var tables = new JsonObject();
        var addresses = await db.Conversations.Where(c => c.PersonId == personId).Select(c => KeyValuePair.Create(c.Channel, c.Address)).ToListAsync(ct);
        var person = new Whom(personId, addresses.ToLookup(at => at.Key, at => at.Value));
        foreach (var ofTable in PersonalData.Columns(db.Model).Where(column => !column.IsConfidential).GroupBy(column => column.Entity))
        {
            var rows = (Task<JsonArray>)RowsOfEntity.MakeGenericMethod(ofTable.Key.ClrType).Invoke(null, [db, ofTable.ToList(), person, ct])!;
            tables[ofTable.Key.GetTableName()!] = await rows;
        }
        var organisation = await db.Members.Where(m => m.Id == personId).Join(db.Organisations, m => m.OrganisationId, o => o.Id, (_, o) => o).ToListAsync(ct);
        tables["organisation"] = JsonSerializer.SerializeToNode(organisation, Readable);
        tables["outbox"] = JsonSerializer.SerializeToNode(await MessagesAsync(db, personId, ct), Readable);
        var file = new JsonObject { ["person"] = personId, ["made"] = time.GetUtcNow().ToString("O"), ["stored"] = tables };
        return new FileContent("my-data.json", "application/json", JsonSerializer.SerializeToUtf8Bytes(file, Readable));
    }

    private static Task<List<OutboxEntry>> MessagesAsync(NetworkDb db, long personId, CancellationToken ct) => db.Conversations.Where(c => c.PersonId == personId)
        .Join(db.Outbox, c => c.Id, e => e.ConversationId, (_, e) => e).AsNoTracking().OrderBy(e => e.Id).ToListAsync(ct);

    private static async Task<JsonArray> RowsAsync<T>(NetworkDb db, IReadOnlyList<PersonColumn> columns, Whom person, CancellationToken ct)
        where T : class
    {
        var rows = new JsonArray();
        var row = Expression.Parameter(typeof(T));
        var concerns = columns.Select(column => Concerns(row, column, person)).Aggregate(Expression.OrElse);
        foreach (var found in await db.Set<T>().AsNoTracking().Where(Expression.Lambda<Func<T, bool>>(concerns, row)).ToListAsync(ct))
        {
            var fields = columns[0].Entity.GetMembers()
                // Files are left out: they are what was sent to the person, and this file itself is among them.
                .Where(member => member is IProperty or IComplexProperty && member.PropertyInfo is not null && member.ClrType != typeof(byte[]))
                .Where(member => PersonalData.OnlyFor(member) is not { } owner || Equals(owner.PropertyInfo!.GetValue(found), person.Id))
                .Select(member => KeyValuePair.Create(JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name), JsonSerializer.SerializeToNode(member.PropertyInfo!.GetValue(found), Readable)));
            rows.Add(new JsonObject(fields));
        }
        return rows;
    }

    private static Expression Concerns(ParameterExpression row, PersonColumn column, Whom person)
    {
        var value = Expression.Call(typeof(EF), nameof(EF.Property), [column.Person.ClrType], row, Expression.Constant(column.Person.Name));
        return column.Channel is { } channel
            ? Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Expression.Constant(person.Addresses[channel].ToList()), value)
            : Expression.Equal(Expression.Convert(value, typeof(long?)), Expression.Constant(person.Id, typeof(long?)));
    }

    /// <summary>The person that the file is about, with the addresses of all their conversations by channel.</summary>
    private sealed record Whom(long Id, ILookup<string, string> Addresses);
}
