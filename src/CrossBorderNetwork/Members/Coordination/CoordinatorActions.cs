using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Members;

/// <summary>Leaves the appointed coordinators, to be shown and chosen from.</summary>
internal sealed class ListCoordinators : IDialogAction
{
    public string Name => "members.list-coordinators";

    public IReadOnlyList<string> Outcomes => ["listed"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        await context.Turn.Work.SaveAsync(ct);
        var appointed = await (from coordinator in db.Coordinators
                               join member in db.Members on coordinator.PersonId equals member.Id
                               orderby coordinator.Side, member.Name
                               select new { member.Id, member.Name, coordinator.Side }).ToListAsync(ct);
        var lines = appointed.Select(person => $"{person.Name} ({context.Content.Label("sides", person.Side, context.Turn.Language)})").ToList();
        context.Answers.Set("coordinators", string.Join('\n', lines));
        context.Answers.Set("has-coordinators", lines.Count > 0 ? "yes" : "no");
        context.Answers.Offer("appointed", appointed.Zip(lines, (person, line) => new Option(person.Id.ToString(CultureInfo.InvariantCulture), line)));
        context.Answers.Remove("list");
        return "listed";
    }
}

/// <summary>Finds members by name, for coordinators only.</summary>
internal sealed class FindMember(Rights rights) : IDialogAction
{
    private const int Shown = 8;

    public string Name => "members.find-member";

    public IReadOnlyList<string> Outcomes => ["looked"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        if (await rights.CoordinatesAsync(db, context.Turn.PersonId, ct) is null) return "looked";
        var query = Folding.Fold(context.Answers.Text("query"));
        var names = await db.Members.Select(m => new { m.Id, m.Name, m.Municipality }).ToListAsync(ct);
        context.Answers.Offer("who-found", names
            .Select(person => (Person: person, Misfit: Folding.Misfit(query, Folding.Fold(person.Name))))
            .Where(found => found.Misfit is not null)
            .OrderBy(found => found.Misfit).ThenBy(found => found.Person.Name, StringComparer.Ordinal)
            .Take(Shown)
            .Select(found => new Option(
                found.Person.Id.ToString(CultureInfo.InvariantCulture),
                $"{found.Person.Name} ({context.Content.Label("municipalities", found.Person.Municipality, context.Turn.Language)})")));
        return "looked";
    }
}

/// <summary>Leaves the name of the member of the answer <c>who</c>, so that it can be read before appointing.</summary>
internal sealed class ShowChosen : IDialogAction
{
    public string Name => "members.show-chosen";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.Answers.Number("who") is not { } id || await context.Turn.Db.Members.FindAsync([id], ct) is not { } member) return "gone";
        context.Answers.Set("who-name", member.Name);
        return "found";
    }
}

/// <summary>Appoints the member of the answer <c>who</c> for the side of the answer <c>side</c>, and tells the member.</summary>
internal sealed class AppointCoordinator(Appoint appoint, Notify notify) : IDialogAction
{
    public string Name => "members.appoint";

    public IReadOnlyList<string> Outcomes => ["appointed", "already", "denied", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (turn, side) = (context.Turn, context.Answers.Text("side"));
        if (context.Answers.Number("who") is not { } memberId) return "gone";
        var result = await appoint.RunAsync(turn.Db, turn.PersonId, memberId, side, ct);
        if (result != AppointResult.Done) return result switch { AppointResult.Already => "already", AppointResult.Denied => "denied", _ => "gone" };
        var posting = new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(24) };
        await notify.MemberAsync(turn.Work, memberId, "coordinators", "appointed", _ => new JsonObject { ["side"] = side }, "", posting, ct);
        return "appointed";
    }
}

/// <summary>Withdraws the appointment of the answer <c>from</c>.</summary>
internal sealed class WithdrawCoordinator(Appoint appoint) : IDialogAction
{
    public string Name => "members.withdraw-coordinator";

    public IReadOnlyList<string> Outcomes => ["withdrawn", "already", "last", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.Answers.Number("from") is not { } memberId) return "already";
        return await appoint.WithdrawAsync(context.Turn.Db, context.Turn.PersonId, memberId, ct) switch
        {
            AppointResult.Done => "withdrawn",
            AppointResult.Last => "last",
            AppointResult.Denied => "denied",
            _ => "already",
        };
    }
}
