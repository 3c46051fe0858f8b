using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Messaging;

/// <summary>How much waits, for those who watch the service: counts and instants only.</summary>
/// <param name="InboxPending">Updates that wait for their turn.</param>
/// <param name="InboxOldest">When the oldest of them came.</param>
/// <param name="InboxParked">Updates of the last two days that could not be read or handled.</param>
/// <param name="OutboxPending">Messages that wait or are on the wire, those for later included.</param>
/// <param name="OutboxOldest">When the oldest of them was due.</param>
/// <param name="OutboxInDoubt">Messages of which nobody knows whether they arrived.</param>
/// <param name="ShutOut">Channels that let nothing out until somebody mends it, such as for a token that was revoked.</param>
public sealed record Backlog(
    int InboxPending, DateTimeOffset? InboxOldest, int InboxParked, int OutboxPending, DateTimeOffset? OutboxOldest, int OutboxInDoubt, IReadOnlyList<string> ShutOut)
{
    public static async Task<Backlog> ReadAsync(NetworkDb db, CancellationToken ct)
    {
        var inbox = db.Set<InboxEntry>();
        var coming = inbox.Where(entry => entry.State == InboxState.Pending);
        // Asked apart, because each state has an index of its own.
        var waiting = db.Outbox.Where(entry => entry.State == OutboxState.Pending);
        var sending = db.Outbox.Where(entry => entry.State == OutboxState.Sending);
        var oldest = new[] { await waiting.MinAsync(entry => (DateTimeOffset?)entry.DueAt, ct), await sending.MinAsync(entry => (DateTimeOffset?)entry.DueAt, ct) };
        return new Backlog(
            await coming.CountAsync(ct),
            await coming.MinAsync(entry => (DateTimeOffset?)entry.ReceivedAt, ct),
            await inbox.CountAsync(entry => entry.State == InboxState.Parked, ct),
            await waiting.CountAsync(ct) + await sending.CountAsync(ct),
            oldest.Min(),
            await db.Outbox.CountAsync(entry => entry.State == OutboxState.InDoubt, ct),
            await db.Set<ChannelPace>().Where(pace => pace.ShutOut != null).Select(pace => pace.Channel).ToListAsync(ct));
    }

    /// <summary>How long the oldest update has waited.</summary>
    public TimeSpan InboxAge(DateTimeOffset now) => Age(InboxOldest, now);

    /// <summary>For how long the oldest message has been due.</summary>
    public TimeSpan OutboxAge(DateTimeOffset now) => Age(OutboxOldest, now);

    private static TimeSpan Age(DateTimeOffset? since, DateTimeOffset now) => since is { } instant && instant < now ? now - instant : TimeSpan.Zero;
}
