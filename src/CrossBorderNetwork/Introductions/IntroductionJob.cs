using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Scheduling;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>
/// Moves introductions on when time has passed: reminder, the question put off, lapse, the next interpreter. Whatever is due carries its
/// instant; each is moved in a transaction of its own, so a second run finds nothing left to do.
/// </summary>
internal sealed class IntroductionJob(Database database, IntroductionNotices notices, FindInterpreter interpreter, PartnerPool pool, TimeProvider time) : IScheduledJob
{
    public string Name => "introductions";

    public string Schedule => "0 0/5 * * * ?";

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = database.Read();
        var due = await db.Introductions.Where(introduction => introduction.DueAt <= now).OrderBy(introduction => introduction.DueAt)
            .Select(introduction => introduction.Id).ToListAsync(ct);
        foreach (var id in due)
        {
            await using var work = await database.BeginAsync(ct);
            if (await work.Db.Introductions.FindAsync([id], ct) is not { } introduction || !(introduction.DueAt <= now)) continue;
            await MoveOnAsync(work, introduction, now, ct);
            await work.CommitAsync(ct);
        }
        var unanswered = await db.Interpretings.Where(interpreting => interpreting.DueAt <= now)
            .Select(interpreting => new { interpreting.IntroductionId, interpreting.MemberId }).ToListAsync(ct);
        foreach (var asked in unanswered)
        {
            await using var work = await database.BeginAsync(ct);
            await interpreter.AnswerAsync(work, asked.IntroductionId, asked.MemberId, agrees: false, ct);
            await work.CommitAsync(ct);
        }
    }

    private async Task MoveOnAsync(UnitOfWork work, Introduction introduction, DateTimeOffset now, CancellationToken ct)
    {
        switch (introduction.State)
        {
            case IntroductionState.Asked or IntroductionState.Postponed:
                introduction.State = IntroductionState.Reminded;
                introduction.DueAt = now + introduction.LastCall;
                // Whoever paused, or left the other waiting by leaving, is not reminded; the question lapses by itself.
                if (!await pool.IsPresentAsync(work.Db, introduction.AskedId, ct) || !await pool.IsPresentAsync(work.Db, introduction.AskerId, ct)) break;
                foreach (var memberId in new[] { introduction.AskerId, introduction.AskedId }.Where(introduction.WaitsFor))
                    await notices.AskAsync(work, introduction, memberId, introduction.PostponedBy == memberId ? "asked-again" : "reminder", ct);
                break;
            case IntroductionState.Reminded:
                introduction.State = IntroductionState.Lapsed;
                introduction.DueAt = null;
                if (introduction.YesBy is { } waiting) await notices.EndedAsync(work, introduction, waiting, "lapsed", ct);
                break;
            default:
                introduction.DueAt = null;
                break;
        }
    }
}
