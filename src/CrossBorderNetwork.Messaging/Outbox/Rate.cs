namespace CrossBorderNetwork.Messaging;

/// <summary>
/// So many at once, then one an interval (the generic cell rate algorithm). Its whole state is one instant, "ready at", so that it
/// can be kept in a row: from then on the next may leave.
/// </summary>
public readonly record struct Rate(TimeSpan Interval, int Burst)
{
    /// <summary>Nothing waits longer for its rate: a later instant was written by a clock that has been set back since.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromMinutes(10);

    private TimeSpan Tolerance => Interval * (Burst - 1);

    /// <summary>The bulk's pace: what a look came too late for is made up for within a quarter of a second.</summary>
    public static Rate Overall(int perSecond) => new(TimeSpan.FromSeconds(1.0 / perSecond), Math.Max(1, perSecond / 4));

    /// <summary>The pace of replies; a crowd that presses at once is answered at once up to half a second's worth.</summary>
    public static Rate Replies(int perSecond) => new(TimeSpan.FromSeconds(1.0 / perSecond), Math.Max(1, perSecond / 2));

    public static Rate Chat(double perSecond, int burst) => new(TimeSpan.FromSeconds(1 / perSecond), burst);

    /// <summary>A quarter at once and the rest evenly: never more than <paramref name="perMinute"/> within any minute.</summary>
    public static Rate Group(int perMinute)
    {
        var burst = Math.Max(1, perMinute / 4);
        return new Rate(TimeSpan.FromMinutes(1.0 / Math.Max(1, perMinute - burst)), burst);
    }

    /// <summary>How many may leave at once.</summary>
    public int Available(DateTimeOffset readyAt, DateTimeOffset now)
    {
        var ready = Sane(readyAt, now);
        return ready > now ? 0 : (int)Math.Min(Burst, ((now - ready) / Interval) + 1);
    }

    /// <summary>When the next may leave after <paramref name="count"/> more have left as early as they may.</summary>
    public DateTimeOffset After(DateTimeOffset readyAt, DateTimeOffset now, int count = 1)
    {
        var (ready, earliest) = (Sane(readyAt, now), now - Tolerance);
        return (ready > earliest ? ready : earliest) + (Interval * count);
    }

    private static DateTimeOffset Sane(DateTimeOffset readyAt, DateTimeOffset now) => readyAt > now + Farthest ? DateTimeOffset.UnixEpoch : readyAt;
}
