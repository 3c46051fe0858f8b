using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Members;

/// <summary>A code by which a person joins two conversations. Only its hash is kept; it lives ten minutes and is used once.</summary>
public sealed class LinkCode
{
    public long Id { get; init; }

    public required long PersonId { get; init; }

    /// <summary>Conversation in which the code was made.</summary>
    public required long ConversationId { get; init; }

    /// <summary>SHA-256 of the code.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A wrong code that somebody typed: five in ten minutes are enough.</summary>
public sealed class LinkAttempt
{
    public long Id { get; init; }

    public required long PersonId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class LinkTable : IEntityTypeConfiguration<LinkCode>, IEntityTypeConfiguration<LinkAttempt>
{
    public void Configure(EntityTypeBuilder<LinkCode> builder)
    {
        builder.ToTable("link_code");
        builder.HasIndex(c => c.Hash).IsUnique();
        builder.HasPerson(c => c.PersonId);
    }

    public void Configure(EntityTypeBuilder<LinkAttempt> builder)
    {
        builder.ToTable("link_attempt");
        builder.HasIndex(a => a.PersonId);
        builder.HasPerson(a => a.PersonId);
    }
}

internal static class LinkSets
{
    extension(NetworkDb db)
    {
        public DbSet<LinkCode> LinkCodes => db.Set<LinkCode>();

        public DbSet<LinkAttempt> LinkAttempts => db.Set<LinkAttempt>();
    }
}
