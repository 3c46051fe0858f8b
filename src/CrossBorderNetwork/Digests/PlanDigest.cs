using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Digests;

/// <summary>Sets a member's day and hour.</summary>
internal static class PlanDigest
{
    public static async Task ChangeAsync(NetworkDb db, Member member, DayOfWeek day, int hour, DateTimeOffset now, CancellationToken ct)
    {
        member.DigestDay = day;
        member.DigestHour = hour;
        var next = DigestClock.Next(member, now);
        // Whoever had this week's digest already and chooses a later day gets the next one next week.
        if (next is { } first && await db.DigestsSent.AnyAsync(sent => sent.MemberId == member.Id && sent.Week == DigestSent.WeekOf(first, member.Zone), ct))
            next = DigestClock.Next(member, first);
        member.NextDigestAt = next;
    }
}
