using CrossBorderNetwork.Calendars;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Events;

/// <summary>Offers the upcoming events as <c>events</c>.</summary>
internal sealed class ListEvents : IDialogAction
{
    /// <summary>More than a person reads in a chat.</summary>
    private const int Most = 50;

    public string Name => "events.list";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var upcoming = await context.Turn.Db.UpcomingEvents(context.Turn.Now).AsNoTracking().Take(Most).ToListAsync(ct);
        var (language, zone) = (context.Turn.Language, context.Answers.Text("zone"));
        context.Answers.Offer("events", upcoming.Select(e => new Option(Seats.Id(e), EventCard.Label(e, language, zone))));
        context.Answers.Set("count", upcoming.Count);
        return upcoming.Count > 0 ? "some" : "none";
    }
}

/// <summary>Leaves all that the card of the event <c>id</c> says, and what the reader can do with it as <c>deeds</c>.</summary>
internal sealed class ShowEvent(Rights rights, DeepLinks links) : IDialogAction
{
    public string Name => "events.show";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (answers, turn) = (context.Answers, context.Turn);
        if (answers.Number("id") is not { } id || await turn.Db.Events.FindAsync([id], ct) is not { } @event) return "gone";
        var standing = await StandingAsync(turn, @event, ct);
        EventCard.Write(answers, @event, context.Content, turn.Language, answers.Text("zone"));
        standing.Write(answers);
        if (standing.IsDesk) answers.Set("share", links.To("event-" + Seats.Id(@event)) ?? ReadTexts.None);
        answers.Remove("deed");
        answers.Offer("deeds", standing.Deeds().Select(deed => new Option(deed, context.Content.Text("events", "deeds." + deed, turn.Language, []).ToString())));
        return "found";
    }

    private async Task<EventStanding> StandingAsync(TurnContext turn, NetworkEvent @event, CancellationToken ct)
    {
        var signUps = await turn.Db.SignUps.AsNoTracking().Where(s => s.EventId == @event.Id).OrderBy(s => s.Id).Select(s => new { s.MemberId, s.State }).ToListAsync(ct);
        var waiting = signUps.Where(s => s.State == SignUpState.Waiting).ToList();
        return new EventStanding(
            @event.State == EventState.Cancelled ? "cancelled" : @event.TakesSignUpsAt(turn.Now) ? "open" : "past",
            @event.Capacity,
            signUps.Count - waiting.Count,
            waiting.Count,
            signUps.Find(s => s.MemberId == turn.PersonId)?.State,
            waiting.FindIndex(s => s.MemberId == turn.PersonId) + 1,
            await rights.CoordinatesAsync(turn.Db, turn.PersonId, ct) is not null);
    }
}

/// <summary>Takes a seat at the event <c>id</c>.</summary>
internal sealed class GoToEvent(Seats seats) : IDialogAction
{
    public string Name => "events.go";

    public IReadOnlyList<string> Outcomes => ["going", "waiting", "already-going", "already-waiting", "closed"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct) =>
        await seats.TakeAsync(context.Turn.Work, context.Answers.Number("id") ?? 0, context.Turn.PersonId, ct) switch
        {
            SeatOutcome.Going => "going",
            SeatOutcome.Waiting => "waiting",
            SeatOutcome.AlreadyGoing => "already-going",
            SeatOutcome.AlreadyWaiting => "already-waiting",
            _ => "closed",
        };
}

/// <summary>Gives the seat at the event <c>id</c> back.</summary>
internal sealed class LeaveEvent(Seats seats) : IDialogAction
{
    public string Name => "events.leave";

    public IReadOnlyList<string> Outcomes => ["left", "was-not-going", "closed"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct) =>
        await seats.LeaveAsync(context.Turn.Work, context.Answers.Number("id") ?? 0, context.Turn.PersonId, ct) switch
        {
            SeatOutcome.Left => "left",
            SeatOutcome.WasNotGoing => "was-not-going",
            _ => "closed",
        };
}

/// <summary>Sends the event <c>id</c> as a file for the reader's calendar.</summary>
internal sealed class SendCalendarFile : IDialogAction
{
    public string Name => "events.calendar";

    public IReadOnlyList<string> Outcomes => ["sent", "closed"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.Turn.Db.Events.FindAsync([context.Answers.Number("id") ?? 0], ct) is not { } @event || !@event.TakesSignUpsAt(context.Turn.Now)) return "closed";
        context.Say("events", "calendar-file", [], CalendarFile.Of(EventCalendar.EntryOf(@event, context.Turn.Language), context.Turn.Now));
        return "sent";
    }
}

/// <summary>Leaves the names of those who come to the event <c>id</c> as <c>people</c>. Coordinators only; each look is noted.</summary>
internal sealed class ListParticipants(Rights rights) : IDialogAction
{
    public string Name => "events.people";

    public IReadOnlyList<string> Outcomes => ["listed", "nobody", "denied"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (db, personId) = (context.Turn.Db, context.Turn.PersonId);
        if (await rights.CoordinatesAsync(db, personId, ct) is null)
        {
            rights.Note(db, personId, "denied:event.people", null);
            return "denied";
        }
        var id = context.Answers.Number("id") ?? 0;
        var people = await (
            from signUp in db.SignUps
            join member in db.Members on signUp.MemberId equals member.Id
            join organisation in db.Organisations on member.OrganisationId equals organisation.Id into organisations
            from organisation in organisations.DefaultIfEmpty()
            where signUp.EventId == id && signUp.State == SignUpState.Going
            orderby signUp.Id
            select new { member.Name, Organisation = organisation == null ? null : organisation.Name }).ToListAsync(ct);
        rights.Note(db, personId, "event.people", context.Answers.Text("id"));
        context.Answers.Set("people", string.Join('\n', people.Select((p, i) => $"{i + 1}. {p.Name}{(p.Organisation is null ? "" : ", " + p.Organisation)}")));
        context.Answers.Set("going", people.Count);
        return people.Count > 0 ? "listed" : "nobody";
    }
}

/// <summary>Calls the event <c>id</c> off.</summary>
internal sealed class CallOffEvent(CancelEvent cancel) : IDialogAction
{
    public string Name => "events.cancel";

    public IReadOnlyList<string> Outcomes => ["cancelled", "already-cancelled", "denied", "too-late"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct) =>
        await cancel.RunAsync(context.Turn.Work, context.Turn.PersonId, context.Answers.Number("id") ?? 0, ct) switch
        {
            CancelOutcome.Cancelled => "cancelled",
            CancelOutcome.AlreadyCancelled => "already-cancelled",
            CancelOutcome.Denied => "denied",
            _ => "too-late",
        };
}
