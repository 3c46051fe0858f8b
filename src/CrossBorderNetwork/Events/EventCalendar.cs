using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Events;

/// <summary>An event as it stands in a reader's calendar.</summary>
internal static class EventCalendar
{
    public static CalendarEntry EntryOf(NetworkEvent @event, string language)
    {
        var texts = ReadTexts.For(language, @event.Title, @event.Description);
        return new CalendarEntry($"event-{Seats.Id(@event)}", @event.StartsAt, @event.EndsAt, texts.Title)
        {
            Description = texts.Description.Length > 0 ? texts.Description : null,
            Place = @event.Place ?? @event.Link,
            Link = @event.Link is { } link ? new Uri(link) : null,
        };
    }
}
