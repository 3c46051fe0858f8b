using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>Before a person is erased: whoever waits for that person's answer learns that none will come, and no more.</summary>
internal sealed class LeaveIntroductions(IntroductionNotices notices)
{
    public async Task RunAsync(UnitOfWork work, long personId, CancellationToken ct)
    {
        foreach (var introduction in await work.Db.OpenIntroductions.Where(introduction => introduction.AskerId == personId || introduction.AskedId == personId).ToListAsync(ct))
        {
            if (introduction.YesBy is { } waiting && waiting != personId) await notices.EndedAsync(work, introduction, waiting, "lapsed", ct);
        }
    }
}
