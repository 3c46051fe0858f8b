using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Digests;

/// <summary>Leaves when the next digest comes and the hours to choose from.</summary>
internal sealed class LookAtDigest : IDialogAction
{
    private const int FirstHour = 7;
    private const int LastHour = 20;

    public string Name => "digests.look";

    public IReadOnlyList<string> Outcomes => ["on", "off"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        if ((member.NextDigestAt ?? DigestClock.Next(member, context.Turn.Now)) is not { } next) return "off";
        context.Answers.Set("next", next);
        // The member's own day and hour carry the tick.
        context.Answers.Set("day", DigestTime.Key(member.DigestDay));
        context.Answers.Set("hour", member.DigestHour);
        context.Answers.Offer("hours", Enumerable.Range(FirstHour, LastHour - FirstHour + 1)
            .Select(hour => hour.ToString(CultureInfo.InvariantCulture)).Select(hour => new Option(hour, hour)));
        return "on";
    }
}

/// <summary>Sets the answers <c>day</c> and <c>hour</c> as the member's own.</summary>
internal sealed class ChangeDigest : IDialogAction
{
    public string Name => "digests.change";

    public IReadOnlyList<string> Outcomes => ["changed"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        var (day, hour) = DigestTime.Read(context.Answers);
        await PlanDigest.ChangeAsync(context.Turn.Db, member, day, hour, context.Turn.Now, ct);
        return "changed";
    }
}

/// <summary>Shows what a digest would hold now. It does not count: the week's own still comes.</summary>
internal sealed class PreviewDigest(ComposeDigest compose) : IDialogAction
{
    public string Name => "digests.preview";

    public IReadOnlyList<string> Outcomes => ["shown", "empty"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var turn = context.Turn;
        var member = (await turn.Db.Members.FindAsync([turn.PersonId], ct))!;
        var intro = context.Content.Text("digest", "preview-intro", turn.Language, []);
        var messages = await compose.ForAsync(new DigestReader(member, turn.Language, turn.Now), turn.Db, intro, ct);
        foreach (var message in messages) turn.Send(message);
        return messages.Count > 0 ? "shown" : "empty";
    }
}
