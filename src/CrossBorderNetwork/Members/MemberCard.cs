using System.Globalization;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>
/// The answers that a card of one's own data is written with, in the enrolment and in the profile. Empty fields get
/// <c>has-…: no</c>, so that a text can leave them out.
/// </summary>
internal static class MemberCard
{
    /// <summary>Adds what follows from the answers that are there.</summary>
    public static void Complete(Answers answers, string organisation, DayOfWeek day, int hour)
    {
        answers.Set("organisation-name", organisation);
        answers.Set("digest-day", DigestTime.Key(day));
        answers.Set("digest-hour", hour);
        Say("organisation", organisation.Length > 0);
        Say("about", answers.Text("about").Length > 0);
        Say("offers", answers.Many("offers").Count > 0);
        Say("seeks", answers.Many("seeks").Count > 0);
        Say("bridge", answers.Is("bridge"));

        void Say(string field, bool has) => answers.Set("has-" + field, has ? "yes" : "no");
    }

    /// <summary>Sets the answers of all fields to what is stored, so that every question shows it.</summary>
    public static void Fill(Answers answers, Member member, Organisation? organisation)
    {
        answers.Set("name", member.Name);
        answers.Set("contact", member.Contact);
        answers.Set("side", member.Side);
        answers.Set("municipality", member.Municipality);
        answers.Set("role", member.Role);
        answers.Set("languages", member.Languages);
        answers.Set("topics", member.Topics);
        answers.Set("offers", member.Offers);
        answers.Set("seeks", member.Seeks);
        answers.Set("about", member.About);
        answers.Set("bridge", member.IsBridge ? "yes" : "no");
        answers.Set("found", member.MayBeFound ? "yes" : "no");
        answers.Set("digest", member.WantsDigest ? "yes" : "no");
        answers.Set("announcements", member.WantsAnnouncements ? "yes" : "no");
        answers.Set("day", DigestTime.Key(member.DigestDay));
        answers.Set("hour", member.DigestHour.ToString(CultureInfo.InvariantCulture));
        answers.Set("can-bridge", Bridge.IsPossible(member.Languages) ? "yes" : "no");
        answers.Set("zone", member.Zone);
        Complete(answers, organisation?.Name ?? "", member.DigestDay, member.DigestHour);
    }
}

/// <summary>Volunteers who interpret between two others.</summary>
public static class Bridge
{
    /// <summary>Whether somebody can hold a conversation in both languages of the border.</summary>
    public static bool IsPossible(IReadOnlyDictionary<string, string> languages) =>
        languages.GetValueOrDefault("lt") is "converses" or "works" && languages.GetValueOrDefault("pl") is "converses" or "works";
}

/// <summary>Day and hour of the digest as answers: a weekday's key and the hour.</summary>
internal static class DigestTime
{
    private static readonly string[] Keys = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static string Key(DayOfWeek day) => Keys[(int)day];

    /// <summary>Monday at eight unless another time was chosen.</summary>
    public static (DayOfWeek Day, int Hour) Read(Answers answers)
    {
        if (answers.Text("digest-time") == "monday") return (DayOfWeek.Monday, 8);
        var day = Array.IndexOf(Keys, answers.Text("day"));
        return day >= 0 && answers.Number("hour") is >= 0 and <= 23 and { } hour ? ((DayOfWeek)day, (int)hour) : (DayOfWeek.Monday, 8);
    }
}
