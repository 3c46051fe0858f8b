using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>What waits for the reader's yes or no.</summary>
internal sealed class IntroductionsSection(DialogContent content) : IDigestSection
{
    public string Name => "introductions";

    public async Task<IReadOnlyList<DigestItem>> ForAsync(DigestReader reader, NetworkDb db, CancellationToken ct)
    {
        var waiting = await db.IntroductionsWaitingFor(reader.Member.Id).AsNoTracking()
            .OrderBy(introduction => introduction.Id)
            .Select(introduction => new
            {
                introduction.Id,
                introduction.State,
                introduction.DueAt,
                introduction.RoundId,
                Other = db.Set<Members.Member>()
                    .FirstOrDefault(member => member.Id == (introduction.AskerId == reader.Member.Id ? introduction.AskedId : introduction.AskerId))!.Name,
            })
            .ToListAsync(ct);
        return [.. waiting.Where(introduction => introduction.Other is not null).Select(introduction => new DigestItem(
            Fit: 1,
            // A question that was not repeated yet has the time of the reminder before it.
            Deadline: introduction.State == IntroductionState.Reminded ? introduction.DueAt : introduction.DueAt + (introduction.RoundId is null ? Introduction.Patience : Introduction.RoundsLastCall),
            Text("digest.text", new JsonObject { ["name"] = introduction.Other }),
            [new Button(Text("digest.show", []).ToString(), DialogContent.EntryToken("introductions", "show", introduction.Id.ToString(CultureInfo.InvariantCulture)))]))];

        RichText Text(string key, JsonObject values) => content.Text("introductions", key, reader.Language, values);
    }
}

/// <summary>
/// One partner of the week. Which of the best it is goes by the week's number, so that nobody comes twice in a row and a digest
/// composed again says the same.
/// </summary>
internal sealed class PartnersSection(DialogContent content, PartnerSearch search, PartnerCards cards) : IDigestSection
{
    private const int Circle = 8;

    public string Name => "partners";

    public async Task<IReadOnlyList<DigestItem>> ForAsync(DigestReader reader, NetworkDb db, CancellationToken ct)
    {
        var best = await search.TopAsync(db, reader.Member.Id, Circle, ct);
        if (best.Count == 0) return [];
        var week = (int)(reader.From.ToUnixTimeSeconds() / (long)TimeSpan.FromDays(7).TotalSeconds);
        var partner = best[week % best.Count];
        if (await cards.ReadAsync(db, reader.Member.Id, partner, ct) is not { } card) return [];
        return [new DigestItem(
            card.Fit?.Value ?? 0,
            Deadline: null,
            Text("digest.text", cards.Values(card, reader.Language)),
            [Button("introduce", partner.ToString(CultureInfo.InvariantCulture)), Button("find", "")])];

        Button Button(string entry, string id) => new(Text("digest." + entry, []).ToString(), DialogContent.EntryToken("partners", entry, id));

        RichText Text(string key, JsonObject values) => content.Text("partners", key, reader.Language, values);
    }
}
