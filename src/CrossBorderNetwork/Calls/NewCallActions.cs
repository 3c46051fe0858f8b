using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Calls;

/// <summary>The call that the answers of the dialog <c>newcall</c> describe.</summary>
internal static class CallDraft
{
    public static Call From(Answers answers, long authorId, DateTimeOffset now)
    {
        var texts = WrittenTexts.From(answers);
        var lastDay = DateOnly.ParseExact(answers.Text("last-day"), "O", CultureInfo.InvariantCulture);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(answers.Text("zone"));
        return new Call
        {
            Type = answers.Text("type"),
            Title = texts.Title,
            Description = texts.Description,
            Topics = [.. answers.Many("topics")],
            Roles = [.. answers.Many("roles")],
            Sides = [.. answers.Many("sides")],
            LastDay = lastDay,
            ClosesAt = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), zone), TimeSpan.Zero),
            AuthorId = authorId,
            PublishedAt = now,
        };
    }
}

/// <summary>Shows the draft as the readers of each language will see it, and names the languages that are missing.</summary>
internal sealed class PreviewCall : IDialogAction
{
    public string Name => "calls.preview";

    public IReadOnlyList<string> Outcomes => ["complete", "language-missing", "no-title"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var texts = WrittenTexts.From(context.Answers);
        if (texts.Title.IsEmpty) return Task.FromResult("no-title");
        var draft = CallDraft.From(context.Answers, context.Turn.PersonId, context.Turn.Now);
        foreach (var language in Languages.All)
        {
            var values = new JsonObject();
            CallCard.Write(new Answers(values), draft, context.Content, language);
            CallStanding.OfNew.Write(new Answers(values));
            var seen = context.Content.Text("newcall", "preview", context.Turn.Language, new JsonObject { ["language"] = language });
            context.Turn.Send(new Message { Text = RichText.Paragraphs(seen, context.Content.Text("calls", "card.ask", language, values)) });
        }
        context.Answers.Set("missing", texts.Missing);
        return Task.FromResult(texts.Missing.Count > 0 ? "language-missing" : "complete");
    }
}

/// <summary>Publishes the draft.</summary>
internal sealed class PublishDraftedCall(PublishCall publish, DeepLinks links) : IDialogAction
{
    public string Name => "calls.publish";

    public IReadOnlyList<string> Outcomes => ["published", "denied", "too-late"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var draft = CallDraft.From(context.Answers, context.Turn.PersonId, context.Turn.Now);
        var outcome = await publish.RunAsync(context.Turn.Work, context.Turn.PersonId, draft, ct);
        if (outcome == PublishCallOutcome.Published) context.Answers.Set("share", links.To(FormattableString.Invariant($"call-{draft.Id}")) ?? ReadTexts.None);
        return outcome switch
        {
            PublishCallOutcome.Published => "published",
            PublishCallOutcome.Denied => "denied",
            _ => "too-late",
        };
    }
}
