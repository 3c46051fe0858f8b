using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>Whom and which organisations a member has set aside for good, as options; only the member ever sees them.</summary>
internal static class SetAsideOptions
{
    private const string Organisation = "o";
    private const string Person = "p";

    public static async Task<List<Option>> OfAsync(ActionContext context, CancellationToken ct)
    {
        var (db, me) = (context.Turn.Db, context.Turn.PersonId);
        await context.Turn.Work.SaveAsync(ct);
        var people = await db.SetAsides.Where(aside => aside.MemberId == me && aside.Until == null)
            .Join(db.Members, aside => aside.OtherId, member => member.Id, (_, member) => new { member.Id, member.Name }).ToListAsync(ct);
        var organisations = await db.OrganisationsSetAside.Where(aside => aside.MemberId == me)
            .Join(db.Organisations, aside => aside.OrganisationId, organisation => organisation.Id, (_, organisation) => new { organisation.Id, organisation.Name }).ToListAsync(ct);
        return
        [
            .. people.OrderBy(person => person.Name, StringComparer.Ordinal).Select(person => new Option(Key(Person, person.Id), person.Name)),
            .. organisations.OrderBy(organisation => organisation.Name, StringComparer.Ordinal).Select(organisation => new Option(Key(Organisation, organisation.Id), organisation.Name)),
        ];
    }

    /// <summary>Takes back one of them.</summary>
    public static async Task LiftAsync(NetworkDb db, long memberId, string key, CancellationToken ct)
    {
        if (!long.TryParse(key.AsSpan(1), CultureInfo.InvariantCulture, out var id)) return;
        if (key.StartsWith(Person, StringComparison.Ordinal) && await db.SetAsides.FindAsync([memberId, id], ct) is { } person) db.SetAsides.Remove(person);
        if (key.StartsWith(Organisation, StringComparison.Ordinal) && await db.OrganisationsSetAside.FindAsync([memberId, id], ct) is { } organisation)
            db.OrganisationsSetAside.Remove(organisation);
    }

    private static string Key(string kind, long id) => kind + id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Lists them.</summary>
internal sealed class ListSetAside : IDialogAction
{
    public string Name => "rounds.list-set-aside";

    public IReadOnlyList<string> Outcomes => ["listed"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var options = await SetAsideOptions.OfAsync(context, ct);
        context.Answers.Remove("chosen");
        context.Answers.Offer("set-aside", options);
        context.Answers.Set("aside", options.Count);
        return "listed";
    }
}

/// <summary>Leaves the name of the one that the answer <c>chosen</c> names, to be asked about.</summary>
internal sealed class ShowSetAside : IDialogAction
{
    public string Name => "rounds.show-set-aside";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if ((await SetAsideOptions.OfAsync(context, ct)).Find(option => option.Key == context.Answers.Text("chosen")) is not { } option) return "gone";
        context.Answers.Set("chosen-name", option.Label);
        return "found";
    }
}

/// <summary>Takes back the one that the answer <c>chosen</c> names.</summary>
internal sealed class LiftSetAside : IDialogAction
{
    public string Name => "rounds.lift-set-aside";

    public IReadOnlyList<string> Outcomes => ["lifted"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        await SetAsideOptions.LiftAsync(context.Turn.Db, context.Turn.PersonId, context.Answers.Text("chosen"), ct);
        return "lifted";
    }
}

/// <summary>
/// Finds people of the other side by name, so that they can be set aside: only those who agreed to be found, who are shown to the
/// member anyway.
/// </summary>
internal sealed class FindPersonAcross : IDialogAction
{
    private const int Shown = 6;

    public string Name => "rounds.find-person";

    public IReadOnlyList<string> Outcomes => ["looked"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, side) = (context.Turn.Db, context.Answers.Text("my-side"));
        var query = Folding.Fold(context.Answers.Text("query"));
        var names = await db.Members.Where(member => member.Side != side && member.MayBeFound).Select(member => new { member.Id, member.Name, member.Municipality }).ToListAsync(ct);
        context.Answers.Offer("person-found", names
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

/// <summary>Finds organisations of the other side by name.</summary>
internal sealed class FindOrganisationAcross : IDialogAction
{
    private const int Shown = 6;

    public string Name => "rounds.find-organisation";

    public IReadOnlyList<string> Outcomes => ["looked"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var side = context.Answers.Text("my-side") == "PL" ? "LT" : "PL";
        var found = await OrganisationRegister.FindAsync(context.Turn.Db, context.Answers.Text("query"), side, "", Shown, ct);
        context.Answers.Offer("organisation-found", found.Select(organisation => new Option(
            organisation.Id.ToString(CultureInfo.InvariantCulture),
            $"{organisation.Name} ({context.Content.Label("municipalities", organisation.Municipality, context.Turn.Language)})")));
        return "looked";
    }
}

/// <summary>Sets aside for good: the person of the answer <c>person</c>, or with <c>with: { what: organisation }</c> the organisation.</summary>
internal sealed class AddSetAside : IDialogAction
{
    public string Name => "rounds.set-aside";

    public IReadOnlyList<string> Outcomes => ["done", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, me) = (context.Turn.Db, context.Turn.PersonId);
        var isOrganisation = context.With("what") == "organisation";
        if (context.Answers.Number(isOrganisation ? "organisation" : "person") is not { } id) return "gone";
        if (isOrganisation)
        {
            if (await db.Organisations.FindAsync([id], ct) is null) return "gone";
            if (await db.OrganisationsSetAside.FindAsync([me, id], ct) is null) db.OrganisationsSetAside.Add(new OrganisationSetAside { MemberId = me, OrganisationId = id });
            return "done";
        }
        if (id == me || await db.Members.FindAsync([id], ct) is null) return "gone";
        await db.SetAsideAsync(me, id, until: null, ct);
        return "done";
    }
}
