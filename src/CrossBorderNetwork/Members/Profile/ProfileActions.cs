using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>Whom we talk to, for greetings and menus.</summary>
internal sealed class Who(Rights rights) : IDialogAction
{
    public string Name => "members.who";

    public IReadOnlyList<string> Outcomes => ["stranger", "member", "coordinator"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        if (await context.Turn.Db.Members.FindAsync([context.Turn.PersonId], ct) is null) return "stranger";
        return await rights.CoordinatesAsync(context.Turn.Db, context.Turn.PersonId, ct) is null ? "member" : "coordinator";
    }
}

/// <summary>Leaves all that is stored in the profile as answers, and forgets which field was chosen before.</summary>
internal sealed class LoadProfile : IDialogAction
{
    public string Name => "members.load-profile";

    public IReadOnlyList<string> Outcomes => ["loaded", "stranger"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        if (await db.Members.FindAsync([context.Turn.PersonId], ct) is not { } member) return "stranger";
        foreach (var name in new[] { "card", "list", "workplace", "workplace-kind", "digest-time" }) context.Answers.Remove(name);
        MemberCard.Fill(context.Answers, member, member.OrganisationId is { } id ? await db.Organisations.FindAsync([id], ct) : null);
        var isPaused = member.IsPausedAt(context.Turn.Now);
        context.Answers.Set("paused", isPaused ? "yes" : "no");
        if (isPaused) context.Answers.Set("paused-until", member.PausedUntil!.Value);
        return "loaded";
    }
}

/// <summary>Saves the one field that the answer <c>card</c> names.</summary>
internal sealed class SaveProfile(ChangeProfile change) : IDialogAction
{
    public string Name => "members.change-profile";

    public IReadOnlyList<string> Outcomes => ["changed", "stranger"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var db = context.Turn.Db;
        if (await db.Members.FindAsync([context.Turn.PersonId], ct) is not { } member) return "stranger";
        await change.RunAsync(db, member, context.Answers.Text("card"), context.Answers, ct);
        return "changed";
    }
}
