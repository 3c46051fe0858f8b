using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>Whether a code came with the command.</summary>
internal sealed class LookForLink : IDialogAction
{
    public string Name => "members.look-for-link";

    public IReadOnlyList<string> Outcomes => ["code", "none"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var code = context.Answers.Text("id");
        context.Answers.Remove("id");
        if (code.Length == 0) return Task.FromResult("none");
        context.Answers.Set("code", code);
        return Task.FromResult("code");
    }
}

/// <summary>Makes a code to be typed in the other conversation.</summary>
internal sealed class IssueLink : IDialogAction
{
    public string Name => "members.issue-link";

    public IReadOnlyList<string> Outcomes => ["issued"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        context.Answers.Set("link-code", await LinkConversations.IssueAsync(context.Turn, ct));
        return "issued";
    }
}

/// <summary>Checks the typed code. It isn't kept: from here on its row is known by its id.</summary>
internal sealed class CheckLink(LinkConversations link) : IDialogAction
{
    public string Name => "members.check-link";

    public IReadOnlyList<string> Outcomes => ["one", "both", "unknown", "too-many", "same", "make-it-here"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var check = await link.CheckAsync(context.Turn, context.Answers.Text("code"), ct);
        context.Answers.Remove("code");
        if (check is LinkCheck.Found found) context.Answers.Set("link", found.CodeId);
        return check switch
        {
            LinkCheck.Found { BothAreMembers: true } => "both",
            LinkCheck.Found => "one",
            LinkCheck.TooMany => "too-many",
            LinkCheck.Same => "same",
            LinkCheck.MakeItHere => "make-it-here",
            _ => "unknown",
        };
    }
}

/// <summary>Joins the two conversations after both the code and the person said so.</summary>
internal sealed class JoinConversations(LinkConversations link) : IDialogAction
{
    public string Name => "members.join";

    public IReadOnlyList<string> Outcomes => ["joined", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct) =>
        context.Answers.Number("link") is { } code && await link.JoinAsync(context.Turn, code, ct) ? "joined" : "gone";
}
