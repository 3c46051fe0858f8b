namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Keeps one channel under its limit. Replies go at once and use up the budget, so that bulk messages wait for them and never the
/// other way round.
/// </summary>
internal sealed class Pace(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / perSecond);
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    public void PauseUntil(DateTimeOffset until)
    {
        lock (_lock) _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
    }

    public async Task WaitAsync(Lane lane, CancellationToken ct)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_next < now) _next = now;
            var slot = lane == Lane.Reply ? now : _next;
            _next += _interval;
            wait = (_pausedUntil > slot ? _pausedUntil : slot) - now;
        }
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
    }
}
