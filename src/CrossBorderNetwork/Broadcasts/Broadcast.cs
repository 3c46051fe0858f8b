using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Broadcasts;

/// <summary>One announcement of a coordinator to many members. Its messages are rows of the outbox under <see cref="Source"/>.</summary>
public sealed class Broadcast
{
    public long Id { get; init; }

    /// <summary>The coordinator, as a person; need not be a member.</summary>
    public required long AuthorId { get; init; }

    public required LocalizedText Texts { get; init; }

    /// <summary><c>LT</c>, <c>PL</c>, or empty for both.</summary>
    public required string Side { get; init; }

    /// <summary>Keys in the list of roles; empty for all.</summary>
    public required List<string> Roles { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>When nothing was open any more and the author was told.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What became of it, once it has ended.</summary>
    public Tally Result { get; set; } = Tally.Zero;

    public string Source => SourceOf(Id);

    public static string SourceOf(long id) => "broadcast:" + id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What became of the messages of a broadcast.</summary>
/// <param name="Delivered">Taken by the channel.</param>
/// <param name="Waiting">Not sent yet.</param>
/// <param name="Failed">Refused by the channel, too late, or perhaps not arrived.</param>
/// <param name="Unreachable">To people who blocked the bot or are gone.</param>
/// <param name="Cancelled">Stopped before they were sent.</param>
public sealed record Tally(int Delivered, int Waiting, int Failed, int Unreachable, int Cancelled)
{
    public static Tally Zero { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Counts the outbox; what has ended is remembered, for its rows are deleted in time.</summary>
    public static async Task<Tally> OfAsync(NetworkDb db, Broadcast broadcast, CancellationToken ct)
    {
        if (broadcast.EndedAt is not null) return broadcast.Result;
        var source = broadcast.Source;
        var states = await db.Outbox.Where(e => e.Source == source)
            .Join(db.Conversations, e => e.ConversationId, c => c.Id, (e, c) => new { e.State, c.Reachable })
            .GroupBy(e => e).Select(group => new { group.Key.State, group.Key.Reachable, Count = group.Count() })
            .ToListAsync(ct);
        return new Tally(
            Sum(OutboxState.Delivered), Sum(OutboxState.Pending, OutboxState.Sending),
            Sum(OutboxState.Expired, OutboxState.InDoubt) + states.Where(s => s.State == OutboxState.Failed && s.Reachable).Sum(s => s.Count),
            states.Where(s => s.State == OutboxState.Failed && !s.Reachable).Sum(s => s.Count), Sum(OutboxState.Cancelled));

        int Sum(params OutboxState[] which) => states.Where(s => which.Contains(s.State)).Sum(s => s.Count);
    }
}

internal sealed class BroadcastTable : IEntityTypeConfiguration<Broadcast>
{
    public void Configure(EntityTypeBuilder<Broadcast> builder)
    {
        builder.ToTable("broadcast");
        builder.HasPerson(b => b.AuthorId, Erasure.Anonymise);
        builder.Property(b => b.Texts).IsLocalized();
        builder.ComplexProperty(b => b.Result);
        builder.HasIndex(b => b.EndedAt);
    }
}

public static class BroadcastSets
{
    extension(NetworkDb db)
    {
        public DbSet<Broadcast> Broadcasts => db.Set<Broadcast>();
    }
}
