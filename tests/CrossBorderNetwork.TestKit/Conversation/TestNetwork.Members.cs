using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.TestKit;

/// <summary>Members who are simply there, without having gone through the enrolment.</summary>
public sealed partial class TestNetwork
{
    /// <summary>Adds a member with a conversation, ready to act. What is not said is what an ordinary teacher has.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="side"><c>LT</c> or <c>PL</c>.</param>
    /// <param name="language">Language of the conversation; null: the side's.</param>
    /// <param name="municipality">Key of the list; null: Alytus or Augustów.</param>
    /// <param name="role">Key of the list.</param>
    /// <param name="organisation">Name of the organisation, added to the register if it is not there.</param>
    /// <param name="languages">Languages with levels; null: the side's, <c>works</c>.</param>
    /// <param name="topics">Keys of the list; null: outdoor.</param>
    /// <param name="offers">Keys of the list of forms.</param>
    /// <param name="seeks">Keys of the list of forms.</param>
    /// <param name="about">The free line.</param>
    /// <param name="contact">How a partner may reach the member; null: an e-mail address made of the name.</param>
    /// <param name="isBridge">Volunteers to interpret.</param>
    /// <param name="mayBeFound">Consent to be found.</param>
    /// <param name="wantsDigest">Consent to the digest.</param>
    /// <param name="wantsAnnouncements">Consent to announcements.</param>
    /// <param name="nextDigestAt">When the next digest is due.</param>
    /// <param name="handle">Public handle on the channel.</param>
    /// <param name="adjust">The last word on the member.</param>
    public async Task<ScriptedMember> MemberAsync(
        string name, string side = "LT", string? language = null, string? municipality = null, string role = "teacher", string? organisation = null,
        IReadOnlyDictionary<string, string>? languages = null, IReadOnlyList<string>? topics = null, IReadOnlyList<string>? offers = null,
        IReadOnlyList<string>? seeks = null, string? about = null, string? contact = null, bool isBridge = false, bool mayBeFound = true,
        bool wantsDigest = true, bool wantsAnnouncements = true, DateTimeOffset? nextDigestAt = null, string? handle = null, Action<Member>? adjust = null)
    {
        var spoken = side == "PL" ? "pl" : "lt";
        var person = Person(name, language ?? spoken, handle);
        var place = municipality ?? (side == "PL" ? "2001011" : "LT01");
        var now = Clock.GetUtcNow();
        await using var work = await Server.Database.BeginAsync(CancellationToken.None);
        var conversation = new Conversation
        {
            Channel = TestChannel.Name, Address = person.Address, SenderId = person.Address, Language = language ?? spoken, LanguageChosen = true, Handle = handle, LastActiveAt = now,
        };
        work.Db.Conversations.Add(conversation);
        await work.SaveAsync(CancellationToken.None);
        conversation.PersonId = conversation.Id;
        var member = new Member
        {
            Id = conversation.Id,
            Name = name,
            Contact = contact ?? Folding.Fold(name).Replace(' ', '.') + "@example.org",
            Side = side,
            Municipality = place,
            Zone = Content.Lists["municipalities"].Find(place)?.Attributes["zone"] ?? throw new ArgumentException($"There is no municipality '{place}'.", nameof(municipality)),
            Role = role,
            OrganisationId = organisation is null ? null : await OrganisationAsync(work.Db, organisation, place, side),
            Languages = languages is null ? new Dictionary<string, string> { [spoken] = "works" } : new Dictionary<string, string>(languages),
            Topics = [.. topics ?? ["outdoor"]],
            Offers = [.. offers ?? []],
            Seeks = [.. seeks ?? []],
            About = about,
            IsBridge = isBridge,
            MayBeFound = mayBeFound,
            WantsDigest = wantsDigest,
            WantsAnnouncements = wantsAnnouncements,
            NextDigestAt = nextDigestAt,
            JoinedAt = now,
            LastActiveAt = now,
        };
        adjust?.Invoke(member);
        work.Db.Members.Add(member);
        foreach (var (purpose, given) in new[] { ("membership", true), ("found", mayBeFound), ("digest", wantsDigest), ("announcements", wantsAnnouncements) })
        {
            if (given) work.Db.Consents.Add(new Consent { MemberId = member.Id, Purpose = purpose, Given = true, TextHash = "", Language = conversation.Language, Channel = TestChannel.Name, At = now });
        }
        await work.CommitAsync(CancellationToken.None);
        return person;
    }

    /// <summary>Makes a person who has a conversation a coordinator of a side.</summary>
    public async Task AppointAsync(ScriptedMember person, string side)
    {
        var id = await person.PersonIdAsync();
        await using var work = await Server.Database.BeginAsync(CancellationToken.None);
        work.Db.Coordinators.Add(new Coordinator { PersonId = id, Side = side, AppointedBy = id, At = Clock.GetUtcNow() });
        await work.CommitAsync(CancellationToken.None);
    }

    private static async Task<long> OrganisationAsync(Data.NetworkDb db, string name, string municipality, string side)
    {
        var folded = Folding.Fold(name);
        if (db.Organisations.FirstOrDefault(o => o.Side == side && o.FoldedName == folded) is { } known) return known.Id;
        var added = new Organisation { Name = name, FoldedName = folded, Municipality = municipality, Side = side };
        db.Organisations.Add(added);
        await db.SaveChangesAsync();
        return added.Id;
    }
}
