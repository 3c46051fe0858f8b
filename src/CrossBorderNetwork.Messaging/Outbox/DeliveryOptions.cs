namespace CrossBorderNetwork.Messaging;

/// <summary>Settings under <c>Delivery</c>. Channels without limits of their own (web chat) are not paced.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Messages a second to all people together on a channel that limits them (Telegram: about 30).</summary>
    public int MessagesPerSecond { get; set; } = 30;

    /// <summary>Messages a second to one person (Telegram: about 1).</summary>
    public double ChatMessagesPerSecond { get; set; } = 1;

    /// <summary>Messages to one person that may leave at once before <see cref="ChatMessagesPerSecond"/> holds.</summary>
    public int ChatBurst { get; set; } = 8;

    /// <summary>Messages a minute to one group, edits included (Telegram: 20).</summary>
    public int GroupMessagesPerMinute { get; set; } = 20;

    /// <summary>How many notices and bulk messages may be on the wire at once; the most that a crash can send twice.</summary>
    public int Window { get; set; } = 8;

    /// <summary>
    /// Telegram's paid broadcasts: bulk messages leave at <see cref="PaidMessagesPerSecond"/>, and those beyond the free pace cost
    /// the bot's balance 0.1 Star each.
    /// </summary>
    public bool PaidBroadcast { get; set; }

    /// <summary>Bulk messages a second with <see cref="PaidBroadcast"/> (Telegram: at most 1,000). Raise <see cref="Window"/> with it.</summary>
    public int PaidMessagesPerSecond { get; set; } = 1000;

    /// <summary>A digest that could not be sent so long is not sent any more.</summary>
    public TimeSpan DigestWindow { get; set; } = TimeSpan.FromHours(12);

    /// <summary>An announcement that could not be sent so long is not sent any more.</summary>
    public TimeSpan BroadcastWindow { get; set; } = TimeSpan.FromHours(24);
}
