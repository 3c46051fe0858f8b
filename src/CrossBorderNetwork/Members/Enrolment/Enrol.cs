using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Members;

/// <summary>What a person answered when joining. Vocabulary values are keys of the lists.</summary>
public sealed record Enrolment
{
    public required string Name { get; init; }

    public required string Contact { get; init; }

    public required string Municipality { get; init; }

    public required string Role { get; init; }

    /// <summary>Id in the register, or a plus and the name of one to be added; empty for none.</summary>
    public string Organisation { get; init; } = "";

    public required IReadOnlyDictionary<string, string> Languages { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public IReadOnlyList<string> Offers { get; init; } = [];

    public IReadOnlyList<string> Seeks { get; init; } = [];

    public string? About { get; init; }

    public bool IsBridge { get; init; }

    public DayOfWeek DigestDay { get; init; } = DayOfWeek.Monday;

    public int DigestHour { get; init; } = 8;

    /// <summary>Purposes agreed to, each with the sentence that was shown.</summary>
    public required IReadOnlyDictionary<string, string> Agreed { get; init; }
}

/// <summary>Makes a person a member, with the consents in the ledger.</summary>
public sealed class Enrol(DialogContent content, DecideConsent decide, TimeProvider time)
{
    /// <returns>The new member, or null where the person is one already.</returns>
    public async Task<Member?> RunAsync(NetworkDb db, long personId, Enrolment enrolment, ConsentPlace place, CancellationToken ct)
    {
        if (await db.Members.AnyAsync(m => m.Id == personId, ct)) return null;
        var now = time.GetUtcNow();
        var municipality = content.Lists["municipalities"].Find(enrolment.Municipality)
            ?? throw new ArgumentException($"There is no municipality '{enrolment.Municipality}'.", nameof(enrolment));
        var side = municipality.Attributes["side"];
        var member = new Member
        {
            Id = personId,
            Name = enrolment.Name,
            Contact = enrolment.Contact,
            Side = side,
            Municipality = municipality.Key,
            Zone = municipality.Attributes["zone"],
            Role = enrolment.Role,
            OrganisationId = await OrganisationRegister.ResolveAsync(db, enrolment.Organisation, side, municipality.Key, ct),
            Languages = new Dictionary<string, string>(enrolment.Languages),
            Topics = [.. enrolment.Topics],
            Offers = [.. enrolment.Offers],
            Seeks = [.. enrolment.Seeks],
            About = enrolment.About,
            IsBridge = enrolment.IsBridge,
            DigestDay = enrolment.DigestDay,
            DigestHour = enrolment.DigestHour,
            JoinedAt = now,
            LastActiveAt = now,
        };
        db.Members.Add(member);
        foreach (var (purpose, sentence) in enrolment.Agreed) decide.Run(db, member, purpose, given: true, sentence, place);
        return member;
    }
}
