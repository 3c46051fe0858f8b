using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Events;

public enum SeatOutcome
{
    Going,
    Waiting,
    AlreadyGoing,
    AlreadyWaiting,
    Left,
    WasNotGoing,

    /// <summary>Begun, cancelled, or gone.</summary>
    Closed,
}

/// <summary>
/// Seats of events. Counting and taking happen in one write transaction, of which there is one at a time: never more seats than
/// there are, however many press at once. A seat that frees goes to the first in line, who is told.
/// </summary>
public sealed class Seats(DialogContent content, Notify notify, TimeProvider time)
{
    /// <summary>Takes a seat, or a place in the waiting list where all are taken.</summary>
    public async Task<SeatOutcome> TakeAsync(UnitOfWork work, long eventId, long memberId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await work.Db.Events.FindAsync([eventId], ct) is not { } @event || !@event.TakesSignUpsAt(now)) return SeatOutcome.Closed;
        var earlier = await work.Db.SignUps.FirstOrDefaultAsync(s => s.EventId == eventId && s.MemberId == memberId, ct);
        if (earlier is not null) return earlier.State == SignUpState.Going ? SeatOutcome.AlreadyGoing : SeatOutcome.AlreadyWaiting;
        var hasSeat = await FreeAsync(work.Db, @event, ct) is not <= 0;
        var state = hasSeat ? SignUpState.Going : SignUpState.Waiting;
        work.Db.SignUps.Add(new SignUp { EventId = eventId, MemberId = memberId, State = state, Since = now });
        await work.SaveAsync(ct);
        return hasSeat ? SeatOutcome.Going : SeatOutcome.Waiting;
    }

    /// <summary>Gives a seat or a place in the waiting list back.</summary>
    public async Task<SeatOutcome> LeaveAsync(UnitOfWork work, long eventId, long memberId, CancellationToken ct)
    {
        if (await work.Db.Events.FindAsync([eventId], ct) is not { } @event || !@event.TakesSignUpsAt(time.GetUtcNow())) return SeatOutcome.Closed;
        if (await work.Db.SignUps.FirstOrDefaultAsync(s => s.EventId == eventId && s.MemberId == memberId, ct) is not { } signUp) return SeatOutcome.WasNotGoing;
        work.Db.SignUps.Remove(signUp);
        await work.SaveAsync(ct);
        await FillAsync(work, @event, ct);
        return SeatOutcome.Left;
    }

    /// <summary>Gives free seats to those who wait, in their order, and tells them.</summary>
    public async Task FillAsync(UnitOfWork work, NetworkEvent @event, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!@event.TakesSignUpsAt(now)) return;
        var free = await FreeAsync(work.Db, @event, ct) ?? int.MaxValue;
        if (free <= 0) return;
        var next = await work.Db.SignUps.Where(s => s.EventId == @event.Id && s.State == SignUpState.Waiting).OrderBy(s => s.Id).Take(free).ToListAsync(ct);
        foreach (var signUp in next)
        {
            signUp.State = SignUpState.Going;
            signUp.Since = now;
            await notify.MemberAsync(work, signUp.MemberId, "events", "seat", language => Named(@event, language), Id(@event), new Posting
            {
                Lane = Lane.Notice, Window = @event.StartsAt - now, Key = string.Create(CultureInfo.InvariantCulture, $"event:{@event.Id}:seat:{signUp.Id}"), Source = Source(@event),
            }, ct);
        }
        await work.SaveAsync(ct);
    }

    /// <summary>Free seats; null where there is no limit.</summary>
    public static async Task<int?> FreeAsync(NetworkDb db, NetworkEvent @event, CancellationToken ct) => @event.Capacity is { } capacity
        ? capacity - await db.SignUps.CountAsync(s => s.EventId == @event.Id && s.State == SignUpState.Going, ct)
        : null;

    internal static string Id(NetworkEvent @event) => @event.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where notices of an event come from, so that they can be taken back together.</summary>
    internal static string Source(NetworkEvent @event) => "event:" + Id(@event);

    /// <summary>What a notice says of an event: its name and when it begins.</summary>
    internal JsonObject Named(NetworkEvent @event, string language)
    {
        var values = new JsonObject();
        var answers = new Answers(values);
        ReadTexts.For(language, @event.Title, @event.Description).Write(answers, content, language);
        answers.Set("at", @event.StartsAt);
        answers.Set("place", @event.Place ?? ReadTexts.None);
        answers.Set("link", @event.Link ?? ReadTexts.None);
        return values;
    }
}
