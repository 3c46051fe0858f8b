using System.Text;
using CrossBorderNetwork.Messaging;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace CrossBorderNetwork.Calendars;

/// <summary>What stands in a calendar.</summary>
/// <param name="Name">Kind and number, such as <c>event-17</c>: it never changes, so that adding it twice updates one entry.</param>
/// <param name="Start">Begin.</param>
/// <param name="End">End; null where it is not known.</param>
/// <param name="Summary">What it is called in the reader's language.</param>
public sealed record CalendarEntry(string Name, DateTimeOffset Start, DateTimeOffset? End, string Summary)
{
    public string? Description { get; init; }

    public string? Place { get; init; }

    public Uri? Link { get; init; }

    /// <summary>Grows with each change: calendars keep the entry with the greatest.</summary>
    public int Sequence { get; init; }

    public bool IsCancelled { get; init; }
}

/// <summary>Writes an entry as an iCalendar file (RFC 5545). Instants stand in UTC, so every calendar shows its owner's own hour.</summary>
public static class CalendarFile
{
    public const string MediaType = "text/calendar";

    public static FileContent Of(CalendarEntry entry, DateTimeOffset now)
    {
        var calendar = new Calendar { ProductId = "-//Cross-border Early Education Network//Events//EN" };
        calendar.Events.Add(new CalendarEvent
        {
            Uid = entry.Name + "@cross-border-early-education-network",
            DtStamp = Utc(now),
            Start = Utc(entry.Start),
            End = entry.End is { } end ? Utc(end) : null,
            Summary = entry.Summary,
            Description = entry.Description,
            Location = entry.Place,
            Url = entry.Link,
            Sequence = entry.Sequence,
            Status = entry.IsCancelled ? EventStatus.Cancelled : null,
        });
        return new FileContent(entry.Name + ".ics", MediaType, Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!));
    }

    private static CalDateTime Utc(DateTimeOffset instant) => new(instant.UtcDateTime, "UTC");
}
