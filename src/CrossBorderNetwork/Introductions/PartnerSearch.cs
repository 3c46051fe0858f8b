using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

/// <summary>Whom a search found, or why nobody: each reason asks for another remedy.</summary>
internal abstract record Found
{
    public sealed record Partner(long Id) : Found;

    /// <summary>The seeker did not agree to be found, and so finds nobody.</summary>
    public sealed record SeekerHidden : Found;

    public sealed record SeekerPaused : Found;

    public sealed record NobodyYet : Found;

    public sealed record NoLanguage : Found;

    /// <summary>Everybody who fits was met, asked or set aside.</summary>
    public sealed record NobodyLeft : Found;

    public sealed record AllSeen : Found;
}

/// <summary>Finds partners across the border for one member, leaving out whom the two of them must not be shown.</summary>
internal sealed class PartnerSearch(PartnerPool pool, TimeProvider time)
{
    /// <summary>The best partner that the member was not shown in this conversation.</summary>
    public async Task<Found> NextAsync(NetworkDb db, Member seeker, IReadOnlyCollection<long> seen, CancellationToken ct)
    {
        if (!seeker.MayBeFound) return new Found.SeekerHidden();
        if (seeker.IsPausedAt(time.GetUtcNow())) return new Found.SeekerPaused();
        var barred = await BarredAsync(db, seeker.Id, ct);
        if (await BestAsync(db, seeker, [.. barred, .. seen], ct) is { } partner) return new Found.Partner(partner);
        if (seen.Count > 0) return new Found.AllSeen();
        if (barred.Count > 0 && await BestAsync(db, seeker, [], ct) is not null) return new Found.NobodyLeft();
        var now = time.GetUtcNow();
        var isAnybodyThere = await db.Members.AnyAsync(
            member => member.Side != seeker.Side && member.MayBeFound && (member.PausedUntil == null || member.PausedUntil <= now), ct);
        return isAnybodyThere ? new Found.NoLanguage() : new Found.NobodyYet();
    }

    /// <summary>The best partners of a member, for proposing one unasked.</summary>
    public async Task<IReadOnlyList<long>> TopAsync(NetworkDb db, long memberId, int count, CancellationToken ct) =>
        await pool.TopAsync(db, memberId, count, await BarredAsync(db, memberId, ct), ct);

    /// <summary>How the two would talk, if they may be introduced at this moment; otherwise null.</summary>
    public async Task<Conversation?> MayMeetAsync(NetworkDb db, Member seeker, long otherId, CancellationToken ct)
    {
        if (!seeker.MayBeFound || seeker.IsPausedAt(time.GetUtcNow()) || !await pool.IsPresentAsync(db, otherId, ct)) return null;
        if ((await BarredAsync(db, seeker.Id, ct)).Contains(otherId)) return null;
        return await pool.AssessAsync(seeker.Id, otherId, ct) is { Feasible: true } assessment ? assessment.Conversation : null;
    }

    private async Task<long?> BestAsync(NetworkDb db, Member seeker, HashSet<long> excluded, CancellationToken ct) =>
        await pool.TopAsync(db, seeker.Id, 1, excluded, ct) is [var best] ? best : null;

    /// <summary>Whom the member met, asked or was proposed, and who is set aside by one of the two.</summary>
    public async Task<HashSet<long>> BarredAsync(NetworkDb db, long memberId, CancellationToken ct)
    {
        var barred = await db.SetAsideFor(memberId, time.GetUtcNow()).ToListAsync(ct);
        var met = await db.Introductions.Where(introduction => introduction.AskerId == memberId || introduction.AskedId == memberId)
            .Select(introduction => introduction.AskerId == memberId ? introduction.AskedId : introduction.AskerId).ToListAsync(ct);
        return [.. barred, .. met];
    }
}
