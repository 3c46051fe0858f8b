namespace CrossBorderNetwork.Messaging;

/// <summary>What a channel can do; dialogs shape their messages by it.</summary>
/// <param name="CanEdit">A message can be changed in place.</param>
/// <param name="TextLimit">Longest text of one message in UTF-16 units.</param>
/// <param name="IsPaced">The channel limits how many messages it takes a second.</param>
public sealed record ChannelFeatures(bool CanEdit, int TextLimit, bool IsPaced)
{
    /// <summary>A message can be taken away again (Telegram: within 48 hours).</summary>
    public bool CanDelete { get; init; }
}

/// <summary>Where and what to send: all that an adapter needs to know of a recipient.</summary>
/// <param name="Address">Chat or conversation id on the channel.</param>
/// <param name="Thread">Thread inside the chat, or null.</param>
/// <param name="Message">What to say.</param>
/// <param name="ReplacesMessageId">The channel's id of the message to edit, or null to send a new one.</param>
public sealed record Envelope(string Address, string? Thread, Message Message, string? ReplacesMessageId)
{
    /// <summary>The channel's id of the message to take away: then nothing is sent.</summary>
    public string? DeletesMessageId { get; init; }

    /// <summary>May cost money where that makes it leave sooner.</summary>
    public bool IsPaid { get; init; }
}

/// <summary>
/// Plug point: turns one channel's wire format into activities and back. Only delivery calls <see cref="SendAsync"/>.
/// </summary>
public abstract class ChannelAdapter
{
    public abstract string Channel { get; }

    public abstract ChannelFeatures Features { get; }

    /// <summary>Reads a stored update. Null means: nothing that concerns a conversation.</summary>
    /// <exception cref="FormatException">The update cannot be understood; it is parked and the queue moves on.</exception>
    public abstract Activity? Parse(string payload);

    /// <summary>Sends or edits one message. Failures are results; an exception is a fault and counts as in doubt.</summary>
    public abstract Task<SendResult> SendAsync(Envelope envelope, CancellationToken ct);

    /// <summary>Whether several people read there, for which a channel has limits of its own.</summary>
    public virtual bool IsGroup(string address) => false;

    /// <summary>Fetches a file that a person sent, by the id that <see cref="ReceivedMedia"/> told.</summary>
    /// <returns>Null where the channel has none.</returns>
    public virtual Task<byte[]?> FetchAsync(string reference, CancellationToken ct) => Task.FromResult<byte[]?>(null);

    /// <summary>The address that opens the channel and hands it a payload, as <c>/start event-17</c> would.</summary>
    /// <param name="payload">1 to 64 of A-Z, a-z, 0-9, _ and -.</param>
    /// <returns>Null where the channel has no public address, or does not know it yet.</returns>
    public virtual Uri? LinkTo(string payload) => null;

    /// <summary>Deletes what the channel itself keeps of a conversation whose person asked to be forgotten.</summary>
    public virtual Task ForgetAsync(string address, CancellationToken ct) => Task.CompletedTask;
}
