using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Calls;

/// <summary>Closes calls whose last day is over and asks their authors what came of them.</summary>
internal sealed class ExpiryJob(Database database, Interests interests, Notify notify, TimeProvider time) : IScheduledJob
{
    public string Name => "call-expiry";

    public string Schedule => "0 5 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var work = await database.BeginAsync(ct);
        foreach (var call in await work.Db.Calls.Where(c => c.Outcome == null && c.ClosesAt <= now).ToListAsync(ct))
        {
            call.Outcome = CallOutcome.Expired;
            var id = call.Id.ToString(CultureInfo.InvariantCulture);
            var interested = await work.Db.Interests.CountAsync(i => i.CallId == call.Id, ct);
            await notify.MemberAsync(work, call.AuthorId, "calls", "expired", language =>
            {
                var values = interests.Named(call, language);
                values["interested"] = interested;
                return values;
            }, id, new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(24), DueAt = Daytime(now), Key = $"call:{id}:expired" }, ct);
        }
        await work.CommitAsync(ct);
    }

    /// <summary>A day ends at night, and nobody is woken by a deadline.</summary>
    private static DateTimeOffset Daytime(DateTimeOffset now)
    {
        var morning = new DateTimeOffset(now.UtcDateTime.Date.AddHours(7), TimeSpan.Zero);
        return now < morning ? morning : now.Hour < 18 ? now : morning.AddDays(1);
    }
}
