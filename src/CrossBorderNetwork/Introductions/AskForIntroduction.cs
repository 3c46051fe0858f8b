using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Introductions;

internal enum Asking
{
    /// <summary>The other person is asked now (or, of <see cref="AskForIntroduction.CheckAsync"/>: may be asked).</summary>
    Asked,

    /// <summary>The other one had asked the same: both said yes.</summary>
    Mutual,

    /// <summary>The two were introduced or asked before.</summary>
    MetBefore,

    TooMany,

    /// <summary>One of the two is paused, gone, hidden, out of reach or set aside; which one is told to nobody.</summary>
    NotNow,
}

/// <summary>Asks a member across the border on behalf of another whether they may be introduced. Asking is the asker's yes.</summary>
internal sealed class AskForIntroduction(PartnerSearch search, AnswerIntroduction answer, IntroductionNotices notices, TimeProvider time)
{
    public const int MostOpen = 3;

    /// <summary>What asking would come to now; changes nothing.</summary>
    public async Task<Asking> CheckAsync(NetworkDb db, Member asker, long otherId, CancellationToken ct)
    {
        var pair = Introduction.PairOf(asker.Id, otherId);
        if (await db.Introductions.FirstOrDefaultAsync(introduction => introduction.Pair == pair, ct) is { } known)
            return known.YesBy is not null && known.WaitsFor(asker.Id) ? Asking.Mutual : Asking.MetBefore;
        if (await search.MayMeetAsync(db, asker, otherId, ct) is null) return Asking.NotNow;
        return await db.OpenIntroductions.CountAsync(introduction => introduction.AskerId == asker.Id && introduction.RoundId == null, ct) >= MostOpen ? Asking.TooMany : Asking.Asked;
    }

    /// <summary>Asks. Who presses twice, or at the same time as the other, makes one introduction: the pair is unique in the database.</summary>
    /// <param name="work">The transaction.</param>
    /// <param name="asker">Who wants to be introduced.</param>
    /// <param name="otherId">To whom.</param>
    /// <param name="line">A line for the other, as written, or null.</param>
    /// <param name="language">Language in which the asker uses the network.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task<(Asking Outcome, Introduction? Introduction)> RunAsync(
        UnitOfWork work, Member asker, long otherId, string? line, string language, CancellationToken ct)
    {
        var outcome = await CheckAsync(work.Db, asker, otherId, ct);
        var pair = Introduction.PairOf(asker.Id, otherId);
        if (outcome == Asking.Mutual)
        {
            var theirs = await work.Db.Introductions.SingleAsync(introduction => introduction.Pair == pair, ct);
            return await answer.AcceptAsync(work, theirs.Id, asker.Id, ct) == Answering.Done ? (Asking.Mutual, theirs) : (Asking.NotNow, null);
        }
        if (outcome != Asking.Asked) return (outcome, null);
        var conversation = await search.MayMeetAsync(work.Db, asker, otherId, ct);
        var now = time.GetUtcNow();
        var introduction = new Introduction
        {
            AskerId = asker.Id,
            AskedId = otherId,
            YesBy = asker.Id,
            Pair = pair,
            Line = string.IsNullOrWhiteSpace(line) ? null : line,
            LineLanguage = language,
            SharedLanguage = conversation?.Language,
            AskedAt = now,
            DueAt = now + Introduction.Patience,
        };
        work.Db.Introductions.Add(introduction);
        if (await work.Db.Members.FindAsync([otherId], ct) is { } other) other.TimesFound++;
        await work.SaveAsync(ct);
        await notices.AskAsync(work, introduction, otherId, "asked", ct);
        return (Asking.Asked, introduction);
    }
}
