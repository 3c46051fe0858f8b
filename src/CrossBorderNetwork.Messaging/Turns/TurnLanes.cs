using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
            var lane = (uint)string.GetHashCode(turn.Activity.SenderId, StringComparison.Ordinal) % (uint)_lanes.Length;
            _lanes[lane].Writer.TryWrite(turn);
        }
    }

    internal void Handled() => Interlocked.Decrement(ref _waiting);
}

/// <summary>Runs the lanes: the boundary at which every fault of a turn is recorded and decided.</summary>
public sealed partial class TurnWorker(TurnLanes lanes, TurnRunner runner, Inbox inbox, IEnumerable<ChannelAdapter> adapters, ILogger<TurnWorker> log) : BackgroundService
{
    /// <summary>How long after the word to stop what has come may still be handled; delivery needs the rest of the time.</summary>
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(15);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var recovered = await inbox.RecoverAsync(adapters.ToDictionary(a => a.Channel), cancellationToken);
        if (recovered > 0) LogRecovered(recovered);
        await base.StartAsync(cancellationToken);
    }

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
                await runner.RunAsync(turn, finished);
                lanes.Handled();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not handled is pending in the inbox and is taken up at the next start.
        }
    }

    [LoggerMessage(LogLevel.Information, "Taking up {Count} updates that an earlier run left unhandled")]
    private partial void LogRecovered(int count);
}
