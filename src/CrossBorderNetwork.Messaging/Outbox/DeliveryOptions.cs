namespace CrossBorderNetwork.Messaging;

/// <summary>Settings under <c>Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>Messages a second to all people together on a channel that limits them (Telegram: about 30).</summary>
    public int MessagesPerSecond { get; set; } = 30;

    /// <summary>How many notices and bulk messages may be on the wire at once; the most that a crash can send twice.</summary>
    public int Window { get; set; } = 8;
}
