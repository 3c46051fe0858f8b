using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Scheduling;

namespace CrossBorderNetwork.Server.Demo;

/// <summary>Sets the demonstration's clock to the next Monday, 08:00 in Poland (09:00 in Lithuania), and lets the jobs do what is due then.</summary>
internal sealed class LetMondayCome(Database database, DemoClock clock, JobRunner jobs)
{
    /// <returns>False where this is no demonstration.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using (var work = await database.BeginAsync(ct))
        {
            if (await work.Db.KindAsync(ct) != NetworkKind.Demo) return false;
            var now = clock.GetUtcNow();
            clock.SetForward(clock.Offset + (DigestClock.Next(DayOfWeek.Monday, 8, "Europe/Warsaw", now) - now));
            var offset = clock.Offset.ToString("c", CultureInfo.InvariantCulture);
            if (await work.Db.State.FindAsync([NetworkState.ClockOffset], ct) is { } state) state.Value = offset;
            else work.Db.State.Add(new NetworkState { Key = NetworkState.ClockOffset, Value = offset });
            await work.CommitAsync(ct);
        }
        await jobs.RunAllAsync(ct);
        return true;
    }
}
