using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>Before a person is erased: whoever waits for that person's answer learns that none will come, and no more.</summary>
internal sealed class LeaveIntroductions(IntroductionNotices notices)
{
    public async Task RunAsync(UnitOfWork work, long personId, CancellationToken ct)
    {
        foreach (var introduction in await work.Db.Introductions.Where(introduction => introduction.AskedId == personId).ToListAsync(ct))
        {
            if (introduction.IsOpen) await notices.EndedAsync(work, introduction, "lapsed", ct);
        }
    }
}
