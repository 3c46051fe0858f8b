using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>What those who take part read of a cooperation: the two sides and its history, oldest line first.</summary>
internal sealed class CooperationCard(DialogContent content)
{
    public const string Dialog = "cooperations";

    private const int LongestLabel = 36;

    /// <summary>The card as values of a text.</summary>
    public async Task<JsonObject> ValuesAsync(NetworkDb db, Cooperation cooperation, CooperationMember me, string language, CancellationToken ct)
    {
        var steps = await db.CooperationSteps.AsNoTracking().Where(s => s.CooperationId == cooperation.Id).OrderBy(s => s.Day).ThenBy(s => s.Id).ToListAsync(ct);
        var names = await NamesAsync(db, steps.Select(s => s.SaidById), ct);
        var others = await db.CooperationMembers.Where(m => m.CooperationId == cooperation.Id && m.MemberId != me.MemberId).Select(m => m.MayBeTold).ToListAsync(ct);
        return new JsonObject
        {
            ["lt"] = await PartyAsync(db, cooperation, "LT", language, ct),
            ["pl"] = await PartyAsync(db, cooperation, "PL", language, ct),
            ["since"] = WrittenDay.Of(DateOnly.FromDateTime(cooperation.StartedAt.UtcDateTime), language),
            ["history"] = string.Join('\n', steps.Select(step => Line(step, names, language))),
            ["has-history"] = steps.Count > 0 ? "yes" : "no",
            ["mine"] = Word(me.MayBeTold),
            ["theirs"] = others.Contains(true) && !others.Contains(false) ? "yes" : "no",
        };
    }

    /// <summary>One side's name: the organisation, else those who take part, else that nobody is left.</summary>
    public async Task<string> PartyAsync(NetworkDb db, Cooperation cooperation, string side, string language, CancellationToken ct)
    {
        var organisationId = side == "LT" ? cooperation.LtOrganisationId : cooperation.PlOrganisationId;
        if (organisationId is { } id && await db.Organisations.FindAsync([id], ct) is { } organisation) return organisation.Name;
        var people = await (
            from member in db.CooperationMembers
            join person in db.Members on member.MemberId equals person.Id
            where member.CooperationId == cooperation.Id && member.Side == side
            orderby member.JoinedAt, person.Id
            select person.Name).ToListAsync(ct);
        return people.Count > 0 ? string.Join(", ", people) : content.Text(Dialog, "nobody-left", language, []).ToString();
    }

    /// <summary>The other side, short enough for a button.</summary>
    public async Task<string> LabelAsync(NetworkDb db, Cooperation cooperation, CooperationMember me, string language, CancellationToken ct)
    {
        var name = await PartyAsync(db, cooperation, me.Side == "LT" ? "PL" : "LT", language, ct);
        return name.Length <= LongestLabel ? name : name[..(LongestLabel - 1)].TrimEnd() + "…";
    }

    /// <summary>One line for coordinators: who, since when, and what they did. An agreement counts once both sides know of it.</summary>
    public async Task<string> StoryAsync(NetworkDb db, Cooperation cooperation, string language, CancellationToken ct)
    {
        var kinds = await db.CooperationSteps
            .Where(s => s.CooperationId == cooperation.Id && (s.Kind != StepKind.Agreement || s.State == StepState.Confirmed))
            .Select(s => s.Kind).Distinct().ToListAsync(ct);
        return content.Text(Dialog, "story", language, new JsonObject
        {
            ["lt"] = await PartyAsync(db, cooperation, "LT", language, ct),
            ["pl"] = await PartyAsync(db, cooperation, "PL", language, ct),
            ["since"] = WrittenDay.Of(DateOnly.FromDateTime(cooperation.StartedAt.UtcDateTime), language),
            ["kinds"] = string.Join(", ", kinds.Order().Select(kind => content.Text(Dialog, "kinds." + kind.ToString().ToLowerInvariant(), language, []).ToString())),
        }).ToString();
    }

    private string Line(CooperationStep step, Dictionary<long, string> names, string language)
    {
        var values = new JsonObject
        {
            ["day"] = WrittenDay.Of(step.Day, language),
            ["name"] = step.SaidById is { } id && names.TryGetValue(id, out var name) ? name : content.Text(Dialog, "nobody-left", language, []).ToString(),
            ["state"] = step.State.ToString().ToLowerInvariant(),
            ["party-lt"] = step.PartyLt ?? "–",
            ["party-pl"] = step.PartyPl ?? "–",
            ["link"] = step.Link ?? "none",
        };
        return content.Text(Dialog, "history." + step.Kind.ToString().ToLowerInvariant(), language, values).ToString();
    }

    private static async Task<Dictionary<long, string>> NamesAsync(NetworkDb db, IEnumerable<long?> ids, CancellationToken ct)
    {
        var wanted = ids.OfType<long>().Distinct().ToList();
        return await db.Members.Where(m => wanted.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, ct);
    }

    private static string Word(bool? consent) => consent switch { true => "yes", false => "no", _ => "open" };

    internal static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
