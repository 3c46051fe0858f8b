using CrossBorderNetwork.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// This server as one of those that work on the database. What it has taken on, updates to handle and messages to send, carries its
/// number. It may act on that only as long as its lease holds; when the lease has lapsed, others take over and the number is void
/// for ever, so that a server that stood still and wakes can spoil nothing. A server on its own database holds it always.
/// </summary>
public sealed class Node
{
    /// <summary>How long a server may be silent before the others take over.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>It counts its own lease shorter than the others do, so that it stops before they begin.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _monotonic = TimeProvider.System;
    private readonly Lock _lock = new();
    private readonly bool _isAlone;
    private long _id;
    private long _renewedAt;
    private bool _leads;

    public Node(Database database) => _isAlone = !database.IsShared;

    /// <summary>The number under which it works now.</summary>
    public long Id => Interlocked.Read(ref _id);

    /// <summary>Whether it is the one that does what only one may do, such as asking Telegram for updates: the one at work longest.</summary>
    public bool Leads
    {
        get
        {
            lock (_lock) return _isAlone || (_leads && IsFresh());
        }
    }

    /// <summary>Whether what was taken on under a number may still be acted on. Costs no look into the database.</summary>
    public bool Holds(long id)
    {
        lock (_lock) return _id == id && (_isAlone || IsFresh());
    }

    internal long Timestamp() => _monotonic.GetTimestamp();

    /// <param name="id">Its number from now on.</param>
    /// <param name="leads">See <see cref="Leads"/>.</param>
    /// <param name="askedAt">When the lease was asked for: it runs from then.</param>
    internal void Renewed(long id, bool leads, long askedAt)
    {
        lock (_lock) (_id, _leads, _renewedAt) = (id, leads, askedAt);
    }

    private bool IsFresh() => _monotonic.GetElapsedTime(_renewedAt) < Lease - Margin;
}

/// <summary>The lease of a server; the row goes when it lapses or ends.</summary>
public sealed class NodeEntry
{
    /// <summary>Never used again.</summary>
    public long Id { get; set; }

    /// <summary>By the database's clock, in UTC milliseconds.</summary>
    public long Until { get; init; }
}

internal sealed class NodeTable : IEntityTypeConfiguration<NodeEntry>
{
    public void Configure(EntityTypeBuilder<NodeEntry> builder) => builder.ToTable("node");
}
