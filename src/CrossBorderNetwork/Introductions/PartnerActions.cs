using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;

namespace CrossBorderNetwork.Introductions;

/// <summary>Shows the next partner that was not shown in this conversation; <c>with: again: true</c> begins anew.</summary>
internal sealed class FindPartner(PartnerSearch search, PartnerCards cards) : IDialogAction
{
    public string Name => "introductions.find-partner";

    public IReadOnlyList<string> Outcomes => ["found", "seeker-hidden", "seeker-paused", "nobody-yet", "no-language", "nobody-left", "all-seen"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.With("again") == "true") context.Answers.Remove("seen");
        var seen = context.Answers.Many("seen").Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToList();
        switch (await search.NextAsync(context.Turn.Db, await context.MemberAsync(ct), seen, ct))
        {
            case Found.Partner partner:
                await cards.ShowAsync(context, partner.Id, ct);
                context.Answers.Set("seen", [.. context.Answers.Many("seen"), partner.Id.ToString(CultureInfo.InvariantCulture)]);
                return "found";
            case Found.SeekerHidden: return "seeker-hidden";
            case Found.SeekerPaused: return "seeker-paused";
            case Found.NobodyYet: return "nobody-yet";
            case Found.NoLanguage: return "no-language";
            case Found.NobodyLeft: return "nobody-left";
            default: return "all-seen";
        }
    }
}

/// <summary>Shows the partner whom a button names, such as one from a digest, if the two may still be introduced.</summary>
internal sealed class ShowPartner(AskForIntroduction ask, PartnerCards cards) : IDialogAction
{
    public string Name => "introductions.show-partner";

    public IReadOnlyList<string> Outcomes => ["found", "gone"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.Answers.Number("id") is not { } id) return "gone";
        if (await ask.CheckAsync(context.Turn.Db, await context.MemberAsync(ct), id, ct) is Asking.NotNow or Asking.MetBefore) return "gone";
        context.Answers.Set("seen", [id.ToString(CultureInfo.InvariantCulture)]);
        return await cards.ShowAsync(context, id, ct) ? "found" : "gone";
    }
}

/// <summary>Whether the partner shown may be asked, before the asker writes a line in vain.</summary>
internal sealed class MayAsk(AskForIntroduction ask) : IDialogAction
{
    public string Name => "introductions.may-ask";

    public IReadOnlyList<string> Outcomes => ["yes", "met-before", "too-many", "not-now"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        context.Answers.Remove("line");
        context.Answers.Set("most", AskForIntroduction.MostOpen);
        var outcome = context.Answers.Number("id") is { } id
            ? await ask.CheckAsync(context.Turn.Db, await context.MemberAsync(ct), id, ct)
            : Asking.NotNow;
        return outcome switch { Asking.Asked or Asking.Mutual => "yes", Asking.MetBefore => "met-before", Asking.TooMany => "too-many", _ => "not-now" };
    }
}

/// <summary>Asks the partner shown for an introduction.</summary>
internal sealed class AskPartner(AskForIntroduction ask, IntroductionNotices notices) : IDialogAction
{
    public string Name => "introductions.ask";

    public IReadOnlyList<string> Outcomes => ["asked", "mutual", "met-before", "too-many", "not-now"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (context.Answers.Number("id") is not { } id) return "not-now";
        var me = await context.MemberAsync(ct);
        var (outcome, introduction) = await ask.RunAsync(context.Turn.Work, me, id, context.Answers.Text("line"), context.Turn.Language, ct);
        if (outcome == Asking.Mutual && await context.Turn.Db.Members.FindAsync([id], ct) is { } other)
            context.Answers.Set(notices.Contact(introduction!, me, other));
        return outcome switch
        {
            Asking.Asked => "asked",
            Asking.Mutual => "mutual",
            Asking.MetBefore => "met-before",
            Asking.TooMany => "too-many",
            _ => "not-now",
        };
    }
}

/// <summary>Sets the partner shown aside: <c>with: { for: while }</c> or <c>{ for: good }</c>.</summary>
internal sealed class SetPartnerAside : IDialogAction
{
    public string Name => "introductions.set-aside";

    public IReadOnlyList<string> Outcomes => ["done"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        DateTimeOffset? until = context.With("for") == "good" ? null : context.Turn.Now + SetAside.While;
        if (context.Answers.Number("id") is { } id && id != context.Turn.PersonId && await context.Turn.Db.Members.FindAsync([id], ct) is not null)
            await context.Turn.Db.SetAsideAsync(context.Turn.PersonId, id, until, ct);
        return "done";
    }
}

internal static class PartnerTurns
{
    extension(ActionContext context)
    {
        /// <summary>The member of this turn; the dialog's guard lets no stranger in.</summary>
        public async Task<Member> MemberAsync(CancellationToken ct) => (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct))!;
    }

    /// <summary>Leaves a card among the answers, its id as <c>id</c>; false where the other is no member any more.</summary>
    public static async Task<bool> ShowAsync(this PartnerCards cards, ActionContext context, long otherId, CancellationToken ct)
    {
        if (await cards.ReadAsync(context.Turn.Db, context.Turn.PersonId, otherId, ct) is not { } card) return false;
        context.Answers.Set("id", otherId);
        context.Answers.Set(cards.Values(card, context.Turn.Language));
        return true;
    }
}
