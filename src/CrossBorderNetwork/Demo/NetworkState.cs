using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Demo;

/// <summary>A fact about this network as a whole, by name.</summary>
public sealed class NetworkState
{
    public const string Demo = "demo";
    public const string ClockOffset = "demo-clock-offset";

    public required string Key { get; init; }

    public required string Value { get; set; }
}

internal sealed class NetworkStateTable : IEntityTypeConfiguration<NetworkState>
{
    public void Configure(EntityTypeBuilder<NetworkState> builder)
    {
        builder.ToTable("network_state");
        builder.HasKey(s => s.Key);
    }
}

/// <summary>Whether a database is empty, holds a real network or a demonstration. The three never mix.</summary>
public enum NetworkKind
{
    Empty,
    Real,
    Demo,
}

public static class NetworkStateSet
{
    extension(NetworkDb db)
    {
        public DbSet<NetworkState> State => db.Set<NetworkState>();

        public async Task<NetworkKind> KindAsync(CancellationToken ct)
        {
            if (await db.State.AnyAsync(s => s.Key == NetworkState.Demo, ct)) return NetworkKind.Demo;
            return await db.Members.AnyAsync(ct) ? NetworkKind.Real : NetworkKind.Empty;
        }

        /// <summary>How far the demonstration's clock was set forward.</summary>
        public async Task<TimeSpan> ClockOffsetAsync(CancellationToken ct) =>
            await db.State.FindAsync([NetworkState.ClockOffset], ct) is { } offset ? TimeSpan.Parse(offset.Value, CultureInfo.InvariantCulture) : TimeSpan.Zero;
    }
}
