namespace CrossBorderNetwork.Messaging;

/// <summary>How the sending of one claimed message ended.</summary>
/// <param name="State"><c>Pending</c>: it goes back and is claimed again.</param>
internal sealed record SendRecord(ClaimedMessage Message, OutboxState State, string? MessageId = null, string? Reason = null)
{
    /// <summary>How long the conversation rests before the message is claimed again.</summary>
    public TimeSpan Wait { get; private init; }

    /// <summary>It surely did not leave: the attempt does not count.</summary>
    public static SendRecord NotSent(ClaimedMessage message, TimeSpan wait = default) =>
        new(message with { Attempts = message.Attempts - 1 }, OutboxState.Pending) { Wait = wait };

    /// <summary>It may have left: the attempt counts.</summary>
    public static SendRecord Again(ClaimedMessage message, TimeSpan wait) => new(message, OutboxState.Pending) { Wait = wait };
}
