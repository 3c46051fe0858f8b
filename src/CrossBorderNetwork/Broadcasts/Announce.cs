using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>What came of saying that an announcement should go.</summary>
public enum ConfirmOutcome
{
    /// <summary>It goes out at its hour, or when the time for taking it back is over.</summary>
    Scheduled,

    /// <summary>Another coordinator was asked.</summary>
    Asked,

    /// <summary>There is no other coordinator to ask: it waits instead.</summary>
    Alone,

    Nobody,

    /// <summary>It is no draft any more: sent before, or dropped.</summary>
    Gone,
}

/// <summary>What came of the answer of a second coordinator.</summary>
public enum SecondOutcome
{
    Approved,
    Refused,

    /// <summary>The author cannot be the second.</summary>
    Own,

    /// <summary>Answered or taken back before.</summary>
    Late,
}

/// <summary>
/// Brings an announcement on its way: the author's word, a second one where it reaches many, a minute in which it can be taken
/// back, and then one statement a language that puts it into the outbox. Rights are the caller's to check, but for the start,
/// which no person asks for.
/// </summary>
public sealed class Announce(
    Audience audience, AnnouncementView view, SecondYes second, Outbox outbox, Rights rights, DeskNotes notes, IOptionsMonitor<BroadcastOptions> options, TimeProvider time)
{
    /// <summary>How long an announcement can be taken back after it was confirmed.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a coordinator without a second one waits.</summary>
    public static readonly TimeSpan AloneTime = TimeSpan.FromMinutes(10);

    private TimeSpan Window => TimeSpan.FromHours(options.CurrentValue.WindowHours);

    public async Task<ConfirmOutcome> ConfirmAsync(UnitOfWork work, Broadcast broadcast, DateTimeOffset? wishedAt, CancellationToken ct)
    {
        if (broadcast.State != BroadcastState.Draft || broadcast.Texts.IsEmpty) return ConfirmOutcome.Gone;
        await work.SaveAsync(ct);
        var readers = audience.Count(work, broadcast.Id);
        if (readers.Values.Sum() == 0) return ConfirmOutcome.Nobody;
        var now = time.GetUtcNow();
        broadcast.ConfirmedAt = now;
        broadcast.WishedAt = wishedAt > now ? wishedAt : null;
        rights.Note(work.Db, broadcast.AuthorId, "announce.send", broadcast.Source);
        if (readers.Values.Sum() <= options.CurrentValue.SecondYesAbove) return Schedule(broadcast, now + UndoTime);
        return await AskAsync(work, broadcast, readers, ct);
    }

    /// <summary>Takes back what has not gone out: it is a draft again.</summary>
    public bool Undo(UnitOfWork work, Broadcast broadcast, long personId)
    {
        var isOpen = broadcast.State == BroadcastState.Asked || (broadcast.State == BroadcastState.Scheduled && time.GetUtcNow() < broadcast.DueAt);
        if (!isOpen) return false;
        broadcast.ReturnToDraft();
        rights.Note(work.Db, personId, "announce.undo", broadcast.Source);
        return true;
    }

    public async Task<SecondOutcome> AnswerAsync(UnitOfWork work, Broadcast broadcast, long personId, bool yes, CancellationToken ct)
    {
        if (broadcast.AuthorId == personId)
        {
            rights.Note(work.Db, personId, "denied:announce.yes", broadcast.Source);
            return SecondOutcome.Own;
        }
        if (broadcast.State != BroadcastState.Asked) return SecondOutcome.Late;
        rights.Note(work.Db, personId, yes ? "announce.yes" : "announce.no", broadcast.Source);
        if (!yes)
        {
            broadcast.ReturnToDraft();
            await notes.AuthorAsync(work, broadcast, "refused", ct);
            return SecondOutcome.Refused;
        }
        broadcast.SecondId = personId;
        Schedule(broadcast, time.GetUtcNow() + UndoTime);
        await notes.AuthorAsync(work, broadcast, "approved", ct);
        return SecondOutcome.Approved;
    }

    /// <summary>Gives up waiting for a second yes that does not come.</summary>
    public async Task LapseAsync(UnitOfWork work, Broadcast broadcast, CancellationToken ct)
    {
        var since = broadcast.WishedAt ?? broadcast.ConfirmedAt;
        if (broadcast.State != BroadcastState.Asked || time.GetUtcNow() < since + Window) return;
        broadcast.ReturnToDraft();
        await notes.AuthorAsync(work, broadcast, "lapsed", ct);
    }

    /// <summary>Starts what is due. Whoever belongs to the audience at this moment gets it; keys make that once.</summary>
    public async Task StartAsync(UnitOfWork work, Broadcast broadcast, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (broadcast.State != BroadcastState.Scheduled || now < broadcast.DueAt) return;
        if (now > broadcast.DueAt + Window || await rights.CoordinatesAsync(work.Db, broadcast.AuthorId, ct) is null)
        {
            await HoldBackAsync(work, broadcast, isLate: now > broadcast.DueAt + Window, ct);
            return;
        }
        var readers = audience.Count(work, broadcast.Id);
        if (readers.Values.Sum() > options.CurrentValue.SecondYesAbove && broadcast is { SecondId: null, WaitedAlone: false })
        {
            // Its audience has grown since it was confirmed.
            var outcome = await AskAsync(work, broadcast, readers, ct);
            await notes.AuthorAsync(work, broadcast, outcome == ConfirmOutcome.Asked ? "asking" : "alone", ct);
            return;
        }
        foreach (var language in Languages.All)
        {
            var posting = new Posting { Lane = Lane.Bulk, Window = Window, Key = $"{broadcast.Source}:{language}", Source = broadcast.Source };
            audience.Post(work, outbox, broadcast.Id, language, view.For(broadcast, language), posting);
        }
        (broadcast.State, broadcast.StartedAt) = (BroadcastState.Sending, now);
    }

    private async Task HoldBackAsync(UnitOfWork work, Broadcast broadcast, bool isLate, CancellationToken ct)
    {
        if (!isLate) rights.Note(work.Db, broadcast.AuthorId, "denied:announce.start", broadcast.Source);
        broadcast.ReturnToDraft();
        await notes.AuthorAsync(work, broadcast, isLate ? "late" : "halted", ct);
    }

    private async Task<ConfirmOutcome> AskAsync(UnitOfWork work, Broadcast broadcast, IReadOnlyDictionary<string, int> readers, CancellationToken ct)
    {
        if (await second.AskAsync(work, broadcast, readers, ct) > 0)
        {
            broadcast.State = BroadcastState.Asked;
            return ConfirmOutcome.Asked;
        }
        broadcast.WaitedAlone = true;
        Schedule(broadcast, time.GetUtcNow() + AloneTime);
        return ConfirmOutcome.Alone;
    }

    /// <param name="broadcast">What goes out.</param>
    /// <param name="earliest">Until then it can be taken back, whatever hour was wished.</param>
    private static ConfirmOutcome Schedule(Broadcast broadcast, DateTimeOffset earliest)
    {
        broadcast.State = BroadcastState.Scheduled;
        broadcast.DueAt = broadcast.WishedAt > earliest ? broadcast.WishedAt : earliest;
        return ConfirmOutcome.Scheduled;
    }
}
