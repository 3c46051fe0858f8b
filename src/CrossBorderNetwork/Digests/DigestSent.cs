using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Digests;

/// <summary>That a member had the digest of a week. Its key is what makes a second one impossible, whatever the clock or the scheduler does.</summary>
public sealed class DigestSent
{
    public required long MemberId { get; init; }

    /// <summary>ISO week of the member's own calendar, such as <c>2026-W43</c>.</summary>
    public required string Week { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The week that an instant belongs to where the member lives.</summary>
    internal static string WeekOf(DateTimeOffset instant, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(local)}-W{ISOWeek.GetWeekOfYear(local):00}");
    }
}

internal sealed class DigestSentTable : IEntityTypeConfiguration<DigestSent>
{
    public void Configure(EntityTypeBuilder<DigestSent> builder)
    {
        builder.ToTable("digest_sent");
        builder.HasKey(sent => new { sent.MemberId, sent.Week });
        builder.HasPerson(sent => sent.MemberId);
        builder.HasOne<Member>().WithMany().HasForeignKey(sent => sent.MemberId).OnDelete(DeleteBehavior.Cascade);
    }
}

public static class DigestSets
{
    extension(NetworkDb db)
    {
        public DbSet<DigestSent> DigestsSent => db.Set<DigestSent>();
    }
}
