using System.Threading.Channels;

namespace CrossBorderNetwork.Messaging;

/// <summary>A message that this process has claimed and has in memory.</summary>
public sealed record ClaimedMessage(
    long Id, long ConversationId, string Channel, string Address, string? Thread, Lane Lane, Message Message, int Attempts, DateTimeOffset NotAfter)
{
    /// <summary>The person asked to be forgotten: after this nothing is kept.</summary>
    public bool IsLastWord { get; init; }

    /// <summary>The pace of its conversation allows it from then on.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The number of the <see cref="Node"/> when it was claimed: with it the claim ends.</summary>
    public long Owner { get; init; }

    /// <summary>Takes one of the places of <see cref="DeliveryOptions.Window"/>; what a turn hands over directly does not.</summary>
    public bool TakesPlace { get; init; }
}

/// <summary>Tells delivery, after a commit, what there is to do. Lives apart from delivery so that writers need not know it.</summary>
public sealed class DeliverySignal
{
    private readonly Channel<ClaimedMessage?> _work = Channel.CreateUnbounded<ClaimedMessage?>(new UnboundedChannelOptions { SingleReader = true });

    internal ChannelReader<ClaimedMessage?> Work => _work.Reader;

    /// <summary>There may be pending rows.</summary>
    public void Wake() => _work.Writer.TryWrite(null);

    internal void Claimed(ClaimedMessage message) => _work.Writer.TryWrite(message);
}
