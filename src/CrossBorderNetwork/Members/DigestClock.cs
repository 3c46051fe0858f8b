namespace CrossBorderNetwork.Members;

/// <summary>When a weekly digest is due: the member's own day and hour by the clock on the wall, summer and winter.</summary>
public static class DigestClock
{
    /// <summary>The first such hour after <paramref name="after"/>, in UTC. An hour that the clock leaps over comes as the leap ends.</summary>
    public static DateTimeOffset Next(DayOfWeek day, int hour, string zone, DateTimeOffset after)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var today = TimeZoneInfo.ConvertTime(after, place).Date;
        var date = today.AddDays(((int)day - (int)today.DayOfWeek + 7) % 7);
        var next = Instant(date.AddHours(hour), place);
        return next > after ? next : Instant(date.AddDays(7).AddHours(hour), place);
    }

    /// <summary>When the member's next digest is due: not while paused, null for one who wants none.</summary>
    public static DateTimeOffset? Next(Member member, DateTimeOffset after) => member.WantsDigest
        ? Next(member.DigestDay, member.DigestHour, member.Zone, member.PausedUntil is { } until && until > after ? until : after)
        : null;

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo place)
    {
        while (place.IsInvalidTime(local)) local = local.AddMinutes(15);
        // Of an hour that the clock strikes twice, the first is meant: the one with the larger offset.
        var offset = place.IsAmbiguousTime(local) ? place.GetAmbiguousTimeOffsets(local).Max() : place.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
