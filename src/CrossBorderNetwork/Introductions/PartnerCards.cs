using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Introductions;

/// <summary>A member as another one sees the profile, with what speaks for the two. Reasons depend on the viewpoint.</summary>
internal sealed record PartnerCard(Member Other, Organisation? Organisation, long ReaderId, Assessment? Fit);

/// <summary>What a member is shown of another before both said yes: the profile and the true reasons, never the contact.</summary>
internal sealed class PartnerCards(DialogContent content, PartnerPool pool, ReasonTexts reasons)
{
    /// <summary>Reads a card; null where the other one is no member any more.</summary>
    /// <param name="db">Where the members are.</param>
    /// <param name="readerId">To whom it is shown.</param>
    /// <param name="otherId">Whom it shows.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task<PartnerCard?> ReadAsync(NetworkDb db, long readerId, long otherId, CancellationToken ct)
    {
        if (await db.Members.FindAsync([otherId], ct) is not { } other) return null;
        var organisation = other.OrganisationId is { } id ? await db.Organisations.FindAsync([id], ct) : null;
        return new PartnerCard(other, organisation, readerId, await pool.AssessAsync(readerId, otherId, ct));
    }

    /// <summary>The card as values of a text.</summary>
    public JsonObject Values(PartnerCard card, string language)
    {
        var values = MemberValues.Of(card.Other, card.Organisation);
        var why = card.Fit is { Feasible: true } fit ? reasons.For(fit.ReasonsFor(card.ReaderId), language) : "";
        values["languages"] = string.Join(", ", card.Other.Languages.Select(known => KnownLanguage(known.Key, known.Value, language)));
        values["reasons"] = why;
        values["has-reasons"] = YesNo(why.Length > 0);
        values["has-organisation"] = YesNo(card.Organisation is not null);
        values["has-about"] = YesNo(!string.IsNullOrWhiteSpace(card.Other.About));
        values["via-bridge"] = YesNo(card.Fit?.Conversation is { ViaBridge: true });
        return values;
    }

    // A member says "I work in it"; of somebody else it is said in the third person.
    private string KnownLanguage(string key, string level, string language) =>
        content.Text("partners", "known-language", language, new JsonObject { ["language"] = key, ["level"] = level }).ToString();

    private static string YesNo(bool holds) => holds ? "yes" : "no";
}
