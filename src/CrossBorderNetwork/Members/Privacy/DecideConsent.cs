using System.Security.Cryptography;
using System.Text;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Members;

/// <summary>Where and in which language a consent was given or withdrawn.</summary>
public sealed record ConsentPlace(string Language, string Channel)
{
    public static ConsentPlace Of(TurnContext turn) => new(turn.Language, turn.Activity.Channel);
}

/// <summary>
/// Gives or withdraws one consent: a line in the ledger, and at once the effect. Membership itself is withdrawn by
/// <see cref="Forget"/>.
/// </summary>
public sealed class DecideConsent(TimeProvider time)
{
    /// <param name="db">Where the ledger is.</param>
    /// <param name="member">Who decides.</param>
    /// <param name="purpose">Key in the list of purposes.</param>
    /// <param name="given">Given or withdrawn.</param>
    /// <param name="sentence">The sentence that was shown; its hash is kept.</param>
    /// <param name="place">Language and channel.</param>
    public void Run(NetworkDb db, Member member, string purpose, bool given, string sentence, ConsentPlace place)
    {
        var now = time.GetUtcNow();
        db.Consents.Add(new Consent
        {
            MemberId = member.Id,
            Purpose = purpose,
            Given = given,
            TextHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sentence))),
            Language = place.Language,
            Channel = place.Channel,
            At = now,
        });
        switch (purpose)
        {
            case "found":
                member.MayBeFound = given;
                break;
            case "announcements":
                member.WantsAnnouncements = given;
                break;
            case "digest":
                member.WantsDigest = given;
                member.NextDigestAt = DigestClock.Next(member, now);
                break;
        }
    }
}
