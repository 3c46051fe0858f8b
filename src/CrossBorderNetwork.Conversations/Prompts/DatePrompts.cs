using System.Globalization;
using System.Text.RegularExpressions;

namespace CrossBorderNetwork.Conversations;

/// <summary>Understands days and hours as people write them in the three languages.</summary>
internal static partial class WrittenTime
{
    private static readonly string[] Cultures = ["lt-LT", "pl-PL", "en-GB"];

    private static readonly Dictionary<string, int> Months = ReadMonths();

    /// <summary>"2026-12-05", "5.12.2026", "5.12", "gruodžio 5", "5 grudnia 2026", "Dec 5th". Without a year the next such day is meant, or the last one.</summary>
    public static DateOnly? Date(string text, DateOnly today, bool isPast = false)
    {
        if (Iso().Match(text) is { Success: true } iso) return Make(iso.Groups["y"].Value, iso.Groups["m"].Value, iso.Groups["d"].Value, today, isPast);
        if (Numeric().Match(text) is { Success: true } numeric) return Make(numeric.Groups["y"].Value, numeric.Groups["m"].Value, numeric.Groups["d"].Value, today, isPast);
        var words = Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var month = words.Select(word => Months.GetValueOrDefault(word.Length >= 3 ? word : "")).FirstOrDefault(found => found > 0);
        var numbers = words.Select(word => Ordinal().Replace(word, "${n}")).Where(word => word.All(char.IsAsciiDigit)).ToList();
        var day = numbers.FirstOrDefault(number => number.Length <= 2);
        var year = numbers.FirstOrDefault(number => number.Length == 4) ?? "";
        return month > 0 && day is not null ? Make(year, month.ToString(CultureInfo.InvariantCulture), day, today, isPast) : null;
    }

    /// <summary>"8", "8:30", "8.30", "08 30".</summary>
    public static TimeOnly? Time(string text)
    {
        if (Clock().Match(text.Trim()) is not { Success: true } match) return null;
        var hour = int.Parse(match.Groups["h"].Value, CultureInfo.InvariantCulture);
        var minute = match.Groups["m"].Success ? int.Parse(match.Groups["m"].Value, CultureInfo.InvariantCulture) : 0;
        return hour <= 23 && minute <= 59 ? new TimeOnly(hour, minute) : null;
    }

    /// <summary>A day followed by an hour.</summary>
    public static DateTime? DateTime(string text, DateOnly today)
    {
        if (HourAtEnd().Match(text.Trim()) is not { Success: true } match) return null;
        return Date(match.Groups["day"].Value, today) is { } day && Time(match.Groups["hour"].Value) is { } hour ? day.ToDateTime(hour) : null;
    }

    private static DateOnly? Make(string year, string month, string day, DateOnly today, bool isPast)
    {
        var hasYear = year.Length == 4;
        var y = hasYear ? int.Parse(year, CultureInfo.InvariantCulture) : today.Year;
        var (m, d) = (int.Parse(month, CultureInfo.InvariantCulture), int.Parse(day, CultureInfo.InvariantCulture));
        if (y is < 1900 or > 2200 || m is < 1 or > 12 || d < 1 || d > System.DateTime.DaysInMonth(y, m)) return null;
        var date = new DateOnly(y, m, d);
        if (hasYear) return date;
        return isPast ? date > today ? date.AddYears(-1) : date : date < today ? date.AddYears(1) : date;
    }

    private static Dictionary<string, int> ReadMonths()
    {
        var months = new Dictionary<string, int>();
        foreach (var format in Cultures.Select(name => CultureInfo.GetCultureInfo(name).DateTimeFormat))
        {
            for (var month = 1; month <= 12; month++)
            {
                foreach (var name in new[] { format.MonthNames[month - 1], format.MonthGenitiveNames[month - 1], format.AbbreviatedMonthNames[month - 1] }) months.TryAdd(Folding.Fold(name), month);
            }
        }
        return months;
    }

    [GeneratedRegex("^(?<n>[0-9]{1,2})(st|nd|rd|th)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"^\s*(?<y>\d{4})[-./ ]+(?<m>\d{1,2})[-./ ]+(?<d>\d{1,2})\.?\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^\s*(?<d>\d{1,2})[-./ ]+(?<m>\d{1,2})([-./ ]+(?<y>\d{4}))?\.?\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"^(?<h>\d{1,2})(\s*[:. h]\s*(?<m>\d{2}))?\s*(val\.?|godz\.?|h)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?<day>.+?)[,\s]+(o\s+|at\s+)?(godz\.?\s*)?(?<hour>\d{1,2}([:.]\d{2})?(\s*(val\.?|h))?)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HourAtEnd();
}

/// <summary>A day from today on, or one until today where the step asks for what is past; stored as <c>yyyy-MM-dd</c>.</summary>
internal sealed class DatePrompt : WrittenPrompt
{
    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Now, context.Zone).DateTime);
        if (text.Length > LongestAnswer || WrittenTime.Date(text, today, context.Step.Past) is not { } date) return ValueTask.FromResult(context.Retry());
        var isWrong = context.Step.Past ? date > today : date < today;
        return ValueTask.FromResult(isWrong
            ? context.Retry(context.Step.Past ? "future" : "past")
            : new PromptResult.Accepted(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }
}

/// <summary>A time of day; stored as <c>HH:mm</c>.</summary>
internal sealed class TimePrompt : WrittenPrompt
{
    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text) => ValueTask.FromResult(
        text.Length <= LongestAnswer && WrittenTime.Time(text) is { } time ? new PromptResult.Accepted(time.ToString("HH:mm", CultureInfo.InvariantCulture)) : context.Retry());
}

/// <summary>A day and an hour to come, in the zone of the answer <c>zone</c>; stored as a UTC instant.</summary>
internal sealed class DateTimePrompt : WrittenPrompt
{
    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Now, context.Zone).DateTime);
        if (text.Length > LongestAnswer || WrittenTime.DateTime(text, today) is not { } local || context.Zone.IsInvalidTime(local)) return ValueTask.FromResult(context.Retry());
        var instant = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, context.Zone), TimeSpan.Zero);
        return ValueTask.FromResult(instant <= context.Now
            ? context.Retry("past")
            : new PromptResult.Accepted(instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)));
    }

    protected override string Earlier(PromptContext context) => context.Answers.Instant(context.Step.Saves) is { } instant
        ? TimeZoneInfo.ConvertTime(instant, context.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "";
}
