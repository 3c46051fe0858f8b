using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Cooperations;

/// <summary>What the two are told of their meeting, each in the own language and zone with the other country's hour beside it.</summary>
internal sealed class MeetingNotices(Notify notify, DialogContent content, TimeProvider time)
{
    public const string Dialog = "meeting";

    public Task SuggestedAsync(UnitOfWork work, Introduction introduction, Meeting meeting, Meeting? agreed, CancellationToken ct) =>
        TellAsync(work, introduction, meeting, introduction.OtherThan(meeting.SuggestedById), agreed is null ? "suggested" : "suggested-instead", hasFile: false, ct);

    /// <summary>Both get the time, a calendar file and a first message in a language that they share.</summary>
    public async Task AgreedAsync(UnitOfWork work, Introduction introduction, Meeting meeting, CancellationToken ct)
    {
        await TellAsync(work, introduction, meeting, introduction.AskerId, "agreed", hasFile: true, ct);
        await TellAsync(work, introduction, meeting, introduction.AskedId, "agreed", hasFile: true, ct);
    }

    public Task CalledOffAsync(UnitOfWork work, Introduction introduction, Meeting meeting, bool wasAgreed, long byId, CancellationToken ct) =>
        TellAsync(work, introduction, meeting, introduction.OtherThan(byId), "called-off", hasFile: wasAgreed, ct);

    /// <summary>What texts say of a meeting with somebody, to a reader.</summary>
    public JsonObject Values(Meeting meeting, Member reader, Member other)
    {
        var shared = SharedLanguage.Of(reader, other);
        var values = new JsonObject
        {
            ["name"] = other.Name,
            ["contact"] = other.Contact,
            ["zone"] = reader.Zone,
            ["clock"] = reader.Side == "PL" ? "pl" : "lt",
            ["holiday"] = Holiday(meeting.At),
            ["shared"] = shared ?? "none",
            ["first"] = "",
        };
        SetInstant(values, meeting.At);
        if (shared is not null)
        {
            var first = new JsonObject { ["me"] = reader.Name, ["zone"] = "Europe/Vilnius" };
            SetInstant(first, meeting.At);
            values["first"] = content.Text(Dialog, "first-message", shared, first).ToString();
        }
        return values;
    }

    /// <summary>The meeting as a file for the reader's calendar.</summary>
    public FileContent File(Meeting meeting, Member other, string language)
    {
        var isCalledOff = meeting.State == MeetingState.CalledOff;
        var entry = new CalendarEntry(
            $"meeting-{Id(meeting.IntroductionId)}", meeting.At, meeting.At + MeetingTimes.Length,
            content.Text(Dialog, "calendar-title", language, new JsonObject { ["name"] = other.Name }).ToString())
        {
            Description = other.Contact,
            // Each change of mind is a later row, and calling off comes after agreeing.
            Sequence = (int)(meeting.Id * 2) + (isCalledOff ? 1 : 0),
            IsCancelled = isCalledOff,
        };
        return CalendarFile.Of(entry, time.GetUtcNow());
    }

    private async Task TellAsync(UnitOfWork work, Introduction introduction, Meeting meeting, long memberId, string message, bool hasFile, CancellationToken ct)
    {
        if (await work.Db.Members.FindAsync([memberId], ct) is not { } member) return;
        if (await work.Db.Members.FindAsync([introduction.OtherThan(memberId)], ct) is not { } other) return;
        var posting = new Posting
        {
            Lane = Lane.Notice, Window = TimeSpan.FromHours(24), Key = $"meeting:{Id(meeting.Id)}:{message}:{Id(memberId)}",
        };
        await notify.MemberAsync(
            work, memberId, Dialog, message, _ => Values(meeting, member, other), Id(meeting.Id), posting, ct,
            hasFile ? language => File(meeting, other, language) : null);
    }

    /// <summary>Whether the day is a public holiday where one of the two works: <c>LT</c>, <c>PL</c>, <c>both</c> or <c>none</c>.</summary>
    private static string Holiday(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Vilnius")).DateTime);
        return (PublicHolidays.Include("LT", day), PublicHolidays.Include("PL", day)) switch { (true, true) => "both", (true, _) => "LT", (_, true) => "PL", _ => "none" };
    }

    private static void SetInstant(JsonObject values, DateTimeOffset at) => new Answers(values).Set("at", at);

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
