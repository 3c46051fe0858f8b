using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Members;

/// <summary>Changes one thing in a member's profile, and what follows from it: the zone from the place, the digest from its hour.</summary>
internal sealed class ChangeProfile(DialogContent content, TimeProvider time)
{
    /// <param name="db">The member's database.</param>
    /// <param name="member">Whose profile.</param>
    /// <param name="field">What to change, named as the answers are.</param>
    /// <param name="answers">The new value among them.</param>
    /// <param name="ct">Cancels the look-ups.</param>
    public async Task RunAsync(NetworkDb db, Member member, string field, Answers answers, CancellationToken ct)
    {
        switch (field)
        {
            case "name":
                member.Name = answers.Text("name");
                break;
            case "place":
                Move(member, answers.Text("municipality"));
                break;
            case "role":
                member.Role = answers.Text("role");
                break;
            case "workplace":
                member.OrganisationId = answers.Text("workplace-kind") == "none" ? null
                    : await OrganisationRegister.ResolveAsync(db, answers.Text("workplace"), member.Side, member.Municipality, ct);
                break;
            case "languages":
                member.Languages = new Dictionary<string, string>(answers.Ratings("languages"));
                // Whoever no longer speaks both cannot interpret.
                member.IsBridge &= Bridge.IsPossible(member.Languages);
                break;
            case "topics":
                member.Topics = [.. answers.Many("topics")];
                break;
            case "offers":
                member.Offers = [.. answers.Many("offers")];
                break;
            case "seeks":
                member.Seeks = [.. answers.Many("seeks")];
                break;
            case "about":
                member.About = answers.Text("about") is { Length: > 0 } about and not ("-" or "–" or "—") ? about : null;
                break;
            case "bridge":
                member.IsBridge = answers.Is("bridge") && Bridge.IsPossible(member.Languages);
                break;
            case "contact":
                member.Contact = answers.Text("contact");
                break;
            case "time":
                (member.DigestDay, member.DigestHour) = DigestTime.Read(answers);
                member.NextDigestAt = DigestClock.Next(member, time.GetUtcNow());
                break;
        }
    }

    private void Move(Member member, string key)
    {
        if (content.Lists["municipalities"].Find(key) is not { } municipality) return;
        member.Side = municipality.Attributes["side"];
        member.Municipality = municipality.Key;
        member.Zone = municipality.Attributes["zone"];
        member.NextDigestAt = DigestClock.Next(member, time.GetUtcNow());
    }
}
