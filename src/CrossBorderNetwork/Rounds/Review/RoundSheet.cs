using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Workbooks;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>A round as a workbook for coordinators: the pairs with scores and reasons, those left out, and how good the round is. No contacts.</summary>
internal sealed class RoundSheet(PartnerPool pool, ReasonTexts reasons, DialogContent content)
{
    public async Task<FileContent> MakeAsync(NetworkDb db, Round round, string language, CancellationToken ct)
    {
        var pairs = await db.RoundPairs.AsNoTracking().Where(pair => pair.RoundId == round.Id).OrderBy(pair => pair.Score).ToListAsync(ct);
        var left = await db.RoundSeats.AsNoTracking().Where(seat => seat.RoundId == round.Id && seat.LeftOut != null).OrderByDescending(seat => seat.RoundsWaited).ToListAsync(ct);
        var people = await RoundDesk.MembersAsync(db, pairs.SelectMany(pair => new[] { pair.LithuanianId, pair.PolishId }).Concat(left.Select(seat => seat.MemberId)), ct);
        var pairRows = new List<IReadOnlyList<object?>>();
        foreach (var pair in pairs.Where(pair => people.ContainsKey(pair.LithuanianId) && people.ContainsKey(pair.PolishId)))
            pairRows.Add(await PairRowAsync(pair, people[pair.LithuanianId], people[pair.PolishId], language, ct));
        string[] person = [Say("name", language), Say("place", language), Say("role", language), Say("reasons", language)];
        return Workbook.Of($"round-{round.Month}",
        [
            new Sheet(Say("pairs", language), [Say("score", language), .. person.Select(column => "LT: " + column), .. person.Select(column => "PL: " + column), Say("by-hand", language)], pairRows),
            new Sheet(Say("left", language), [Say("name", language), Say("side", language), Say("place", language), Say("why", language), Say("waited", language)],
                [.. left.Where(seat => people.ContainsKey(seat.MemberId)).Select(seat => LeftRow(seat, people[seat.MemberId], language))]),
            new Sheet(Say("quality", language), [Say("month", language), Say("value", language), Say("bound", language), "LT", "PL"],
                [[round.Month, round.Value, round.Bound, $"{round.LithuaniaCovered} / {round.LithuaniaMembers}", $"{round.PolandCovered} / {round.PolandMembers}"]]),
        ]);
    }

    private async Task<IReadOnlyList<object?>> PairRowAsync(RoundPair pair, Member lithuanian, Member polish, string language, CancellationToken ct)
    {
        var fit = await pool.AssessAsync(lithuanian.Id, polish.Id, ct);
        return [Math.Round(pair.Score, 4), .. Person(lithuanian), .. Person(polish), pair.IsByHand ? content.Text("common", "buttons.yes", language, []).ToString() : null];

        IEnumerable<object?> Person(Member member) =>
        [
            member.Name,
            content.Label("municipalities", member.Municipality, language),
            content.Label("roles", member.Role, language),
            fit is { Feasible: true } ? reasons.For(fit.ReasonsFor(member.Id), language) : null,
        ];
    }

    private IReadOnlyList<object?> LeftRow(RoundSeat seat, Member member, string language) =>
    [
        member.Name,
        content.Label("sides", member.Side, language),
        content.Label("municipalities", member.Municipality, language),
        content.Text(RoundNotices.Dialog, "why", language, new() { ["why"] = seat.LeftOut.ToString() }).ToString(),
        seat.RoundsWaited,
    ];

    private string Say(string key, string language) => content.Text(RoundNotices.Dialog, "sheet." + key, language, []).ToString();
}
