using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Introductions;

internal enum Answering
{
    Done,

    /// <summary>Noted; the other one has not answered yet.</summary>
    Waiting,

    /// <summary>Both said yes before.</summary>
    AcceptedBefore,

    DeclinedBefore,

    /// <summary>It lapsed before there was an answer.</summary>
    Lapsed,

    /// <summary>"Later" was taken before; only yes or no is left.</summary>
    PostponedBefore,

    /// <summary>The other one is paused, gone or out of reach at this moment.</summary>
    NotNow,

    /// <summary>There is no such introduction, or it is not this member's to answer.</summary>
    Gone,
}

/// <summary>The yes, later or no of a member who was asked. A second press changes nothing and says what holds.</summary>
internal sealed class AnswerIntroduction(PartnerPool pool, IntroductionNotices notices, FindInterpreter interpreter, TimeProvider time)
{
    public async Task<Answering> AcceptAsync(UnitOfWork work, long introductionId, long memberId, CancellationToken ct)
    {
        var (introduction, state) = await FindOpenAsync(work.Db, introductionId, memberId, ct);
        if (introduction is null) return state;
        var other = await work.Db.Members.FindAsync([introduction.OtherThan(memberId)], ct);
        if (other is null || !await pool.IsPresentAsync(work.Db, other.Id, ct)) return Answering.NotNow;
        if (introduction.YesBy is null)
        {
            introduction.YesBy = memberId;
            return Answering.Waiting;
        }
        introduction.State = IntroductionState.Accepted;
        introduction.AnsweredAt = time.GetUtcNow();
        introduction.DueAt = null;
        // Whoever is proposed by a round was found when the round was sent.
        if (introduction.RoundId is null) other.TimesFound++;
        await notices.AcceptedAsync(work, introduction, other.Id, ct);
        if (introduction.SharedLanguage is null) await interpreter.AskNextAsync(work, introduction, ct);
        return Answering.Done;
    }

    /// <summary>Puts the question off, once.</summary>
    public async Task<Answering> PostponeAsync(UnitOfWork work, long introductionId, long memberId, CancellationToken ct)
    {
        var (introduction, state) = await FindOpenAsync(work.Db, introductionId, memberId, ct);
        if (introduction is null) return state;
        if (introduction.State == IntroductionState.Postponed) return Answering.Done;
        if (introduction.PostponedBy is not null) return Answering.PostponedBefore;
        introduction.State = IntroductionState.Postponed;
        introduction.PostponedBy = memberId;
        introduction.DueAt = time.GetUtcNow() + Introduction.Postponement;
        return Answering.Done;
    }

    public async Task<Answering> DeclineAsync(UnitOfWork work, long introductionId, long memberId, CancellationToken ct)
    {
        var (introduction, state) = await FindOpenAsync(work.Db, introductionId, memberId, ct);
        if (introduction is null) return state;
        introduction.State = IntroductionState.Declined;
        introduction.NoBy = memberId;
        introduction.AnsweredAt = time.GetUtcNow();
        introduction.DueAt = null;
        await notices.EndedAsync(work, introduction, introduction.OtherThan(memberId), "declined", ct);
        return Answering.Done;
    }

    /// <summary>Notes why it was declined, for statistics only.</summary>
    public static async Task GiveReasonAsync(NetworkDb db, long introductionId, long memberId, string reason, CancellationToken ct)
    {
        if (await db.Introductions.FindAsync([introductionId], ct) is { State: IntroductionState.Declined } introduction && introduction.NoBy == memberId)
            introduction.DeclineReason = reason;
    }

    /// <summary>The introduction if this member can still answer it; otherwise why not.</summary>
    public static async Task<(Introduction? Introduction, Answering State)> FindOpenAsync(NetworkDb db, long introductionId, long memberId, CancellationToken ct)
    {
        if (await db.Introductions.FindAsync([introductionId], ct) is not { } introduction || !introduction.Concerns(memberId)) return (null, Answering.Gone);
        return introduction.State switch
        {
            IntroductionState.Accepted => (null, Answering.AcceptedBefore),
            IntroductionState.Declined when introduction.NoBy == memberId => (null, Answering.DeclinedBefore),
            IntroductionState.Declined or IntroductionState.Lapsed => (null, Answering.Lapsed),
            // Who asked has nothing to answer; whom a round asked has said yes, and waits for the other.
            _ when !introduction.WaitsFor(memberId) => (null, introduction.RoundId is null ? Answering.Gone : Answering.Waiting),
            _ => (introduction, Answering.Done),
        };
    }
}
