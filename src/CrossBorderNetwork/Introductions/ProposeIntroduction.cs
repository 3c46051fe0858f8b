using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Introductions;

/// <summary>Proposes two members to each other on behalf of a round: both are asked, and the contacts are shown when both said yes.</summary>
internal sealed class ProposeIntroduction(PartnerPool pool, PartnerSearch search, IntroductionNotices notices, TimeProvider time)
{
    /// <summary>Makes the introduction, once: a pair is unique in the database.</summary>
    /// <returns>False where the two cannot be introduced any more: one has paused, left or set the other aside, or they met meanwhile.</returns>
    public async Task<bool> RunAsync(UnitOfWork work, long roundId, long lithuanianId, long polishId, CancellationToken ct)
    {
        var (db, now) = (work.Db, time.GetUtcNow());
        if (await db.Members.FindAsync([lithuanianId], ct) is not { } lithuanian || await db.Members.FindAsync([polishId], ct) is not { } polish) return false;
        if (lithuanian.RoundCapacityAt(now) == 0 || polish.RoundCapacityAt(now) == 0 || !await pool.IsPresentAsync(db, lithuanianId, ct)) return false;
        if (await search.MayMeetAsync(db, lithuanian, polishId, ct) is not { } conversation) return false;
        var introduction = new Introduction
        {
            AskerId = lithuanianId,
            AskedId = polishId,
            RoundId = roundId,
            Pair = Introduction.PairOf(lithuanianId, polishId),
            LineLanguage = "",
            SharedLanguage = conversation.Language,
            AskedAt = now,
            DueAt = now + Introduction.RoundsPatience,
        };
        db.Introductions.Add(introduction);
        lithuanian.TimesFound++;
        polish.TimesFound++;
        await work.SaveAsync(ct);
        await notices.AskAsync(work, introduction, lithuanianId, "proposed", ct);
        await notices.AskAsync(work, introduction, polishId, "proposed", ct);
        return true;
    }
}
