using System.Threading.RateLimiting;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>How much one visitor may send; far above what a person types, far below what would hurt the others.</summary>
internal sealed class VisitorLimits : IDisposable
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(visitor =>
        RateLimitPartition.GetSlidingWindowLimiter(visitor, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = 20, Window = Window, SegmentsPerWindow = 5, QueueLimit = 0,
        }));

    public bool Allows(string visitor)
    {
        using var lease = _limiter.AttemptAcquire(visitor);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
