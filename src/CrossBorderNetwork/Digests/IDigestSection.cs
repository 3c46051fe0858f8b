using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Digests;

/// <summary>
/// Plug point: what one slice has for a member's digest. Found by scan; all sections compete for the few places of a digest.
/// </summary>
public interface IDigestSection
{
    /// <summary>Name in the list of what was found at start.</summary>
    string Name { get; }

    /// <summary>What fits this reader in the seven days from <see cref="DigestReader.From"/>; empty when there is nothing.</summary>
    Task<IReadOnlyList<DigestItem>> ForAsync(DigestReader reader, NetworkDb db, CancellationToken ct);
}

/// <summary>Whom a digest is for.</summary>
/// <param name="Member">The reader.</param>
/// <param name="Language">The reader's language.</param>
/// <param name="From">When the digest is due.</param>
public sealed record DigestReader(Member Member, string Language, DateTimeOffset From);

/// <summary>One item of a digest.</summary>
/// <param name="Fit">How well it fits the reader, 0 to 1.</param>
/// <param name="Deadline">Until when the reader must act, if ever; deadlines of the coming week stand first.</param>
/// <param name="Text">The gist, in the reader's language, its title in bold.</param>
/// <param name="Buttons">At most two buttons that act on it; the digest puts the item's number before their labels.</param>
public sealed record DigestItem(double Fit, DateTimeOffset? Deadline, RichText Text, IReadOnlyList<Button> Buttons);
