using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Events;

/// <summary>The events of the coming three weeks that fit a reader who is not yet signed up.</summary>
internal sealed class EventsSection(DialogContent content) : IDigestSection
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(21);

    public string Name => "events";

    public async Task<IReadOnlyList<DigestItem>> ForAsync(DigestReader reader, NetworkDb db, CancellationToken ct)
    {
        var last = reader.From + Ahead;
        var signUps = db.SignUps;
        var upcoming = await db.UpcomingEvents(reader.From).AsNoTracking()
            .Where(e => e.StartsAt <= last && !signUps.Any(s => s.EventId == e.Id && s.MemberId == reader.Member.Id))
            .ToListAsync(ct);
        return [.. upcoming.Select(e => (Event: e, Fit: Fit(e, reader))).Where(e => e.Fit > 0).OrderByDescending(e => e.Fit).Select(e => Item(e.Event, e.Fit, reader))];
    }

    /// <summary>0 where the event is about something else; otherwise topics count most, then the date, then the side.</summary>
    internal static double Fit(NetworkEvent @event, DigestReader reader)
    {
        var shared = @event.Topics.Intersect(reader.Member.Topics).Count();
        if (@event.Topics.Count > 0 && shared == 0) return 0;
        var topics = @event.Topics.Count == 0 ? 0.5 : (double)shared / Math.Min(@event.Topics.Count, reader.Member.Topics.Count);
        var nearness = 1 - Math.Clamp((@event.StartsAt - reader.From) / Ahead, 0, 1);
        var isOnMySide = @event.Link is not null || (reader.Member.Side == "LT" ? @event.OrganisersLt : @event.OrganisersPl).Count > 0;
        var used = @event.Title.For(reader.Language).UsedLanguage;
        var isReadable = used == reader.Language || reader.Member.Languages.ContainsKey(used);
        return (0.6 * topics + 0.25 * nearness + (isOnMySide ? 0.15 : 0)) * (isReadable ? 1 : 0.5);
    }

    private DigestItem Item(NetworkEvent @event, double fit, DigestReader reader)
    {
        var values = EventCard.Values(@event, content, reader.Language, reader.Member.Zone);
        var message = content.Compose("events", "digest", reader.Language, values, Seats.Id(@event));
        return new DigestItem(fit, @event.StartsAt, message.Text, [.. message.Buttons.SelectMany(row => row)]);
    }
}
