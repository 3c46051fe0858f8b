using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>What a slice does when a member wants fewer messages, such as taking back what waits. Registered by the slice.</summary>
public sealed record AfterOptingOut(Func<UnitOfWork, long, CancellationToken, Task> RunAsync);

/// <summary>Which messages a member wants. What is sent unasked carries a button that leads here; introductions one to their own settings.</summary>
public static class MessageKinds
{
    /// <summary>The list of the kinds that coordinators send; digest and reminders are chosen beside them.</summary>
    public const string List = "message-kinds";

    /// <summary>Reminders of events that the member goes to.</summary>
    public const string Reminders = "reminders";

    internal const string Digest = "digest";

    public static Button Button(DialogContent content, string language) =>
        new(content.Text("notifications", "buttons.choose", language, []).ToString(), DialogContent.EntryToken("notifications", "choose", ""));

    /// <summary>All that can be chosen, in the order in which it is shown.</summary>
    internal static IReadOnlyList<Option> Offered(DialogContent content, string language) =>
    [
        new Option(Digest, content.Label("purposes", Digest, language)),
        new Option(Reminders, content.Text("notifications", Reminders, language, []).ToString()),
        .. content.Lists[List].Items.Select(item => new Option(item.Key, item.Label(language))),
    ];
}

/// <summary>Leaves the kinds of message as options, with ticks at those that the member wants.</summary>
internal sealed class LoadKinds : IDialogAction
{
    public string Name => "members.load-kinds";

    public IReadOnlyList<string> Outcomes => ["loaded"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        var offered = MessageKinds.Offered(context.Content, context.Turn.Language);
        context.Answers.Offer("offered", offered);
        context.Answers.Set("kinds", offered.Select(option => option.Key).Where(kind => kind switch
        {
            MessageKinds.Digest => member.WantsDigest,
            MessageKinds.Reminders => member.Wants(kind),
            _ => member.WantsAnnouncements && member.Wants(kind),
        }));
        return "loaded";
    }
}

/// <summary>
/// Takes the ticked kinds as what the member wants. Digest and announcements rest on consents of their own: where the first kind is
/// ticked, or the last taken away, that is a line in the ledger.
/// </summary>
internal sealed class ChooseKinds(DecideConsent decide, IEnumerable<AfterOptingOut> afterwards) : IDialogAction
{
    public string Name => "members.choose-kinds";

    public IReadOnlyList<string> Outcomes => ["some", "none"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var turn = context.Turn;
        var member = (await turn.Db.Members.FindAsync([turn.PersonId], ct))!;
        var ticked = context.Answers.Many("kinds");
        var kinds = context.Content.Lists[MessageKinds.List].Items.Select(item => item.Key).ToList();
        var wantsAny = kinds.Intersect(ticked).Any();
        Decide(MessageKinds.Digest, member.WantsDigest, ticked.Contains(MessageKinds.Digest));
        Decide("announcements", member.WantsAnnouncements, wantsAny);
        // Whoever takes the last kind away has none of them muted for the day when they consent again.
        member.MutedKinds = [.. (wantsAny ? kinds : []).Append(MessageKinds.Reminders).Except(ticked)];
        foreach (var deed in afterwards) await deed.RunAsync(turn.Work, member.Id, ct);
        context.Answers.Set("got", string.Join('\n', MessageKinds.Offered(context.Content, turn.Language).Where(option => ticked.Contains(option.Key)).Select(option => "• " + option.Label)));
        return ticked.Count > 0 ? "some" : "none";

        void Decide(string purpose, bool before, bool now)
        {
            if (before == now) return;
            var sentence = context.Content.Text("notifications", "kinds.ask", turn.Language, []).ToString();
            decide.Run(turn.Db, member, purpose, now, sentence, ConsentPlace.Of(turn));
        }
    }
}
