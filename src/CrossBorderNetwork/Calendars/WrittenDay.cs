using System.Globalization;

namespace CrossBorderNetwork.Calendars;

/// <summary>Days and hours as they are written short, in lists and on buttons.</summary>
public static class WrittenDay
{
    private static readonly Dictionary<string, (string Day, string DayAndHour)> Formats = new()
    {
        ["lt"] = ("yyyy-MM-dd", "MM-dd, ddd, HH:mm"),
        ["pl"] = ("d.MM.yyyy", "ddd, d.MM, HH:mm"),
        ["en"] = ("d MMM yyyy", "ddd d MMM, HH:mm"),
    };

    public static string Of(DateOnly day, string language) => day.ToString(Formats[language].Day, Culture(language));

    /// <param name="instant">When.</param>
    /// <param name="zone">IANA time zone of the reader.</param>
    /// <param name="language">Language of the reader.</param>
    public static string WithHour(DateTimeOffset instant, string zone, string language) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString(Formats[language].DayAndHour, Culture(language));

    private static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : language);
}
