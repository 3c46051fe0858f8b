using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Messaging;

/// <summary>How fast a channel may be used and whether it asked to wait: kept here so that a restart or another node obeys too.</summary>
public sealed class ChannelPace
{
    public required string Channel { get; init; }

    /// <summary>When the next proactive message may leave, in ticks of UTC: a thousandth of a second is too coarse for a pace.</summary>
    public long ReadyAtTicks { get; set; }

    /// <summary>A pause holds from here, so that a clock that is set back does not prolong it.</summary>
    public DateTimeOffset PausedFrom { get; set; }

    public DateTimeOffset PausedUntil { get; set; }

    /// <summary>Why nothing leaves until somebody mends it; null from the first message on that leaves again.</summary>
    public string? ShutOut { get; set; }
}

internal sealed class ChannelPaceTable : IEntityTypeConfiguration<ChannelPace>
{
    public void Configure(EntityTypeBuilder<ChannelPace> builder)
    {
        builder.ToTable("channel_pace");
        builder.HasKey(pace => pace.Channel);
    }
}

/// <summary>The rows of <see cref="ChannelPace"/>, inside of the transactions that claim.</summary>
internal static class ChannelPaceRows
{
    // Changing nothing, it takes the row until the transaction ends: two nodes never reserve the same slots.
    private const string Take =
        "UPDATE channel_pace SET ready_at_ticks = ready_at_ticks WHERE channel = @1 RETURNING ready_at_ticks, paused_from, paused_until";

    private const string Extend =
        "UPDATE channel_pace SET paused_from = @2, paused_until = @3, shut_out = coalesce(@4, shut_out) WHERE channel = @1 AND (paused_until < @3 OR paused_from > @2)";

    /// <summary>At a start: a row for each channel. Whoever was shut out tries again, for that may be mended.</summary>
    public static void Prepare(UnitOfWork work, string channel)
    {
        work.Execute("INSERT INTO channel_pace (channel, ready_at_ticks, paused_from, paused_until) VALUES (@1, 0, 0, 0) ON CONFLICT (channel) DO NOTHING", channel);
        work.Execute("UPDATE channel_pace SET paused_until = 0, shut_out = NULL WHERE channel = @1 AND shut_out IS NOT NULL", channel);
    }

    /// <returns>When the next may leave, and the end of a pause that holds now.</returns>
    public static (DateTimeOffset ReadyAt, DateTimeOffset? PausedUntil) Read(UnitOfWork work, string channel, DateTimeOffset now)
    {
        using var row = work.Query(Take, channel);
        if (!row.Read()) throw new InvalidOperationException($"The channel '{channel}' has no pace.");
        var (from, until) = (DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)));
        return (new DateTimeOffset(row.GetInt64(0), TimeSpan.Zero), from <= now && now < until ? until : null);
    }

    public static void Reserve(UnitOfWork work, string channel, DateTimeOffset readyAt) =>
        work.Execute("UPDATE channel_pace SET ready_at_ticks = @2 WHERE channel = @1", channel, readyAt.UtcTicks);

    public static void LetIn(UnitOfWork work, string channel) => work.Execute("UPDATE channel_pace SET shut_out = NULL WHERE channel = @1", channel);

    public static void Pause(UnitOfWork work, string channel, DateTimeOffset from, DateTimeOffset until, string? shutOut) =>
        work.Execute(Extend, channel, from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds(), shutOut);
}
