using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Members;

/// <summary>One line of the audit log for people to read.</summary>
internal sealed record AuditLine(long Id, DateTimeOffset At, string? Name, bool IsForgotten, string Act, string? Subject, string Seal)
{
    private const string Denied = "denied:";

    public bool WasDenied => Act.StartsWith(Denied, StringComparison.Ordinal);

    /// <summary>Key in the list of acts.</summary>
    public string Deed => WasDenied ? Act[Denied.Length..] : Act;

    /// <summary>The id alone: what it is the id of, the act says.</summary>
    public string Number => Subject?.Split(':')[^1] ?? "none";

    public static IQueryable<AuditLine> Of(IQueryable<AuditEntry> entries, NetworkDb db) =>
        from entry in entries
        join member in db.Members on entry.PersonId equals member.Id into members
        from member in members.DefaultIfEmpty()
        select new AuditLine(entry.Id, entry.At, member == null ? null : member.Name, entry.PersonId == 0, entry.Act, entry.Subject, entry.Seal);
}

/// <summary>Leaves what coordinators did last, the newest first.</summary>
internal sealed class ShowAudit : IDialogAction
{
    private const int Most = 20;

    public string Name => "members.audit";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, language) = (context.Turn.Db, context.Turn.Language);
        var newest = await AuditLine.Of(db.Audit.OrderByDescending(entry => entry.Id).Take(Most), db).ToListAsync(ct);
        context.Answers.Set("lines", string.Join('\n', newest.OrderByDescending(line => line.Id).Select(line => context.Content.Text("audit", "line", language, new JsonObject
        {
            ["at"] = line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["zone"] = context.Answers.Text("zone"),
            ["name"] = line.Name ?? (line.IsForgotten ? "forgotten" : "stranger"),
            ["denied"] = line.WasDenied ? "yes" : "no",
            ["act"] = line.Deed,
            ["subject"] = line.Number,
        }).ToString())));
        return newest.Count > 0 ? "some" : "none";
    }
}

/// <summary>Sends the whole log as a table, and notes that it was taken out.</summary>
internal sealed class SendAudit(Rights rights) : IDialogAction
{
    public string Name => "members.audit-file";

    public IReadOnlyList<string> Outcomes => ["sent", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, language) = (context.Turn.Db, context.Turn.Language);
        if (await rights.CoordinatesAsync(db, context.Turn.PersonId, ct) is null)
        {
            rights.Note(db, context.Turn.PersonId, "denied:audit.file", null);
            return "denied";
        }
        var lines = await AuditLine.Of(db.Audit, db).ToListAsync(ct);
        var brokenAt = await AuditTrail.BrokenAtAsync(db, ct);
        var file = Spreadsheet.Make("audit-log.csv", ["id", "utc", "name", "act", "deed", "subject", "seal"], lines.OrderBy(line => line.Id).Select(line => (IReadOnlyList<string>)
        [
            line.Id.ToString(CultureInfo.InvariantCulture), line.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), line.Name ?? "",
            line.Act, context.Content.Label("acts", line.Deed, language), line.Subject ?? "", line.Seal,
        ]));
        rights.Note(db, context.Turn.PersonId, "audit.file", null);
        context.Say("audit", "file", new JsonObject { ["sound"] = brokenAt is null ? "yes" : "no", ["broken-at"] = brokenAt ?? 0, ["count"] = lines.Count }, file);
        return "sent";
    }
}
