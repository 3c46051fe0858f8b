using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>Says who did not get an announcement and why, or who has read it: some lines in the chat, the whole list as a file.</summary>
internal static class PeopleOfReport
{
    public static void Leave(ActionContext context, IReadOnlyList<string> lines, int most, string fileName, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        context.Answers.Set("more", Math.Max(0, lines.Count - most));
        context.Answers.Set("lines", string.Join('\n', lines.Take(most)));
        if (lines.Count > most) context.Say("desk", "whole-list", new JsonObject { ["count"] = lines.Count }, Spreadsheet.Make(fileName, header, rows));
    }
}

/// <summary>Lists who did not get an announcement and why: the name and the kind of reason, nothing else of the person.</summary>
internal sealed class ListFailures(Rights rights) : IDialogAction
{
    private const int Most = 40;

    public string Name => "broadcasts.failures";

    public IReadOnlyList<string> Outcomes => ["listed", "none", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        var (db, language) = (context.Turn.Db, context.Turn.Language);
        var failures = await Outbox.FailuresAsync(db, broadcast.Source, 0, int.MaxValue, ct);
        if (failures.Count == 0) return "none";
        var names = await db.Outbox.Where(e => e.Source == broadcast.Source && e.State != OutboxState.Delivered).Join(db.Conversations, e => e.ConversationId, c => c.Id, (_, c) => c)
            .Join(db.Members, c => c.PersonId, m => m.Id, (c, m) => new { c.Id, m.Name }).Distinct().ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var people = failures.Select(failure => (Name: names.GetValueOrDefault(failure.ConversationId, DeskNotes.None), Reason: Reason(failure.State))).ToList();
        var lines = people.ConvertAll(person => context.Content.Text("desk", "failure", language, new JsonObject { ["name"] = person.Name, ["reason"] = person.Reason }).ToString());
        PeopleOfReport.Leave(context, lines, Most, "not-delivered.csv", ["name", "reason"], people.Select(person => (IReadOnlyList<string>)[person.Name, person.Reason]));
        rights.Note(db, context.Turn.PersonId, "announce.failures", broadcast.Source);
        return "listed";
    }

    private static string Reason(OutboxState state) => state switch
    {
        OutboxState.Unreachable => "unreachable",
        OutboxState.Expired => "late",
        OutboxState.InDoubt => "doubt",
        _ => "refused",
    };
}

/// <summary>Lists who pressed “I have read this”, the first ones first.</summary>
internal sealed class ListReaders(Rights rights) : IDialogAction
{
    private const int Most = 100;

    public string Name => "broadcasts.readers";

    public IReadOnlyList<string> Outcomes => ["listed", "none", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AtDesk.FindAsync(context, ct) is not { } broadcast) return "gone";
        var db = context.Turn.Db;
        var count = await db.BroadcastReads.CountAsync(r => r.BroadcastId == broadcast.Id, ct);
        if (count == 0) return "none";
        var readers = await db.BroadcastReads.Where(r => r.BroadcastId == broadcast.Id).Join(db.Members, r => r.MemberId, m => m.Id, (r, m) => new { r.Id, r.At, m.Name }).OrderBy(r => r.Id).ToListAsync(ct);
        context.Answers.Set("count", count);
        context.Answers.Set("delivered", (await Tally.OfAsync(db, broadcast, ct)).Delivered);
        PeopleOfReport.Leave(context, readers.ConvertAll(reader => reader.Name), Most, "have-read.csv", ["name", "utc"],
            readers.Select(reader => (IReadOnlyList<string>)[reader.Name, reader.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)]));
        rights.Note(db, context.Turn.PersonId, "announce.readers", broadcast.Source);
        return "listed";
    }
}

/// <summary>A reader says “I have read this”; once counts.</summary>
internal sealed class AcknowledgeBroadcast(TimeProvider time) : IDialogAction
{
    public string Name => "broadcasts.acknowledge";

    public IReadOnlyList<string> Outcomes => ["noted", "again", "preview", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, person) = (context.Turn.Db, context.Turn.PersonId);
        if (await AtDesk.FindAsync(context, ct) is not { AsksWhetherRead: true } broadcast) return "gone";
        if (broadcast.StartedAt is null) return "preview";
        if (await db.BroadcastReads.AnyAsync(r => r.BroadcastId == broadcast.Id && r.MemberId == person, ct)) return "again";
        db.BroadcastReads.Add(new BroadcastRead { BroadcastId = broadcast.Id, MemberId = person, At = time.GetUtcNow() });
        return "noted";
    }
}
