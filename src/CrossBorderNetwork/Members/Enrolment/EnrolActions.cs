using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Members;

/// <summary>Shows all answers before anything is saved.</summary>
internal sealed class SumUp : IDialogAction
{
    public string Name => "members.sum-up";

    public IReadOnlyList<string> Outcomes => ["ready"];

    public bool ChangesSomething => false;

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var answers = context.Answers;
        var (day, hour) = DigestTime.Read(answers);
        MemberCard.Complete(answers, await OrganisationRegister.NameAsync(context.Turn.Db, answers.Text("organisation"), ct), day, hour);
        answers.Remove("review");
        return "ready";
    }
}

/// <summary>Saves a new member from the answers of the enrolment.</summary>
internal sealed class SaveEnrolment(Enrol enrol) : IDialogAction
{
    private static readonly string[] Purposes = ["membership", "found", "digest", "announcements"];

    public string Name => "members.enrol";

    public IReadOnlyList<string> Outcomes => ["enrolled", "already-member"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var answers = context.Answers;
        var (day, hour) = DigestTime.Read(answers);
        var enrolment = new Enrolment
        {
            Name = answers.Text("name"),
            Contact = answers.Text("contact"),
            Municipality = answers.Text("municipality"),
            Role = answers.Text("role"),
            Organisation = answers.Text("organisation"),
            Languages = answers.Ratings("languages"),
            Topics = answers.Many("topics"),
            Offers = answers.Many("offers"),
            Seeks = answers.Many("seeks"),
            About = answers.Text("about") is { Length: > 0 } about ? about : null,
            IsBridge = answers.Is("bridge"),
            DigestDay = day,
            DigestHour = hour,
            Agreed = Purposes.Where(purpose => answers.Text("consent-" + purpose) is "yes" or "agree")
                .ToDictionary(purpose => purpose, purpose => context.Content.Text("enrol", $"consent-{purpose}.ask", context.Turn.Language, []).ToString()),
        };
        return await enrol.RunAsync(context.Turn.Db, context.Turn.PersonId, enrolment, ConsentPlace.Of(context.Turn), ct) is null ? "already-member" : "enrolled";
    }
}
