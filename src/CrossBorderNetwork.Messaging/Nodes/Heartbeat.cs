using CrossBorderNetwork.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Keeps the lease of this server, and takes over what servers whose lease has lapsed had taken on: updates are handled here,
/// messages that may have been on the wire are sent once more or stay in doubt. A server on its own database does it once, at its
/// start, for what the run before has left.
/// </summary>
internal sealed partial class Heartbeat(Database database, Node node, Inbox inbox, OutboxRows outbox, DeliverySignal signal, IEnumerable<ChannelAdapter> adapters, ILogger<Heartbeat> log)
    : BackgroundService
{
    private const string Living = "SELECT id FROM node";

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly string _enter = $"INSERT INTO node (until) VALUES ({database.Clock} + @1) RETURNING id";
    private readonly string _renew = $"UPDATE node SET until = {database.Clock} + @2 WHERE id = @1";
    private readonly string _lapse = $"DELETE FROM node WHERE until < {database.Clock}";
    private readonly Dictionary<string, ChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Channel);
    private long _heldSince;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (database.IsShared) await LeaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await BeatAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Without the database the lease lapses by itself, and nothing leaves any more.
                LogMissed(Faults.Describe(fault));
            }
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        var askedAt = node.Timestamp();
        await using var work = await database.BeginMovingAsync(ct);
        var (id, isNew) = (node.Id, false);
        if (id == 0 || work.Execute(_renew, id, (long)Node.Lease.TotalMilliseconds) == 0)
        {
            if (id != 0) LogLapsed();
            if (!database.IsShared) work.Execute("DELETE FROM node");
            (id, isNew) = ((long)work.Scalar(_enter, (long)Node.Lease.TotalMilliseconds)!, true);
        }
        if (isNew || !node.Holds(id)) _heldSince = askedAt;
        // Who has not seen the database for a while cannot tell who else has lapsed: after its return everybody gets time to come back.
        if (TimeProvider.System.GetElapsedTime(_heldSince, askedAt) > Node.Lease) work.Execute(_lapse);
        var leads = work.Scalar("SELECT min(id) FROM node") is long first && first == id;
        // Known to the node before a turn that is taken over can begin.
        work.AfterCommit(() => node.Renewed(id, leads, askedAt));
        var updates = inbox.TakeOver(work, id, Living, _adapters);
        var (again, inDoubt) = outbox.TakeOver(work, Living);
        await work.CommitAsync(ct);
        if (again > 0) signal.Wake();
        if (updates + again + inDoubt > 0) LogTakenOver(updates, again, inDoubt);
    }

    /// <summary>What is left at the end of a stop, the others need not wait for.</summary>
    private async Task LeaveAsync(CancellationToken ct)
    {
        try
        {
            await using var work = await database.BeginMovingAsync(ct);
            work.Execute("DELETE FROM node WHERE id = @1", node.Id);
            await work.CommitAsync(ct);
        }
        catch (Exception fault)
        {
            LogMissed(Faults.Describe(fault));
        }
    }

    [LoggerMessage(LogLevel.Information, "Taken over from a server that is gone: {Updates} updates to handle, {Again} messages to send again, {InDoubt} that stay in doubt")]
    private partial void LogTakenOver(int updates, int again, int inDoubt);

    [LoggerMessage(LogLevel.Warning, "This server was silent for so long that others have taken over; it begins anew")]
    private partial void LogLapsed();

    [LoggerMessage(LogLevel.Error, "The database is away; nothing is handled or sent: {Fault}")]
    private partial void LogMissed(string fault);
}
