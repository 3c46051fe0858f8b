using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>A page of the pairs, the weakest first, for those want looking at; <c>with: turn: next</c> goes on, behind the last begins anew.</summary>
internal sealed class PagePairs : IDialogAction
{
    private const int PageSize = 8;

    public string Name => "rounds.pairs";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers) = (context.Turn.Db, context.Answers);
        answers.Remove("pair");
        if (await RoundDesk.MatchedAsync(db, ct) is not { } round) return "none";
        var all = db.RoundPairs.AsNoTracking().Where(pair => pair.RoundId == round.Id).OrderBy(pair => pair.Score).ThenBy(pair => pair.Id);
        var from = Paging.Turn(answers, "pairs-from", await all.CountAsync(ct), PageSize, context.With("turn"));
        var page = await all.Skip(from).Take(PageSize).ToListAsync(ct);
        var people = await RoundDesk.MembersAsync(db, page.SelectMany(pair => new[] { pair.LithuanianId, pair.PolishId }), ct);
        answers.Offer("pair-list", page.Where(pair => people.ContainsKey(pair.LithuanianId) && people.ContainsKey(pair.PolishId)).Select(pair => new Option(
            RoundDesk.Id(pair.Id), $"{RoundDesk.Number(pair.Score, context.Turn.Language)} {people[pair.LithuanianId].Name} – {people[pair.PolishId].Name}")).Concat(Paging.Next(context)));
        return page.Count > 0 ? "some" : "none";
    }
}

/// <summary>A page of those left out, with the reasons.</summary>
internal sealed class PageLeftOut : IDialogAction
{
    private const int PageSize = 8;

    public string Name => "rounds.left-out";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers, language) = (context.Turn.Db, context.Answers, context.Turn.Language);
        answers.Remove("whom");
        if (await RoundDesk.MatchedAsync(db, ct) is not { } round) return "none";
        // Who has waited longest stands first.
        var all = db.RoundSeats.AsNoTracking().Where(seat => seat.RoundId == round.Id && seat.LeftOut != null)
            .OrderByDescending(seat => seat.RoundsWaited).ThenBy(seat => seat.MemberId);
        var from = Paging.Turn(answers, "left-from", await all.CountAsync(ct), PageSize, context.With("turn"));
        var page = await all.Skip(from).Take(PageSize).ToListAsync(ct);
        var people = await RoundDesk.MembersAsync(db, page.Select(seat => seat.MemberId), ct);
        var known = page.Where(seat => people.ContainsKey(seat.MemberId)).ToList();
        answers.Offer("left-list", known.Select(seat => new Option(RoundDesk.Id(seat.MemberId), people[seat.MemberId].Name)).Concat(Paging.Next(context)));
        answers.Set("left-lines", string.Join('\n', known.Select(seat => context.Content.Text(RoundNotices.Dialog, "left-line", language, new JsonObject
        {
            ["name"] = people[seat.MemberId].Name,
            ["municipality"] = people[seat.MemberId].Municipality,
            ["why"] = seat.LeftOut.ToString(),
            ["waited"] = seat.RoundsWaited,
        }).ToString())));
        return known.Count > 0 ? "some" : "none";
    }
}

/// <summary>Leaves one pair with its reasons from both sides: that of the answer <c>pair</c>.</summary>
internal sealed class ShowPair(PartnerPool pool, ReasonTexts reasons) : IDialogAction
{
    public string Name => "rounds.pair";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers, language) = (context.Turn.Db, context.Answers, context.Turn.Language);
        foreach (var name in new[] { "pair-card", "candidate", "confirm" }) answers.Remove(name);
        if (answers.Number("pair") is not { } id || await db.RoundPairs.FindAsync([id], ct) is not { } pair) return "gone";
        var people = await RoundDesk.MembersAsync(db, [pair.LithuanianId, pair.PolishId], ct);
        if (people.Count < 2 || await pool.AssessAsync(pair.LithuanianId, pair.PolishId, ct) is not { } fit) return "gone";
        answers.Set("score", RoundDesk.Number(pair.Score, language));
        answers.Set("by-hand", pair.IsByHand);
        answers.Set("via-bridge", fit.Conversation is { ViaBridge: true });
        Put("lt", people[pair.LithuanianId]);
        Put("pl", people[pair.PolishId]);
        return "found";

        void Put(string side, Member member)
        {
            answers.Set(side + "-name", member.Name);
            answers.Set(side + "-role", member.Role);
            answers.Set(side + "-municipality", member.Municipality);
            answers.Set(side + "-reasons", fit.Feasible ? reasons.For(fit.ReasonsFor(member.Id), language) : "");
        }
    }
}

/// <summary>Finds somebody who takes part, by name.</summary>
internal sealed class FindInRound : IDialogAction
{
    private const int Shown = 8;

    public string Name => "rounds.find";

    public IReadOnlyList<string> Outcomes => ["looked"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        if (await RoundDesk.MatchedAsync(db, ct) is not { } round) return "looked";
        var query = Folding.Fold(context.Answers.Text("query"));
        var names = await db.RoundSeats.Where(seat => seat.RoundId == round.Id)
            .Join(db.Members, seat => seat.MemberId, member => member.Id, (_, member) => new { member.Id, member.Name, member.Municipality }).ToListAsync(ct);
        context.Answers.Offer("somebody-found", names
            .Select(person => (Person: person, Misfit: Folding.Misfit(query, Folding.Fold(person.Name))))
            .Where(found => found.Misfit is not null)
            .OrderBy(found => found.Misfit).ThenBy(found => found.Person.Name, StringComparer.Ordinal)
            .Take(Shown)
            .Select(found => new Option(RoundDesk.Id(found.Person.Id), $"{found.Person.Name} ({context.Content.Label("municipalities", found.Person.Municipality, context.Turn.Language)})")));
        return "looked";
    }
}

/// <summary>Leaves the first pair of the member whom the answer <c>somebody</c> names, or the member as one left out.</summary>
internal sealed class ShowPlace : IDialogAction
{
    public string Name => "rounds.place";

    public IReadOnlyList<string> Outcomes => ["paired", "left-out", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers) = (context.Turn.Db, context.Answers);
        if (answers.Number("somebody") is not { } id || await RoundDesk.MatchedAsync(db, ct) is not { } round) return "gone";
        if (await db.RoundPairs.Where(pair => pair.RoundId == round.Id && (pair.LithuanianId == id || pair.PolishId == id)).OrderBy(pair => pair.Id).FirstOrDefaultAsync(ct) is { } pair)
        {
            answers.Set("pair", RoundDesk.Id(pair.Id));
            return "paired";
        }
        answers.Set("whom", RoundDesk.Id(id));
        return "left-out";
    }
}

/// <summary>Where a list goes on.</summary>
internal static class Paging
{
    public static int Turn(Answers answers, string name, int count, int size, string turn)
    {
        var from = turn == "next" ? (int)(answers.Number(name) ?? 0) + size : 0;
        if (from >= count) from = 0;
        answers.Set(name, from);
        answers.Set("page", (from / size) + 1);
        answers.Set("pages", Math.Max(1, (count + size - 1) / size));
        return from;
    }

    /// <summary>The button that turns the page, where there is another one.</summary>
    public static IEnumerable<Option> Next(ActionContext context) =>
        context.Answers.Number("pages") > 1 ? [new Option("next", context.Content.Text(RoundNotices.Dialog, "next-page", context.Turn.Language, []).ToString())] : [];
}
