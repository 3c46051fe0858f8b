using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>Leaves as <c>share</c> the link that leads whoever opens it to the enrolment. It names nobody: who passed it on is not followed.</summary>
internal sealed class Invitation(DeepLinks links) : IDialogAction
{
    public string Name => "members.invitation";

    public IReadOnlyList<string> Outcomes => ["link", "none"];

    public bool ChangesSomething => false;

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (links.To("invite-colleague") is not { } link) return Task.FromResult("none");
        context.Answers.Set("share", link);
        return Task.FromResult("link");
    }
}
