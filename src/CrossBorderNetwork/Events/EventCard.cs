using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Events;

/// <summary>What the sentences about an event stand on; the same for its card, its preview and its line in a digest.</summary>
internal static class EventCard
{
    /// <summary>Day and month as they are written short, for a button.</summary>
    private static readonly Dictionary<string, string> ShortDays = new() { ["lt"] = "MM-dd", ["pl"] = "d.MM", ["en"] = "d MMM" };

    public static void Write(Answers values, NetworkEvent @event, DialogContent content, string language, string zone)
    {
        ReadTexts.For(language, @event.Title, @event.Description).Write(values, content, language);
        values.Set("zone", zone);
        values.Set("clock", zone == "Europe/Warsaw" ? "pl" : "lt");
        values.Set("at", @event.StartsAt);
        values.Set("ends-on", ReadTexts.None);
        if (@event.EndsAt is { } end)
        {
            values.Set("ends", end);
            values.Set("ends-on", LocalDay(end, zone) == LocalDay(@event.StartsAt, zone) ? "same-day" : "later-day");
        }
        values.Set("place", @event.Place ?? ReadTexts.None);
        values.Set("link", @event.Link ?? ReadTexts.None);
        values.Set("share", ReadTexts.None);
        values.Set("access", @event.IsPublic ? "public" : "closed");
        values.Set("organisers-lt", Names(@event.OrganisersLt));
        values.Set("organisers-pl", Names(@event.OrganisersPl));
        if (@event.Topics.Count > 0) values.Set("topics", @event.Topics);
        else values.Set("topics", ReadTexts.None);
    }

    public static JsonObject Values(NetworkEvent @event, DialogContent content, string language, string zone)
    {
        var values = new JsonObject();
        Write(new Answers(values), @event, content, language, zone);
        return values;
    }

    /// <summary>Day and title, short enough for a button.</summary>
    public static string Label(NetworkEvent @event, string language, string zone)
    {
        var culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : language);
        var day = TimeZoneInfo.ConvertTime(@event.StartsAt, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString(ShortDays[language], culture);
        return ReadTexts.For(language, @event.Title, @event.Description).Label(day + " · ");
    }

    private static string Names(List<string> organisers) => organisers.Count == 0 ? ReadTexts.None : string.Join(", ", organisers);

    private static DateOnly LocalDay(DateTimeOffset instant, string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}

/// <summary>How an event stands for one reader: what is left of it, and whether the reader has a part in it.</summary>
/// <param name="State"><c>open</c>, <c>past</c> or <c>cancelled</c>.</param>
/// <param name="Capacity">Number of seats; null where there is no limit.</param>
/// <param name="Going">Seats taken.</param>
/// <param name="Waiting">Length of the waiting list.</param>
/// <param name="Mine">The reader's own part, or null.</param>
/// <param name="InLine">The reader's number in the waiting list, from 1.</param>
/// <param name="IsDesk">A coordinator reads.</param>
internal sealed record EventStanding(string State, int? Capacity, int Going, int Waiting, SignUpState? Mine, int InLine, bool IsDesk)
{
    public bool IsOpen => State == "open";

    public bool IsFull => Going >= Capacity;

    public static EventStanding OfNew(NetworkEvent draft) => new("open", draft.Capacity, 0, 0, null, 0, false);

    public void Write(Answers values)
    {
        values.Set("state", State);
        values.Set("seats", Capacity is null || !IsOpen ? ReadTexts.None : IsFull ? "full" : "free");
        values.Set("free", Math.Max(0, (Capacity ?? 0) - Going));
        values.Set("mine", !IsOpen || Mine is null ? ReadTexts.None : Mine == SignUpState.Going ? "going" : "waiting");
        values.Set("in-line", InLine);
        values.Set("desk", IsDesk);
        values.Set("going", Going);
        values.Set("waiting", Waiting);
    }

    /// <summary>What the reader can do now, as keys of the texts <c>deeds</c>.</summary>
    public IEnumerable<string> Deeds()
    {
        if (IsOpen) yield return Mine is not null ? "leave" : IsFull ? "queue" : "go";
        if (IsOpen) yield return "calendar";
        if (IsDesk && Going > 0) yield return "people";
        if (IsDesk && IsOpen) yield return "cancel";
        yield return "all";
    }
}
