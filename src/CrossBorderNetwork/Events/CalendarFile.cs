using System.Text;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace CrossBorderNetwork.Events;

/// <summary>
/// An event as an iCalendar file (RFC 5545). Instants stand in UTC, so every calendar shows its owner's own hour; the UID never
/// changes, so adding it twice updates one entry.
/// </summary>
internal static class CalendarFile
{
    public const string MediaType = "text/calendar";

    public static FileContent For(NetworkEvent @event, string language, DateTimeOffset now)
    {
        var texts = ReadTexts.For(language, @event.Title, @event.Description);
        var entry = new CalendarEvent
        {
            Uid = $"event-{Seats.Id(@event)}@cross-border-early-education-network",
            DtStamp = Utc(now),
            Start = Utc(@event.StartsAt),
            End = @event.EndsAt is { } end ? Utc(end) : null,
            Summary = texts.Title,
            Description = texts.Description.Length > 0 ? texts.Description : null,
            Location = @event.Place ?? @event.Link,
            Url = @event.Link is { } link ? new Uri(link) : null,
        };
        var calendar = new Calendar { ProductId = "-//Cross-border Early Education Network//Events//EN" };
        calendar.Events.Add(entry);
        return new FileContent($"event-{Seats.Id(@event)}.ics", MediaType, Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!));
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, "UTC");
}
