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
        values.Set("at", @event.StartsAt);
        values.Set("ends-on", ReadTexts.None);
        if (@event.EndsAt is { } end)
        {
            values.Set("ends", end);
            values.Set("ends-on", LocalDay(end, zone) == LocalDay(@event.StartsAt, zone) ? "same-day" : "later-day");
        }
        values.Set("place", @event.Place ?? ReadTexts.None);
        values.Set("link", @event.Link ?? ReadTexts.None);
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
