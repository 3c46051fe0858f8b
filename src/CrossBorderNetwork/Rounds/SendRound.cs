using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Rounds;

/// <summary>
/// Tells everybody of an approved round: the pairs their introduction, the others why they have none. Some at a time, each batch in
/// a transaction that also marks it done, so that whoever goes on after a crash tells nobody twice and misses nobody.
/// </summary>
internal sealed class SendRound(Database database, ProposeIntroduction propose, PartnerPool pool, RoundNotices notices, TimeProvider time)
{
    private const int Batch = 20;

    public async Task RunAsync(long roundId, CancellationToken ct)
    {
        while (await PairsAsync(roundId, ct)) { }
        while (await LeftOutAsync(roundId, ct)) { }
        await using var work = await database.BeginAsync(ct);
        if (await ReviewedAsync(work.Db, roundId, ct) is not { } round) return;
        (round.State, round.SentAt) = (RoundState.Sent, time.GetUtcNow());
        await notices.CoordinatorsAsync(work, round, "sent", ct);
        await work.CommitAsync(ct);
    }

    /// <returns>False once there is nothing left to do.</returns>
    private async Task<bool> PairsAsync(long roundId, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        if (await ReviewedAsync(work.Db, roundId, ct) is null) return false;
        var pairs = await work.Db.RoundPairs.Where(pair => pair.RoundId == roundId && !pair.IsDone).OrderBy(pair => pair.Id).Take(Batch).ToListAsync(ct);
        foreach (var pair in pairs)
        {
            // Where something has changed since the search, the two are left to those who are matched again.
            await propose.RunAsync(work, roundId, pair.LithuanianId, pair.PolishId, ct);
            pair.IsDone = true;
        }
        await work.CommitAsync(ct);
        return pairs.Count > 0;
    }

    private async Task<bool> LeftOutAsync(long roundId, CancellationToken ct)
    {
        await using var work = await database.BeginAsync(ct);
        var db = work.Db;
        if (await ReviewedAsync(db, roundId, ct) is not { } round) return false;
        var introductions = db.Introductions.Where(introduction => introduction.RoundId == roundId);
        var seats = await db.RoundSeats
            .Where(seat => seat.RoundId == roundId && !seat.WasTold
                && !introductions.Any(introduction => introduction.AskerId == seat.MemberId || introduction.AskedId == seat.MemberId))
            .OrderBy(seat => seat.MemberId).Take(Batch).ToListAsync(ct);
        foreach (var seat in seats)
        {
            seat.LeftOut ??= LeftOutReason.NobodyFree;
            seat.WasTold = true;
            if (await db.Members.FindAsync([seat.MemberId], ct) is not { } member || !await pool.IsPresentAsync(db, member.Id, ct)) continue;
            var asksForTranslator = seat.LeftOut != LeftOutReason.NobodyFree && !member.AcceptsTranslator && member.TranslatorAskedAt is null;
            if (asksForTranslator) member.TranslatorAskedAt = time.GetUtcNow();
            await notices.LeftOutAsync(work, round, seat, asksForTranslator, ct);
        }
        await work.CommitAsync(ct);
        return seats.Count > 0;
    }

    private static Task<Round?> ReviewedAsync(NetworkDb db, long roundId, CancellationToken ct) =>
        db.Rounds.FirstOrDefaultAsync(round => round.Id == roundId && round.State == RoundState.Reviewed, ct);
}
