using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Digests;

/// <summary>
/// Sends the digests that are due. It composes outside any write transaction and claims each member by the due instant that it
/// read, so two runs at once, a restart or a wrong clock never send twice; after a downtime it catches up within its window only.
/// </summary>
internal sealed partial class DigestJob(Database database, ComposeDigest compose, Outbox outbox, IOptions<DigestOptions> options, TimeProvider time, ILogger<DigestJob> log) : IScheduledJob
{
    private const int Batch = 100;

    /// <summary>So many at one time are spread over <see cref="Spread"/>, so that replies and reminders stay quick.</summary>
    private const int Herd = 500;

    private const string Claim = "UPDATE member SET next_digest_at = @3 WHERE id = @1 AND next_digest_at = @2";

    private const string MarkSent = "INSERT INTO digest_sent (member_id, week, at) VALUES (@1, @2, @3) ON CONFLICT DO NOTHING";

    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(15);

    /// <summary>No digest is planned further ahead, unless for the end of a pause: a clock that once was wrong has done it.</summary>
    private static readonly TimeSpan FarthestPlan = TimeSpan.FromDays(8);

    private TimeSpan Window => TimeSpan.FromHours(options.Value.WindowHours);

    public string Name => "digest";

    public string Schedule => "0 * * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = await DueAsync(now, ct);
        if (due.Count == 0) return;
        var sent = 0;
        foreach (var batch in due.Chunk(Batch))
            sent += await SendAsync(await ComposeAsync(batch, now, ct), isHerd: due.Count > Herd, ct);
        LogSent(sent, due.Count);
    }

    private async Task<List<long>> DueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = database.Read();
        return await db.Members
            .Where(m => m.NextDigestAt <= now || (m.NextDigestAt > now + FarthestPlan && (m.PausedUntil == null || m.PausedUntil <= now)))
            .OrderBy(m => m.NextDigestAt).ThenBy(m => m.Id).Select(m => m.Id).ToListAsync(ct);
    }

    private async Task<List<Plan>> ComposeAsync(long[] ids, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = database.Read();
        var members = await db.Members.AsNoTracking().Where(m => ids.Contains(m.Id) && m.NextDigestAt != null).ToListAsync(ct);
        var plans = new List<Plan>(members.Count);
        foreach (var member in members)
        {
            try
            {
                plans.Add(await ComposeAsync(member, now, db, ct));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFault(member.Id, Faults.Describe(fault));
            }
        }
        return plans;
    }

    private async Task<Plan> ComposeAsync(Member member, DateTimeOffset now, NetworkDb db, CancellationToken ct)
    {
        var due = member.NextDigestAt!.Value;
        var plan = new Plan(member.Id, due, DigestClock.Next(member, now), DigestSent.WeekOf(due, member.Zone), 0, []);
        var isInTime = due <= now && due > now - Window;
        if (!isInTime || !member.WantsDigest || member.IsPausedAt(now) || await db.ReachAsync(member.Id, ct) is not { } conversation) return plan;
        var messages = await compose.ForAsync(new DigestReader(member, conversation.Language, due), db, RichText.Empty, ct);
        return plan with { ConversationId = conversation.Id, Messages = messages };
    }

    private async Task<int> SendAsync(List<Plan> plans, bool isHerd, CancellationToken ct)
    {
        var sent = 0;
        await using var work = await database.BeginAsync(ct);
        var now = time.GetUtcNow();
        foreach (var plan in plans)
        {
            // Whoever was forgotten, withdrew or changed the hour meanwhile is not claimed.
            var claimed = work.Execute(Claim, plan.MemberId, plan.Due.ToUnixTimeMilliseconds(), plan.Next?.ToUnixTimeMilliseconds());
            if (claimed == 0 || plan.Messages.Count == 0) continue;
            if (work.Execute(MarkSent, plan.MemberId, plan.Week, now.ToUnixTimeMilliseconds()) == 0) continue;
            var leaves = isHerd ? now + Jitter(plan.MemberId) : now;
            var posting = new Posting { Lane = Lane.Bulk, Window = plan.Due + Window - leaves, Source = "digest", DueAt = leaves };
            foreach (var (i, message) in plan.Messages.Index())
                outbox.Post(work, plan.ConversationId, message, posting with { Key = $"digest:{plan.MemberId}:{plan.Week}" + (i == 0 ? "" : $":{i + 1}") });
            sent++;
        }
        await work.CommitAsync(ct);
        return sent;
    }

    /// <summary>The member's own place in the spread, the same each week.</summary>
    private static TimeSpan Jitter(long memberId) => Spread * ((uint)(memberId * 2654435761L) / (uint.MaxValue + 1.0));

    [LoggerMessage(LogLevel.Information, "Sent {Sent} digests of {Due} due")]
    private partial void LogSent(int sent, int due);

    [LoggerMessage(LogLevel.Error, "The digest of member {MemberId} failed and is tried again: {Fault}")]
    private partial void LogFault(long memberId, string fault);

    /// <summary>What becomes of one member: the next due instant, and the messages of this one if there are any.</summary>
    private sealed record Plan(long MemberId, DateTimeOffset Due, DateTimeOffset? Next, string Week, long ConversationId, IReadOnlyList<Message> Messages);
}
