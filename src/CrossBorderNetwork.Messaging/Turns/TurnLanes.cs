using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Messaging;

/// <summary>An update that is durable and waits for its turn.</summary>
/// <param name="InboxId">Its row in the inbox.</param>
/// <param name="Activity">What a person did.</param>
/// <param name="Attempts">How often it was begun to be handled, this time included unless <see cref="IsRecovered"/>.</param>
public sealed record PendingTurn(long InboxId, Activity Activity, int Attempts)
{
    /// <summary>An earlier process left it, and perhaps died of it.</summary>
    public bool IsRecovered { get; init; }

    /// <summary>It came too fast: the person is told, and it is not handled.</summary>
    public bool IsFlood { get; init; }
}

/// <summary>
/// Gives each person one lane: what one person does is handled in order, message or press alike, different people side by side.
/// The number of lanes is fixed, a person always falls into the same one.
/// </summary>
public sealed class TurnLanes(IOptions<InboxOptions> options)
{
    internal const int MaxAttempts = 3;

    private readonly Channel<PendingTurn>[] _lanes = [.. Enumerable.Range(0, 8).Select(_ => Channel.CreateUnbounded<PendingTurn>(new UnboundedChannelOptions { SingleReader = true }))];
    private int _waiting;

    /// <summary>True when no more updates should be accepted: the channel keeps them meanwhile.</summary>
    public bool IsFull => Volatile.Read(ref _waiting) >= options.Value.MostWaiting;

    internal IReadOnlyList<ChannelReader<PendingTurn>> Readers => [.. _lanes.Select(lane => lane.Reader)];

    internal void Add(IReadOnlyList<PendingTurn> turns)
    {
        foreach (var turn in turns)
        {
            Interlocked.Increment(ref _waiting);
            _lanes[LaneOf(turn.Activity.SenderId) % _lanes.Length].Writer.TryWrite(turn);
        }
    }

    /// <summary>
    /// The same on every server and after every restart, and too small a number to know a person by; two who share one only wait for
    /// each other. (FNV-1a, folded to 16 bits.)
    /// </summary>
    internal static int LaneOf(string senderId)
    {
        var hash = 2166136261;
        foreach (var sign in senderId) hash = (hash ^ sign) * 16777619;
        return (int)((hash >> 16) ^ (hash & 0xFFFF));
    }

    internal void Handled() => Interlocked.Decrement(ref _waiting);
}

/// <summary>Runs the lanes: the boundary at which every fault of a turn is recorded and decided.</summary>
public sealed class TurnWorker(TurnLanes lanes, TurnRunner runner) : BackgroundService
{
    /// <summary>How long after the word to stop what has come may still be handled; delivery needs the rest of the time.</summary>
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var finished = new CancellationTokenSource();
        await using var finishing = stoppingToken.Register(() => finished.CancelAfter(Finishing));
        await Task.WhenAll(lanes.Readers.Select(lane => Task.Run(() => RunLaneAsync(lane, stoppingToken, finished.Token), CancellationToken.None)));
    }

    private async Task RunLaneAsync(ChannelReader<PendingTurn> lane, CancellationToken stopping, CancellationToken finished)
    {
        try
        {
            // At the word to stop what is in the lane already is handled still; only the wait for more is broken off.
            await foreach (var turn in lane.ReadAllAsync(stopping))
            {
                if (!await runner.RunAsync(turn, finished)) _ = AgainAsync(turn, stopping);
                lanes.Handled();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not handled is pending in the inbox and is taken up at the next start.
        }
    }

    /// <summary>Another server still has something earlier of the same person: soon it is handled, or taken over.</summary>
    private async Task AgainAsync(PendingTurn turn, CancellationToken stopping)
    {
        await Task.Delay(Pause, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lanes.Add([turn]);
    }
}
