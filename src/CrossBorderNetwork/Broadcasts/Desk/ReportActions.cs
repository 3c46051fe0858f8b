using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

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
        var failures = await Outbox.FailuresAsync(db, broadcast.Source, 0, Most, ct);
        if (failures.Count == 0) return "none";
        var conversations = failures.Select(failure => failure.ConversationId).ToList();
        var names = await db.Conversations.Where(c => conversations.Contains(c.Id))
            .Join(db.Members, c => c.PersonId, m => m.Id, (c, m) => new { c.Id, m.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var lines = failures.Select(failure => context.Content.Text("desk", "failure", language, new JsonObject
        {
            ["name"] = names.GetValueOrDefault(failure.ConversationId, DeskNotes.None),
            ["reason"] = Reason(failure.State),
        }).ToString());
        var tally = await Tally.OfAsync(db, broadcast, ct);
        context.Answers.Set("lines", string.Join('\n', lines));
        context.Answers.Set("more", Math.Max(0, tally.Failed + tally.Unreachable - failures.Count));
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
        var names = await db.BroadcastReads.Where(r => r.BroadcastId == broadcast.Id).OrderBy(r => r.Id).Take(Most)
            .Join(db.Members, r => r.MemberId, m => m.Id, (_, m) => m.Name).ToListAsync(ct);
        context.Answers.Set("count", count);
        context.Answers.Set("delivered", (await Tally.OfAsync(db, broadcast, ct)).Delivered);
        context.Answers.Set("people", string.Join('\n', names));
        context.Answers.Set("more", count - names.Count);
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
