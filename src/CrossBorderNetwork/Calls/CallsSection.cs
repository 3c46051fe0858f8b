using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Calls;

/// <summary>Calls that fit the reader and are new this week or close in it; a call appears twice at most.</summary>
internal sealed class CallsSection(DialogContent content) : IDigestSection
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public string Name => "calls";

    public async Task<IReadOnlyList<DigestItem>> ForAsync(DigestReader reader, NetworkDb db, CancellationToken ct)
    {
        var (since, until) = (reader.From - Week, reader.From + Week);
        var interests = db.Interests;
        var calls = await db.OpenCalls(reader.From).AsNoTracking()
            .Where(c => c.AuthorId != reader.Member.Id && (c.PublishedAt > since || c.ClosesAt <= until)
                && !interests.Any(i => i.CallId == c.Id && i.MemberId == reader.Member.Id))
            .ToListAsync(ct);
        return [.. calls.Select(c => (Call: c, Fit: CallFit.For(c, reader.Member, reader.Language))).Where(c => c.Fit > 0)
            .OrderByDescending(c => c.Call.ClosesAt <= until).ThenByDescending(c => c.Fit).Select(c => Item(c.Call, c.Fit, reader))];
    }

    private DigestItem Item(Call call, double fit, DigestReader reader)
    {
        var values = new JsonObject();
        CallCard.Write(new Answers(values), call, content, reader.Language);
        values["zone"] = reader.Member.Zone;
        var message = content.Compose("calls", "digest", reader.Language, values, call.Id.ToString(CultureInfo.InvariantCulture));
        return new DigestItem(fit, call.ClosesAt, message.Text, [.. message.Buttons.SelectMany(row => row)]);
    }
}
