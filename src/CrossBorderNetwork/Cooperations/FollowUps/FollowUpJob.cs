using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Cooperations;

/// <summary>
/// Asks the two of an introduction what came of it, as <see cref="FollowUpPlan"/> says. Whoever paused is asked after the pause, with the
/// question that fits then; whoever cannot be reached is not. Each question has a key of its own, so a second run asks nobody twice.
/// </summary>
internal sealed class FollowUpJob(Database database, Notify notify, TimeProvider time) : IScheduledJob
{
    private const int BatchSize = 100;

    public string Name => "follow-ups";

    public string Schedule => "0 10/30 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = database.Read();
        var begun = await db.Introductions
            .Where(i => i.State == IntroductionState.Accepted && i.AnsweredAt != null && !db.Set<FollowUp>().Any(f => f.IntroductionId == i.Id))
            .Select(i => i.Id).ToListAsync(ct);
        await InBatchesAsync(begun, BeginAsync, ct);
        var now = time.GetUtcNow();
        var due = await db.FollowUps.Where(f => f.DueAt <= now).OrderBy(f => f.DueAt).Select(f => new { f.IntroductionId, f.MemberId }).ToListAsync(ct);
        await InBatchesAsync(due, (work, f, token) => AskAsync(work, f.IntroductionId, f.MemberId, now, token), ct);
    }

    private async Task InBatchesAsync<T>(List<T> all, Func<UnitOfWork, T, CancellationToken, Task> deed, CancellationToken ct)
    {
        foreach (var batch in all.Chunk(BatchSize))
        {
            await using var work = await database.BeginAsync(ct);
            foreach (var one in batch) await deed(work, one, ct);
            await work.CommitAsync(ct);
        }
    }

    private static async Task BeginAsync(UnitOfWork work, long introductionId, CancellationToken ct)
    {
        if (await work.Db.Introductions.FindAsync([introductionId], ct) is not { State: IntroductionState.Accepted, AnsweredAt: { } shownAt } introduction) return;
        foreach (var memberId in new[] { introduction.AskerId, introduction.AskedId })
        {
            if (await work.Db.FollowUps.FindAsync([introductionId, memberId], ct) is null)
                work.Db.FollowUps.Add(new FollowUp { IntroductionId = introductionId, MemberId = memberId, DueAt = FollowUpPlan.First(shownAt) });
        }
    }

    private async Task AskAsync(UnitOfWork work, long introductionId, long memberId, DateTimeOffset now, CancellationToken ct)
    {
        // What was due may have changed since it was read.
        if (await work.Db.FollowUps.FindAsync([introductionId, memberId], ct) is not { } followUp || !(followUp.DueAt <= now)) return;
        if (await work.Db.Introductions.FindAsync([introductionId], ct) is not { AnsweredAt: { } shownAt } introduction) return;
        if (await work.Db.Members.FindAsync([memberId], ct) is not { } member) return;
        if (await work.Db.Members.FindAsync([introduction.OtherThan(memberId)], ct) is not { } other) return;
        if (member.IsPausedAt(now))
        {
            followUp.DueAt = member.PausedUntil;
            return;
        }
        if (FollowUpPlan.Fitting(shownAt, now) is not { } moment)
        {
            followUp.DueAt = null;
            return;
        }
        var message = moment is FollowUpMoment.Week or FollowUpMoment.TwoWeeks ? "met-question" : "together-question";
        var values = new JsonObject { ["name"] = other.Name, ["ago"] = FollowUpPlan.Word(moment) };
        var id = introductionId.ToString(CultureInfo.InvariantCulture);
        var isAsked = await notify.MemberAsync(work, memberId, "followup", message, _ => values, id, new Posting
        {
            Lane = Lane.Notice, Window = TimeSpan.FromHours(24),
            Key = string.Create(CultureInfo.InvariantCulture, $"follow-up:{introductionId}:{FollowUpPlan.Word(moment)}:{memberId}"),
        }, ct);
        followUp.Asked = moment;
        if (isAsked) followUp.Unanswered++;
        followUp.DueAt = FollowUpPlan.Next(followUp, shownAt);
    }
}
