using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Calls;

/// <summary>How well a call fits a member, 0 to 1; 0 where others are sought or it is about something else.</summary>
internal static class CallFit
{
    public static double For(Call call, Member member, string language)
    {
        if (call.Roles.Count > 0 && !call.Roles.Contains(member.Role)) return 0;
        if (call.Sides.Count > 0 && !call.Sides.Contains(member.Side)) return 0;
        var shared = call.Topics.Intersect(member.Topics).Count();
        if (call.Topics.Count > 0 && shared == 0) return 0;
        var topics = call.Topics.Count == 0 ? 0.5 : (double)shared / Math.Min(call.Topics.Count, member.Topics.Count);
        // A call that names the reader's role or side was meant for such readers.
        var isMeant = (call.Roles.Count > 0 ? 0.2 : 0) + (call.Sides.Count > 0 ? 0.2 : 0);
        var used = call.Title.For(language).UsedLanguage;
        var isReadable = used == language || member.Languages.ContainsKey(used);
        return (0.6 * topics + isMeant) * (isReadable ? 1 : 0.5);
    }
}
