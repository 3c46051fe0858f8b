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

    /// <summary>How many notices and bulk messages may be on a channel's wire at once; the most that a crash can send twice.</summary>
    public int Window { get; set; } = 8;

    /// <summary>
    /// Telegram's paid broadcasts: proactive messages leave at <see cref="PaidMessagesPerSecond"/>, and those beyond the free pace
    /// cost the bot's balance 0.1 Star each.
    /// </summary>
    public bool PaidBroadcast { get; set; }

    /// <summary>Proactive messages a second with <see cref="PaidBroadcast"/> (Telegram: at most 1,000). Raise <see cref="Window"/> with it.</summary>
    public int PaidMessagesPerSecond { get; set; } = 1000;

    /// <summary>Everything that is wrong with the settings, a sentence each with the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (MessagesPerSecond is < 1 or > 100_000) yield return "Delivery:MessagesPerSecond must be between 1 and 100000; Telegram allows about 30.";
        if (ChatMessagesPerSecond is not (>= 0.01 and <= 1000)) yield return "Delivery:ChatMessagesPerSecond must be between 0.01 and 1000; Telegram allows about 1.";
        if (ChatBurst is < 1 or > 1000) yield return "Delivery:ChatBurst must be between 1 and 1000.";
        if (GroupMessagesPerMinute is < 1 or > 10_000) yield return "Delivery:GroupMessagesPerMinute must be between 1 and 10000; Telegram allows 20.";
        if (Window is < 1 or > 1000) yield return "Delivery:Window must be between 1 and 1000.";
        if (PaidMessagesPerSecond is < 1 or > 1000) yield return "Delivery:PaidMessagesPerSecond must be between 1 and 1000; Telegram allows no more.";
        if (PaidBroadcast && PaidMessagesPerSecond < MessagesPerSecond)
            yield return "Delivery:PaidMessagesPerSecond is below Delivery:MessagesPerSecond: paying would make announcements slower. Raise it, or set Delivery:PaidBroadcast to false.";
    }
}
