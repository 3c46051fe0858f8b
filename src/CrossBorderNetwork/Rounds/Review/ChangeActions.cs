using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Offers other partners with what each costs: for one of a pair (<c>with: for: lt</c> or <c>pl</c>), or for the member left out
/// whom the answer <c>whom</c> names (<c>with: for: left-out</c>).
/// </summary>
internal sealed class OfferPartners(AmendRound amend) : IDialogAction
{
    public string Name => "rounds.partners";

    public IReadOnlyList<string> Outcomes => ["some", "none", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers, language) = (context.Turn.Db, context.Answers, context.Turn.Language);
        answers.Remove("candidate");
        if (await RoundDesk.MatchedAsync(db, ct) is not { } round) return "gone";
        long? pairId = null;
        if (context.With("for") != "left-out")
        {
            if (answers.Number("pair") is not { } id || await db.RoundPairs.FindAsync([id], ct) is not { } pair) return "gone";
            pairId = pair.Id;
            answers.Set("whom", RoundDesk.Id(context.With("for") == "lt" ? pair.LithuanianId : pair.PolishId));
            answers.Set("from-pair", RoundDesk.Id(pair.Id));
        }
        else
        {
            answers.Remove("from-pair");
        }
        if (answers.Number("whom") is not { } memberId || await db.Members.FindAsync([memberId], ct) is not { } member) return "gone";
        answers.Set("whom-name", member.Name);
        var changes = await amend.ChangesAsync(db, round.Id, memberId, pairId, ct);
        var people = await RoundDesk.MembersAsync(db, changes.Select(change => change.CandidateId!.Value), ct);
        answers.Offer("partner-list", changes.Where(change => people.ContainsKey(change.CandidateId!.Value)).Select(change => new Option(
            RoundDesk.Id(change.CandidateId!.Value), $"{people[change.CandidateId!.Value].Name} ({Signed(change.Cost, language)})")));
        return changes.Count > 0 ? "some" : "none";
    }

    /// <summary>What a change adds to the value or takes from it.</summary>
    public static string Signed(double cost, string language) => (cost > 0 ? "−" : "+") + RoundDesk.Number(Math.Abs(cost), language);
}

/// <summary>Finds the change that the answers describe: <c>whom</c>, <c>from-pair</c> and <c>candidate</c>, or taking <c>pair</c> apart.</summary>
internal abstract class RoundChangeAction(AmendRound amend) : IDialogAction
{
    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Outcomes { get; }

    public virtual bool ChangesSomething => true;

    protected AmendRound Amend => amend;

    public abstract Task<string> RunAsync(ActionContext context, CancellationToken ct);

    protected async Task<RoundChange?> FindAsync(ActionContext context, Round round, CancellationToken ct)
    {
        var (db, answers) = (context.Turn.Db, context.Answers);
        if (answers.Number("candidate") is { } candidate && answers.Number("whom") is { } whom)
            return await amend.ChangeAsync(db, round.Id, whom, answers.Number("from-pair"), candidate, ct);
        return answers.Number("pair") is { } pair ? await amend.RemovalAsync(db, pair, ct) : null;
    }
}

/// <summary>Leaves what a change would do, pair by pair, and what it costs.</summary>
internal sealed class WeighChange(AmendRound amend) : RoundChangeAction(amend)
{
    public override string Name => "rounds.weigh";

    public override IReadOnlyList<string> Outcomes => ["weighed", "gone"];

    public override bool ChangesSomething => false;

    public override async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, answers, language) = (context.Turn.Db, context.Answers, context.Turn.Language);
        answers.Remove("confirm");
        if (await RoundDesk.MatchedAsync(db, ct) is not { } round || await FindAsync(context, round, ct) is not { } change) return "gone";
        var ids = change.Removed.Concat(change.Added).SelectMany(pair => new[] { pair.LithuanianId, pair.PolishId }).ToList();
        var people = await RoundDesk.MembersAsync(db, ids, ct);
        if (ids.Exists(id => !people.ContainsKey(id))) return "gone";
        answers.Set("lines", string.Join('\n', change.Removed.Select(pair => Line("pair-goes", pair)).Concat(change.Added.Select(pair => Line("pair-comes", pair)))));
        answers.Set("costs", change.Cost > 0);
        answers.Set("cost", RoundDesk.Number(Math.Abs(change.Cost), language));
        return "weighed";

        string Line(string key, RoundPair pair) => context.Content.Text(RoundNotices.Dialog, key, language, new JsonObject
        {
            ["lt"] = people[pair.LithuanianId].Name,
            ["pl"] = people[pair.PolishId].Name,
            ["score"] = RoundDesk.Number(pair.Score, language),
        }).ToString();
    }
}

/// <summary>Does the change that was weighed.</summary>
internal sealed class MakeChange(AmendRound amend, Rights rights) : RoundChangeAction(amend)
{
    public override string Name => "rounds.change";

    public override IReadOnlyList<string> Outcomes => ["changed", "gone", "denied"];

    public override async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (!await rights.MayAsync(context, ct)) return "denied";
        if (await RoundDesk.MatchedAsync(context.Turn.Db, ct) is not { } round || await FindAsync(context, round, ct) is not { } change) return "gone";
        return await Amend.ApplyAsync(context.Turn.Work, round, change, context.Turn.PersonId, ct) ? "changed" : "gone";
    }
}
