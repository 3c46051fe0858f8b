using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Digests;

/// <summary>Sets a member's day and hour, and says when the next digest comes.</summary>
internal static class PlanDigest
{
    public static async Task ChangeAsync(NetworkDb db, Member member, DayOfWeek day, int hour, DateTimeOffset now, CancellationToken ct)
    {
        member.DigestDay = day;
        member.DigestHour = hour;
        var next = Next(member, now);
        // Whoever had this week's digest already and chooses a later day gets the next one next week.
        if (next is { } first && await db.DigestsSent.AnyAsync(sent => sent.MemberId == member.Id && sent.Week == DigestSent.WeekOf(first, member.Zone), ct))
            next = Next(member, first);
        member.NextDigestAt = next;
    }

    /// <summary>The first due instant after another and after the pause; null for a member who wants none.</summary>
    public static DateTimeOffset? Next(Member member, DateTimeOffset after) => member.WantsDigest
        ? DigestClock.Next(member.DigestDay, member.DigestHour, member.Zone, member.PausedUntil is { } until && until > after ? until : after)
        : null;
}
