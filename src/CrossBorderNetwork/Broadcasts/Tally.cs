using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>What became of the messages of a broadcast. The parts add up to its readers.</summary>
/// <param name="Delivered">Taken by the channel.</param>
/// <param name="Waiting">Not sent yet, or on the wire.</param>
/// <param name="Failed">Refused by the channel.</param>
/// <param name="Late">Not sent within its window.</param>
/// <param name="InDoubt">May or may not have arrived.</param>
/// <param name="Unreachable">To people who blocked the bot or are gone.</param>
/// <param name="Cancelled">Stopped before they were sent.</param>
public sealed record Tally(int Delivered, int Waiting, int Failed, int Late, int InDoubt, int Unreachable, int Cancelled)
{
    public static Tally Zero { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public int Total => Delivered + Waiting + Missed + Cancelled;

    /// <summary>What did not arrive, or perhaps not, though nobody stopped it.</summary>
    public int Missed => Failed + Late + InDoubt + Unreachable;

    /// <summary>What needs no more sending.</summary>
    public int Done => Total - Waiting;

    /// <summary>Counts the outbox; what has ended is remembered, for its rows are deleted in time.</summary>
    public static async Task<Tally> OfAsync(NetworkDb db, Broadcast broadcast, CancellationToken ct)
    {
        if (broadcast.State == BroadcastState.Ended) return broadcast.Result;
        var counts = await Outbox.CountsAsync(db, broadcast.Source, ct);
        return new Tally(
            counts.Delivered, counts.Waiting + counts.Sending, counts.Failed, counts.Expired, counts.InDoubt, counts.Unreachable, counts.Cancelled);
    }
}

/// <summary>Where and how the author sees an announcement going.</summary>
/// <param name="MessageId">Outbox id of the message that is edited; 0 before there is one.</param>
/// <param name="At">When it was shown last.</param>
/// <param name="Done">What was done then.</param>
public sealed record ShownProgress(long MessageId, DateTimeOffset At, int Done)
{
    public static ShownProgress None { get; } = new(0, DateTimeOffset.UnixEpoch, 0);
}
