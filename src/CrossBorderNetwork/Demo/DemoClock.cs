namespace CrossBorderNetwork.Demo;

/// <summary>
/// The service's clock. In a real network it is the system's; in a demonstration it can be set forward, so that "Monday 08:00"
/// comes at the press of a button. It is never set back.
/// </summary>
public sealed class DemoClock : TimeProvider
{
    private long _offsetTicks;

    public TimeSpan Offset => new(Volatile.Read(ref _offsetTicks));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public void SetForward(TimeSpan offset)
    {
        if (offset > Offset) Volatile.Write(ref _offsetTicks, offset.Ticks);
    }
}
