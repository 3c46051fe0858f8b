using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Introductions;

/// <summary>What a member is shown of another before both said yes: the profile and the true reasons, never the contact.</summary>
internal sealed class PartnerCards(DialogContent content, PartnerPool pool, ReasonTexts reasons)
{
    /// <summary>Reads a card; null where the other one is no member any more.</summary>
    /// <param name="db">Where the members are.</param>
    /// <param name="readerId">To whom it is shown: reasons depend on the viewpoint.</param>
    /// <param name="otherId">Whom it shows.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task<PartnerCard?> ReadAsync(NetworkDb db, long readerId, long otherId, CancellationToken ct)
    {
        if (await db.Members.FindAsync([otherId], ct) is not { } other) return null;
        var organisation = other.OrganisationId is { } id ? (await db.Organisations.FindAsync([id], ct))?.Name : null;
        return new PartnerCard(other, organisation, readerId, await pool.AssessAsync(readerId, otherId, ct));
    }

    /// <summary>The card as values of a text.</summary>
    public JsonObject Values(PartnerCard card, string language)
    {
        var values = new JsonObject();
        Put(card, language, new Answers(values));
        return values;
    }

    /// <summary>Leaves the card among the answers of a dialog.</summary>
    public void Put(PartnerCard card, string language, Answers answers)
    {
        var why = card.Fit is { Feasible: true } fit ? reasons.For(fit.ReasonsFor(card.ReaderId), language) : "";
        answers.Set("name", card.Other.Name);
        answers.Set("role", card.Other.Role);
        answers.Set("organisation", card.Organisation);
        answers.Set("has-organisation", card.Organisation is not null);
        answers.Set("municipality", card.Other.Municipality);
        answers.Set("languages", string.Join(", ", card.Other.Languages.Select(known => KnownLanguage(known.Key, known.Value, language))));
        answers.Set("about", card.Other.About);
        answers.Set("has-about", !string.IsNullOrWhiteSpace(card.Other.About));
        answers.Set("reasons", why);
        answers.Set("has-reasons", why.Length > 0);
        answers.Set("via-bridge", card.Fit?.Conversation is { ViaBridge: true });
    }

    private string KnownLanguage(string key, string level, string language) =>
        content.Text("partners", "known-language", language, new JsonObject { ["language"] = key, ["level"] = level }).ToString();
}

/// <summary>A member as another one sees the profile, with what speaks for the two.</summary>
internal sealed record PartnerCard(Member Other, string? Organisation, long ReaderId, Assessment? Fit);
