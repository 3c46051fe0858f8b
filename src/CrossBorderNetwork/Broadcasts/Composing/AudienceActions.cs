using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>The readers of a draft in words: what narrows them, how many they are, and in which languages they read.</summary>
internal static class ReadersInWords
{
    private static readonly Dictionary<string, string> Lists = new()
    {
        [Facets.Side] = "sides", [Facets.Municipality] = "municipalities", [Facets.Role] = "roles", [Facets.Topic] = "topics", [Facets.Language] = "languages",
    };

    /// <summary>Leaves <c>total</c>, <c>count-lt</c> … and <c>filters</c>, one line a facet.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> WriteAsync(ActionContext context, Audience audience, Broadcast draft, CancellationToken ct)
    {
        await context.Turn.Work.SaveAsync(ct);
        var counts = audience.Count(context.Turn.Work, draft.Id);
        foreach (var (language, count) in counts) context.Answers.Set("count-" + language, count);
        context.Answers.Set("total", counts.Values.Sum());
        context.Answers.Set("filters", await FiltersAsync(context, draft, ct));
        context.Answers.Set("kind", draft.Kind);
        // What was pressed last is no choice that still holds.
        foreach (var menu in new[] { "facet", "confirm", "change" }) context.Answers.Remove(menu);
        return counts;
    }

    private static async Task<string> FiltersAsync(ActionContext context, Broadcast draft, CancellationToken ct)
    {
        var (db, language) = (context.Turn.Db, context.Turn.Language);
        var filters = (await db.BroadcastFilters.AsNoTracking().Where(f => f.BroadcastId == draft.Id).ToListAsync(ct)).ToLookup(f => f.Facet, f => f.Value);
        var lines = new List<string>();
        foreach (var facet in Facets.All.Where(filters.Contains))
        {
            var items = new List<string>();
            foreach (var value in filters[facet]) items.Add(Lists.TryGetValue(facet, out var list) ? context.Content.Label(list, value, language) : await NameAsync(db, facet, value, language, ct));
            lines.Add(context.Content.Text("announce", "filters." + facet, language, new JsonObject { ["items"] = string.Join(", ", items) }).ToString());
        }
        return lines.Count == 0 ? context.Content.Text("announce", "filters.none", language, []).ToString() : string.Join('\n', lines);
    }

    private static async Task<string> NameAsync(NetworkDb db, string facet, string value, string language, CancellationToken ct)
    {
        var id = long.Parse(value, CultureInfo.InvariantCulture);
        if (facet == Facets.Organisation) return (await db.Organisations.FindAsync([id], ct))?.Name ?? value;
        return (await db.Events.FindAsync([id], ct))?.Title.For(language).Text ?? value;
    }
}

/// <summary>Counts the readers of the draft as they are narrowed so far.</summary>
internal sealed class CountReaders(Audience audience) : IDialogAction
{
    public string Name => "broadcasts.count";

    public IReadOnlyList<string> Outcomes => ["counted", "no-text"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { } draft) return "no-text";
        await ReadersInWords.WriteAsync(context, audience, draft, ct);
        return "counted";
    }
}

/// <summary>Narrows the readers by the facet of the answer <c>facet</c>, as the question of that facet was answered.</summary>
internal sealed class NarrowReaders : IDialogAction
{
    public string Name => "broadcasts.narrow";

    public IReadOnlyList<string> Outcomes => ["narrowed", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await Drafts.FindAsync(context, ct) is not { } draft) return "gone";
        var (answers, facet) = (context.Answers, context.Answers.Text("facet"));
        var filters = context.Turn.Db.BroadcastFilters;
        var known = await filters.Where(f => f.BroadcastId == draft.Id).ToListAsync(ct);
        // Lists are answered as a whole; places, organisations and events are added one by one.
        var addsUp = facet is Facets.Municipality or Facets.Organisation or Facets.Event;
        var wanted = facet switch
        {
            "all" => [],
            Facets.Side => answers.Text(facet) is "LT" or "PL" ? [answers.Text(facet)] : [],
            _ when addsUp => answers.Has(facet) ? [answers.Text(facet)] : [],
            _ => answers.Many(facet),
        };
        filters.RemoveRange(known.Where(f => facet == "all" || (f.Facet == facet && !addsUp && !wanted.Contains(f.Value))));
        filters.AddRange(wanted.Except(known.Where(f => f.Facet == facet).Select(f => f.Value)).Select(value => new BroadcastFilter { BroadcastId = draft.Id, Facet = facet, Value = value }));
        if (facet == "all")
        {
            foreach (var each in Facets.All) answers.Remove(each);
        }
        return "narrowed";
    }
}

/// <summary>Finds organisations of both sides by what was typed.</summary>
internal sealed class FindReadersOrganisation : IDialogAction
{
    private const int ShownOfEachSide = 4;

    public string Name => "broadcasts.find-organisation";

    public IReadOnlyList<string> Outcomes => ["looked"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var found = new List<Organisation>();
        foreach (var side in context.Content.Lists["sides"].Items)
            found.AddRange(await OrganisationRegister.FindAsync(context.Turn.Db, context.Answers.Text("query"), side.Key, "", ShownOfEachSide, ct));
        context.Answers.Offer("organisation-found", found.Select(organisation => new Option(
            organisation.Id.ToString(CultureInfo.InvariantCulture), $"{organisation.Name} ({context.Content.Label("municipalities", organisation.Municipality, context.Turn.Language)})")));
        return "looked";
    }
}

/// <summary>Offers events whose participants could be written to: those to come, and those of the last half year.</summary>
internal sealed class ListReadersEvents : IDialogAction
{
    private const int Most = 30;

    private static readonly TimeSpan Back = TimeSpan.FromDays(183);

    public string Name => "broadcasts.events";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var since = context.Turn.Now - Back;
        var events = await context.Turn.Db.Events.AsNoTracking().Where(e => e.StartsAt > since).OrderByDescending(e => e.StartsAt).Take(Most).ToListAsync(ct);
        var zone = context.Answers.Text("zone");
        context.Answers.Offer("events", events.Select(e => new Option(e.Id.ToString(CultureInfo.InvariantCulture), EventCard.Label(e, context.Turn.Language, zone))));
        return events.Count > 0 ? "some" : "none";
    }
}
