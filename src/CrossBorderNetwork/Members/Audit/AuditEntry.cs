using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Members;

/// <summary>
/// What a coordinator did or was denied, without texts or names. Only ever added to: the database itself refuses to change or
/// delete a line, and each line is sealed together with all before it. Of a person who is forgotten the line stays, but says no
/// more whose it was.
/// </summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public required long PersonId { get; init; }

    /// <summary>Verb, such as <c>event.publish</c> or <c>denied:announce</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What it concerned, as an id.</summary>
    public string? Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Random; with the person's id it makes <see cref="Actor"/>. Emptied when the person is forgotten, and nobody can tell any more.</summary>
    public string Nonce { get; init; } = "";

    /// <summary>Stands for the person inside the seal, which can therefore still be checked when the person is forgotten.</summary>
    public string Actor { get; init; } = "";

    /// <summary>Over this line and the seal before it; empty for lines from before there were seals.</summary>
    public string Seal { get; init; } = "";

    internal static string ActorOf(string nonce, long personId) => Hash(nonce, personId.ToString(CultureInfo.InvariantCulture));

    internal static string SealOf(string before, DateTimeOffset at, string act, string? subject, string actor) =>
        Hash(before, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), act, subject ?? "", actor);

    private static string Hash(params ReadOnlySpan<string?> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}

/// <summary>The newest seal, in one row that whoever adds a line locks: so two nodes cannot go on from the same line, and a cut end shows.</summary>
public sealed class AuditHead
{
    public const long OnlyId = 1;

    public long Id { get; init; }

    public required string Seal { get; init; }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasIndex(a => a.PersonId);
        builder.HasPerson(a => a.PersonId, Erasure.Anonymise, a => a.Nonce);
    }

    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_head");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.HasData(new AuditHead { Id = AuditHead.OnlyId, Seal = "" });
    }
}

public static class AuditSet
{
    extension(NetworkDb db)
    {
        public DbSet<AuditEntry> Audit => db.Set<AuditEntry>();
    }
}
