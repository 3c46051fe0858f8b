using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Events;

/// <summary>The event that the answers of the dialog <c>newevent</c> describe.</summary>
internal static class EventDraft
{
    public static NetworkEvent From(Answers answers, long authorId, DateTimeOffset now)
    {
        var texts = WrittenTexts.From(answers);
        var startsAt = answers.Instant("starts")!.Value;
        var venue = answers.Text("venue");
        return new NetworkEvent
        {
            Title = texts.Title,
            Description = texts.Description,
            StartsAt = startsAt,
            EndsAt = answers.Text("lasts") == "days" ? answers.Instant("ends") : answers.Number("lasts") is { } minutes ? startsAt.AddMinutes(minutes) : null,
            Place = venue is "place" or "both" ? answers.Text("place") : null,
            Link = venue is "online" or "both" ? answers.Text("link") : null,
            IsPublic = answers.Text("access") == "public",
            OrganisersLt = Names(answers.Text("organisers-lt")),
            OrganisersPl = Names(answers.Text("organisers-pl")),
            Topics = [.. answers.Many("topics")],
            Capacity = decimal.TryParse(answers.Text("capacity"), CultureInfo.InvariantCulture, out var seats) ? (int)seats : null,
            AuthorId = authorId,
            PublishedAt = now,
        };
    }

    /// <summary>One name a line, or with semicolons between: names have commas of their own.</summary>
    private static List<string> Names(string typed) =>
        [.. typed.Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}

/// <summary>Checks that the event ends after it starts; a draft that was reviewed goes back to its preview.</summary>
internal sealed class CheckEnd : IDialogAction
{
    public string Name => "events.check-end";

    public IReadOnlyList<string> Outcomes => ["drafted", "reviewed", "too-early"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct) =>
        Task.FromResult(!(context.Answers.Instant("ends") > context.Answers.Instant("starts")) ? "too-early" : context.Answers.Has("reviewed") ? "reviewed" : "drafted");
}

/// <summary>Shows the draft as the readers of each language will see it, and names the languages that are missing.</summary>
internal sealed class PreviewEvent : IDialogAction
{
    public string Name => "events.preview";

    public IReadOnlyList<string> Outcomes => ["complete", "language-missing", "no-title"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var texts = WrittenTexts.From(context.Answers);
        if (texts.Title.IsEmpty) return Task.FromResult("no-title");
        var draft = EventDraft.From(context.Answers, context.Turn.PersonId, context.Turn.Now);
        foreach (var language in Languages.All)
        {
            // Each reader sees the hour of the own side; whoever reads English may live on either.
            var zone = language switch { "lt" => "Europe/Vilnius", "pl" => "Europe/Warsaw", _ => context.Answers.Text("zone") };
            var values = EventCard.Values(draft, context.Content, language, zone);
            EventStanding.OfNew(draft).Write(new Answers(values));
            var seen = context.Content.Text("newevent", "preview", context.Turn.Language, new JsonObject { ["language"] = language });
            context.Turn.Send(new Message { Text = RichText.Paragraphs(seen, context.Content.Text("events", "card.ask", language, values)) });
        }
        context.Answers.Set("joint", draft.IsJoint);
        context.Answers.Set("missing", texts.Missing);
        return Task.FromResult(texts.Missing.Count > 0 ? "language-missing" : "complete");
    }
}

/// <summary>Publishes the draft.</summary>
internal sealed class PublishDraftedEvent(PublishEvent publish, DeepLinks links) : IDialogAction
{
    public string Name => "events.publish";

    public IReadOnlyList<string> Outcomes => ["published", "denied", "too-late"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var draft = EventDraft.From(context.Answers, context.Turn.PersonId, context.Turn.Now);
        var outcome = await publish.RunAsync(context.Turn.Work, context.Turn.PersonId, draft, ct);
        if (outcome == PublishOutcome.Published) context.Answers.Set("share", links.To("event-" + Seats.Id(draft)) ?? ReadTexts.None);
        return outcome switch
        {
            PublishOutcome.Published => "published",
            PublishOutcome.Denied => "denied",
            _ => "too-late",
        };
    }
}
