using System.Text.Json;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrossBorderNetwork.Members;

/// <summary>
/// A person who joined the network. The id is the person's id in all conversations. Vocabulary values are keys of the lists in
/// <c>dialogs/lists</c>.
/// </summary>
public sealed class Member
{
    public required long Id { get; init; }

    public required string Name { get; set; }

    /// <summary>How a partner may reach the member once both said yes: e-mail, phone or Telegram name.</summary>
    public required string Contact { get; set; }

    /// <summary>Side of the border: <c>LT</c> or <c>PL</c>.</summary>
    public required string Side { get; set; }

    /// <summary>Key in the list of municipalities.</summary>
    public required string Municipality { get; set; }

    /// <summary>IANA time zone, by municipality.</summary>
    public required string Zone { get; set; }

    public required string Role { get; set; }

    public long? OrganisationId { get; set; }

    /// <summary>Language and level (<c>understands</c>, <c>converses</c>, <c>works</c>).</summary>
    public required Dictionary<string, string> Languages { get; set; }

    public required List<string> Topics { get; set; }

    public List<string> Offers { get; set; } = [];

    public List<string> Seeks { get; set; } = [];

    /// <summary>One free line about what the member offers or looks for.</summary>
    public string? About { get; set; }

    /// <summary>Volunteers to interpret between two others.</summary>
    public bool IsBridge { get; set; }

    public DayOfWeek DigestDay { get; set; } = DayOfWeek.Monday;

    /// <summary>Hour of the digest in the member's zone, 0 to 23.</summary>
    public int DigestHour { get; set; } = 8;

    /// <summary>When the next digest is due; null while the member wants none.</summary>
    public DateTimeOffset? NextDigestAt { get; set; }

    public bool MayBeFound { get; set; }

    public bool WantsDigest { get; set; }

    public bool WantsAnnouncements { get; set; }

    /// <summary>What the member does not want: keys in the list of message kinds, and <see cref="MessageKinds.Reminders"/>.</summary>
    public List<string> MutedKinds { get; set; } = [];

    /// <summary>Nothing is proposed or sent before this instant, except what the member asks for.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>How many introductions the monthly round may bring, 0 to 5; 0: the member takes no part.</summary>
    public int RoundCapacity { get; set; } = 1;

    /// <summary>No round proposes anybody before this instant; all else goes on, unlike in a pause.</summary>
    public DateTimeOffset? RoundsSnoozedUntil { get; set; }

    /// <summary>Would meet somebody through a translator.</summary>
    public bool AcceptsTranslator { get; set; }

    /// <summary>When the member was asked about a translator, which is done once; or said so unasked.</summary>
    public DateTimeOffset? TranslatorAskedAt { get; set; }

    public required DateTimeOffset JoinedAt { get; init; }

    public DateTimeOffset LastActiveAt { get; set; }

    /// <summary>How many introductions the member has had; the rarely found come first.</summary>
    public int TimesFound { get; set; }

    public bool Wants(string kind) => !MutedKinds.Contains(kind);

    public bool IsPausedAt(DateTimeOffset instant) => PausedUntil > instant;

    /// <summary>How many partners a round at this instant may give the member.</summary>
    public int RoundCapacityAt(DateTimeOffset instant) => RoundsSnoozedUntil > instant ? 0 : RoundCapacity;
}

/// <summary>A legal entity or group that members belong to, chosen from the register as its name is typed.</summary>
public sealed class Organisation
{
    public long Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The name without case and diacritics, for finding it.</summary>
    public required string FoldedName { get; set; }

    public required string Municipality { get; set; }

    public required string Side { get; set; }
}

internal sealed class MemberTable : IEntityTypeConfiguration<Member>, IEntityTypeConfiguration<Organisation>
{
    public void Configure(EntityTypeBuilder<Member> builder)
    {
        builder.ToTable("member");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.HasPerson(m => m.Id);
        builder.Property(m => m.Languages).HasConversion(new JsonMap(), new MapComparer());
        builder.Property(m => m.MutedKinds).HasConversion(new KeyList(), new KeyListComparer());
        builder.HasIndex(m => m.NextDigestAt);
        builder.HasIndex(m => new { m.Side, m.Role });
        builder.HasOne<Organisation>().WithMany().HasForeignKey(m => m.OrganisationId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<Organisation> builder)
    {
        builder.ToTable("organisation");
        builder.HasIndex(o => new { o.Side, o.FoldedName });
    }
}

/// <summary>Stores a map of words as one JSON column.</summary>
internal sealed class JsonMap() : ValueConverter<Dictionary<string, string>, string>(
    map => JsonSerializer.Serialize(map, JsonSerializerOptions.Default),
    json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!);

/// <summary>Stores keys side by side, with commas between, in one column that every database can search.</summary>
internal sealed class KeyList() : ValueConverter<List<string>, string>(
    keys => string.Join(',', keys),
    stored => stored.Split(',', StringSplitOptions.RemoveEmptyEntries).ToList());

internal sealed class KeyListComparer() : ValueComparer<List<string>>(
    (a, b) => a!.SequenceEqual(b!),
    keys => keys.Aggregate(0, (hash, key) => HashCode.Combine(hash, key)),
    keys => keys.ToList());

internal sealed class MapComparer() : ValueComparer<Dictionary<string, string>>(
    (a, b) => a!.Count == b!.Count && a.All(entry => b.ContainsKey(entry.Key) && b[entry.Key] == entry.Value),
    map => map.Aggregate(0, (hash, entry) => hash ^ HashCode.Combine(entry.Key, entry.Value)),
    map => new Dictionary<string, string>(map));

public static class MemberSets
{
    extension(NetworkDb db)
    {
        public DbSet<Member> Members => db.Set<Member>();

        public DbSet<Organisation> Organisations => db.Set<Organisation>();
    }
}
