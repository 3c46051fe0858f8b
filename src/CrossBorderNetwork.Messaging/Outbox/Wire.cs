namespace CrossBorderNetwork.Messaging;

/// <summary>One channel as delivery uses it: its places, its pace for replies, and when it is worth looking for more.</summary>
internal sealed class Wire(ChannelAdapter adapter, DeliveryOptions options, ChatPace chats)
{
    /// <summary>Slots are claimed in groups, so that one commit serves several messages.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Rate _replyRate = Messaging.Rate.Replies(options.MessagesPerSecond);
    private DateTimeOffset _replyReadyAt = DateTimeOffset.UnixEpoch;
    private (DateTimeOffset From, DateTimeOffset Until) _rest;
    private int _repliesSinceClaim;
    private int _failures;
    private int _shutOut;
    private int _taken;

    public ChannelAdapter Adapter => adapter;

    /// <summary>Null: the channel has no limits of its own.</summary>
    public Rate? Rate { get; } = adapter.Features.IsPaced ? Messaging.Rate.Overall(options.PaidBroadcast ? options.PaidMessagesPerSecond : options.MessagesPerSecond) : null;

    public bool IsPaid => options.PaidBroadcast;

    /// <summary>The pace of its conversation that a message falls under; null: under none.</summary>
    public Rate? ChatRate(ClaimedMessage message) => chats.Of(message.Channel, message.Address, message.Message);

    /// <summary>How many more may be on the wire.</summary>
    public int Free => options.Window - Volatile.Read(ref _taken);

    /// <summary>Whether a look for pending rows is worth its while.</summary>
    public bool MayHavePending { get; set; } = true;

    /// <summary>When the pace lets the next be claimed.</summary>
    public DateTimeOffset LooksAt { get; private set; } = DateTimeOffset.UnixEpoch;

    public void Take(int places) => Interlocked.Add(ref _taken, places);

    public void GiveBack() => Interlocked.Decrement(ref _taken);

    /// <summary>What a claim found out: the next comes when slots are free again, or soon if only places were short.</summary>
    public void Looked(Claim claim, DateTimeOffset now)
    {
        MayHavePending = claim.MayHaveMore;
        LooksAt = claim.NextAt is not { } next ? now : next > now + BetweenLooks ? next : now + BetweenLooks;
    }

    /// <summary>Replies are not claimed: what they use of the pace is taken from the next claim.</summary>
    public int TakeReplies() => Interlocked.Exchange(ref _repliesSinceClaim, 0);

    /// <summary>When a reply may leave: replies wait for replies, never for bulk.</summary>
    public DateTimeOffset ReserveReply(DateTimeOffset now)
    {
        if (Rate is null) return now;
        Interlocked.Increment(ref _repliesSinceClaim);
        lock (_lock)
        {
            var leaves = _replyRate.Available(_replyReadyAt, now) > 0 ? now : _replyReadyAt;
            _replyReadyAt = _replyRate.After(_replyReadyAt, now);
            return leaves;
        }
    }

    /// <summary>Nothing leaves before, replies neither.</summary>
    public void RestUntil(DateTimeOffset until, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (until > _rest.Until || _rest.From > now) _rest = (now, until);
        }
    }

    /// <summary>The end of a rest that holds now; a clock that is set back does not prolong it.</summary>
    public DateTimeOffset? Rest(DateTimeOffset now)
    {
        lock (_lock) return _rest.From <= now && now < _rest.Until ? _rest.Until : null;
    }

    /// <returns>True once when the channel had let nothing out before.</returns>
    public bool Answered()
    {
        Volatile.Write(ref _failures, 0);
        return Volatile.Read(ref _shutOut) == 1 && Interlocked.Exchange(ref _shutOut, 0) == 1;
    }

    /// <returns>True at the first time, until the channel answers again.</returns>
    public bool ShutOut() => Interlocked.Exchange(ref _shutOut, 1) == 0;

    /// <summary>One failure may be one chat's; the third in a row is the network's, and it is asked less and less often.</summary>
    public void Failed(DateTimeOffset now)
    {
        var failures = Interlocked.Increment(ref _failures);
        if (failures < 3) return;
        var rest = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(failures - 3, 8)));
        RestUntil(now + (rest < LongestRest ? rest : LongestRest), now);
    }
}

/// <summary>What a look at the outbox brought.</summary>
/// <param name="Messages">Marked as being sent.</param>
/// <param name="MayHaveMore">There was more than could be taken.</param>
/// <param name="NextAt">When a slot of the pace is free again; null when the pace was not what ended it.</param>
internal sealed record Claim(IReadOnlyList<ClaimedMessage> Messages, bool MayHaveMore, DateTimeOffset? NextAt = null);
