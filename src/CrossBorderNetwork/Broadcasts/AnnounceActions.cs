using System.Text.Json.Nodes;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>What the dialog says of announcements: the answers as the verb takes them, and the counts as the texts take them.</summary>
internal static class AnnounceAnswers
{
    private const int LongestGist = 60;

    public static LocalizedText Texts(this Answers answers) => LocalizedText.From(answers.Text);

    public static Audience Audience(this Answers answers) => new(answers.Text("side") is "LT" or "PL" ? answers.Text("side") : "", answers.Many("roles"));

    /// <summary>Which announcement, in its first words, and what became of it.</summary>
    public static JsonObject Values(Broadcast broadcast, Tally tally, string language)
    {
        var text = broadcast.Texts.For(language).Text.ReplaceLineEndings(" ");
        var end = text.Length <= LongestGist ? text.Length : Math.Max(text.LastIndexOf(' ', LongestGist), LongestGist / 2);
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return new JsonObject
        {
            ["gist"] = end == text.Length ? text : text[..end].TrimEnd() + "…",
            ["delivered"] = tally.Delivered,
            ["waiting"] = tally.Waiting,
            ["failed"] = tally.Failed,
            ["unreachable"] = tally.Unreachable,
            ["cancelled"] = tally.Cancelled,
            ["total"] = tally.Delivered + tally.Waiting + tally.Failed + tally.Unreachable + tally.Cancelled,
        };
    }

    /// <summary>The announcement that a button is about, with what became of it so far; null where it is gone.</summary>
    public static async Task<(Broadcast Broadcast, Tally Tally)?> FindAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        if (context.Answers.Number("id") is not { } id || await db.Broadcasts.FindAsync([id], ct) is not { } broadcast) return null;
        return (broadcast, await Tally.OfAsync(db, broadcast, ct));
    }
}

/// <summary>Shows the announcement as each language's readers will see it, and leaves how many they are.</summary>
internal sealed class PreviewAnnouncement(Announce announce) : IDialogAction
{
    public string Name => "broadcasts.preview";

    public IReadOnlyList<string> Outcomes => ["ready", "partly", "no-text", "too-long", "nobody"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (turn, answers) = (context.Turn, context.Answers);
        var texts = answers.Texts();
        if (texts.IsEmpty) return Task.FromResult("no-text");
        var messages = Languages.All.ToDictionary(language => language, language => announce.Render(texts, language));
        var tooLong = messages.FirstOrDefault(message => message.Value.Text.ToString().Length > Announce.TextLimit);
        if (tooLong.Key is not null)
        {
            answers.Set("language", texts.For(tooLong.Key).UsedLanguage);
            return Task.FromResult("too-long");
        }
        var counts = announce.Count(turn.Work, answers.Audience());
        if (counts.Values.Sum() == 0) return Task.FromResult("nobody");
        answers.Set("total", counts.Values.Sum());
        foreach (var (language, count) in counts)
        {
            answers.Set("count-" + language, count);
            if (count == 0) continue;
            var label = context.Content.Text("announce", "seen-by", turn.Language, new JsonObject { ["language"] = language, ["count"] = count });
            turn.Send(messages[language] with { Text = RichText.Paragraphs(label, messages[language].Text) });
        }
        answers.Set("missing", texts.Missing);
        return Task.FromResult(texts.Missing.Count == 0 ? "ready" : "partly");
    }
}

/// <summary>Sends it, to whoever belongs to the audience at this moment.</summary>
internal sealed class SendAnnouncement(Announce announce) : IDialogAction
{
    public string Name => "broadcasts.send";

    public IReadOnlyList<string> Outcomes => ["sent"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var turn = context.Turn;
        var broadcast = await announce.SendAsync(turn.Work, turn.PersonId, context.Answers.Texts(), context.Answers.Audience(), ct);
        var tally = await Tally.OfAsync(turn.Db, broadcast, ct);
        turn.Send(context.Content.Compose("announce", "sent", turn.Language, AnnounceAnswers.Values(broadcast, tally, turn.Language), $"{broadcast.Id}"));
        return "sent";
    }
}

/// <summary>Says how an announcement is going.</summary>
internal sealed class ShowProgress : IDialogAction
{
    public string Name => "broadcasts.progress";

    public IReadOnlyList<string> Outcomes => ["shown", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AnnounceAnswers.FindAsync(context, ct) is not { } found) return "gone";
        var turn = context.Turn;
        var message = found.Tally.Waiting > 0 ? "going" : "report";
        turn.Send(context.Content.Compose("announce", message, turn.Language, AnnounceAnswers.Values(found.Broadcast, found.Tally, turn.Language), $"{found.Broadcast.Id}"));
        return "shown";
    }
}

/// <summary>Cancels what still waits of an announcement, at once: each second more people get it.</summary>
internal sealed class StopAnnouncement(Announce announce) : IDialogAction
{
    public string Name => "broadcasts.stop";

    public IReadOnlyList<string> Outcomes => ["stopped", "too-late", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await AnnounceAnswers.FindAsync(context, ct) is not { } found) return "gone";
        var stopped = announce.Stop(context.Turn.Work, found.Broadcast, context.Turn.PersonId);
        context.Answers.Set("stopped", stopped);
        return stopped > 0 ? "stopped" : "too-late";
    }
}
