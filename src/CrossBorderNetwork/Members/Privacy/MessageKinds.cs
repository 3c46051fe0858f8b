using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>What a slice does when a member wants fewer messages, such as taking back what waits. Registered by the slice.</summary>
public sealed record AfterOptingOut(Func<UnitOfWork, long, CancellationToken, Task> RunAsync);

/// <summary>Which messages a member wants. Everything that is sent unasked carries the button that leads here.</summary>
public static class MessageKinds
{
    /// <summary>The list of the kinds that coordinators send; the digest is chosen beside them.</summary>
    public const string List = "message-kinds";

    internal const string Digest = "digest";

    public static Button Button(DialogContent content, string language) =>
        new(content.Text("notifications", "buttons.choose", language, []).ToString(), DialogContent.EntryToken("notifications", "choose", ""));
}

/// <summary>Leaves the kinds of message as options, with ticks at those that the member wants.</summary>
internal sealed class LoadKinds : IDialogAction
{
    public string Name => "members.load-kinds";

    public IReadOnlyList<string> Outcomes => ["loaded"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var (content, language) = (context.Content, context.Turn.Language);
        var member = (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
        var kinds = content.Lists[MessageKinds.List].Items.Select(item => item.Key).ToList();
        context.Answers.Offer("offered", kinds.Select(key => new Option(key, content.Label(MessageKinds.List, key, language)))
            .Prepend(new Option(MessageKinds.Digest, content.Label("purposes", MessageKinds.Digest, language))));
        var wanted = member.WantsAnnouncements ? kinds.Except(member.MutedKinds) : [];
        context.Answers.Set("kinds", member.WantsDigest ? wanted.Prepend(MessageKinds.Digest) : wanted);
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
        var wanted = kinds.Intersect(ticked).ToList();
        Decide(MessageKinds.Digest, member.WantsDigest, ticked.Contains(MessageKinds.Digest));
        Decide("announcements", member.WantsAnnouncements, wanted.Count > 0);
        member.MutedKinds = wanted.Count == 0 ? [] : [.. kinds.Except(wanted)];
        foreach (var deed in afterwards) await deed.RunAsync(turn.Work, member.Id, ct);
        context.Answers.Set("wanted", wanted);
        context.Answers.Set("digest", ticked.Contains(MessageKinds.Digest));
        return ticked.Count > 0 ? "some" : "none";

        void Decide(string purpose, bool before, bool now)
        {
            if (before == now) return;
            var sentence = context.Content.Text("notifications", "kinds.ask", turn.Language, []).ToString();
            decide.Run(turn.Db, member, purpose, now, sentence, ConsentPlace.Of(turn));
        }
    }
}
