using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Introductions;

internal enum Answering
{
    Done,

    /// <summary>Both said yes before.</summary>
    AcceptedBefore,

    DeclinedBefore,

    /// <summary>It lapsed before there was an answer.</summary>
    Lapsed,

    /// <summary>"Later" was taken before; only yes or no is left.</summary>
    PostponedBefore,

    /// <summary>The asker is paused, gone or out of reach at this moment.</summary>
    NotNow,

    /// <summary>There is no such introduction, or it is not this member's to answer.</summary>
    Gone,
}

/// <summary>The asked member's yes, later or no. A second press changes nothing and says what holds.</summary>
internal sealed class AnswerIntroduction(PartnerPool pool, IntroductionNotices notices, FindInterpreter interpreter, TimeProvider time)
{
    public async Task<Answering> AcceptAsync(UnitOfWork work, long introductionId, long memberId, CancellationToken ct)
    {
        var (introduction, state) = await FindOpenAsync(work.Db, introductionId, memberId, ct);
        if (introduction is null) return state;
        if (await work.Db.Members.FindAsync([introduction.AskerId], ct) is not { } asker || !await pool.IsPresentAsync(work.Db, asker.Id, ct)) return Answering.NotNow;
        introduction.State = IntroductionState.Accepted;
        introduction.AnsweredAt = time.GetUtcNow();
        introduction.DueAt = null;
        asker.TimesFound++;
        await notices.AcceptedAsync(work, introduction, introduction.AskerId, ct);
        if (introduction.SharedLanguage is null) await interpreter.AskNextAsync(work, introduction, ct);
        return Answering.Done;
    }

    /// <summary>Puts the question off, once.</summary>
    public async Task<Answering> PostponeAsync(UnitOfWork work, long introductionId, long memberId, CancellationToken ct)
    {
        var (introduction, state) = await FindOpenAsync(work.Db, introductionId, memberId, ct);
        if (introduction is null) return state;
        if (introduction.State == IntroductionState.Postponed) return Answering.Done;
        if (introduction.WasPostponed) return Answering.PostponedBefore;
        introduction.State = IntroductionState.Postponed;
        introduction.WasPostponed = true;
        introduction.DueAt = time.GetUtcNow() + Introduction.Postponement;
        return Answering.Done;
    }

    public async Task<Answering> DeclineAsync(UnitOfWork work, long introductionId, long memberId, CancellationToken ct)
    {
        var (introduction, state) = await FindOpenAsync(work.Db, introductionId, memberId, ct);
        if (introduction is null) return state;
        introduction.State = IntroductionState.Declined;
        introduction.AnsweredAt = time.GetUtcNow();
        introduction.DueAt = null;
        await notices.EndedAsync(work, introduction, "declined", ct);
        return Answering.Done;
    }

    /// <summary>Notes why it was declined, for statistics only.</summary>
    public static async Task GiveReasonAsync(NetworkDb db, long introductionId, long memberId, string reason, CancellationToken ct)
    {
        if (await db.Introductions.FindAsync([introductionId], ct) is { State: IntroductionState.Declined } introduction && introduction.AskedId == memberId)
            introduction.DeclineReason = reason;
    }

    /// <summary>The introduction if this member can still answer it; otherwise why not.</summary>
    public static async Task<(Introduction? Introduction, Answering State)> FindOpenAsync(NetworkDb db, long introductionId, long memberId, CancellationToken ct)
    {
        if (await db.Introductions.FindAsync([introductionId], ct) is not { } introduction || introduction.AskedId != memberId) return (null, Answering.Gone);
        return introduction.State switch
        {
            IntroductionState.Accepted => (null, Answering.AcceptedBefore),
            IntroductionState.Declined => (null, Answering.DeclinedBefore),
            IntroductionState.Lapsed => (null, Answering.Lapsed),
            _ => (introduction, Answering.Done),
        };
    }
}
