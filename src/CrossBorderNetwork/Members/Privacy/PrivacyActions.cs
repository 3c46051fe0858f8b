using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>Sends the file of everything stored about the person.</summary>
internal sealed class SendPersonalFile(PersonalFile file) : IDialogAction
{
    public string Name => "members.my-data";

    public IReadOnlyList<string> Outcomes => ["sent"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        await context.Turn.Work.SaveAsync(ct);
        context.Say("mydata", "file", [], await file.MakeAsync(context.Turn.Db, context.Turn.PersonId, ct));
        return "sent";
    }
}

/// <summary>Forgets the person of this conversation.</summary>
internal sealed class ForgetPerson(Forget forget) : IDialogAction
{
    public string Name => "members.forget";

    public IReadOnlyList<string> Outcomes => ["forgotten"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        await forget.RunAsync(context.Turn, ct);
        return "forgotten";
    }
}

/// <summary>Gives or withdraws the consent that the answer <c>list</c> names; the question has that purpose's name.</summary>
internal sealed class ChangeConsent(DecideConsent decide, IEnumerable<AfterOptingOut> afterwards) : IDialogAction
{
    private static readonly string[] Purposes = ["found", "digest", "announcements"];

    public string Name => "members.change-consent";

    public IReadOnlyList<string> Outcomes => ["given", "withdrawn", "same"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var purpose = context.Answers.Text("list");
        if (!Purposes.Contains(purpose) || await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct) is not { } member) return "same";
        var given = context.Answers.Is(purpose);
        var before = purpose switch { "found" => member.MayBeFound, "digest" => member.WantsDigest, _ => member.WantsAnnouncements };
        if (given == before) return "same";
        var sentence = context.Content.Text("consents", purpose + ".ask", context.Turn.Language, []).ToString();
        decide.Run(context.Turn.Db, member, purpose, given, sentence, ConsentPlace.Of(context.Turn));
        if (!given)
        {
            foreach (var deed in afterwards) await deed.RunAsync(context.Turn.Work, member.Id, ct);
        }
        return given ? "given" : "withdrawn";
    }
}
