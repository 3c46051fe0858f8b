namespace CrossBorderNetwork.Messaging;

/// <summary>What a person did, whatever the channel.</summary>
public enum ActivityKind
{
    /// <summary>Text was written (a command is text that starts with a slash).</summary>
    Message,

    /// <summary>A button was pressed; <see cref="Activity.Token"/> says which.</summary>
    Press,

    /// <summary>
    /// Something that the service cannot read: a photo, a sticker, a voice message, a contact, a document. Where a question asks for
    /// a file, <see cref="Activity.Media"/> is one.
    /// </summary>
    Unreadable,

    /// <summary>An earlier message was changed afterwards.</summary>
    Edited,

    /// <summary>The person blocked the bot.</summary>
    Left,

    /// <summary>The person unblocked the bot, or opened the web chat.</summary>
    Joined,
}

/// <summary>A photo or document that a person sent.</summary>
/// <param name="Reference">The channel's own id of it.</param>
/// <param name="Name">The file's name as the person's device gave it; empty where there is none.</param>
/// <param name="IsPhoto">Sent as a picture to look at.</param>
/// <param name="Size">In bytes.</param>
public sealed record ReceivedMedia(string Reference, string Name, bool IsPhoto, long Size);

/// <summary>
/// One thing said to the bot, channel-neutral (the Activity of the Bot Framework, reduced to what a conversation needs).
/// </summary>
public sealed record Activity
{
    public required ActivityKind Kind { get; init; }

    /// <summary>Name of the channel adapter: <c>telegram</c>, <c>webchat</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Where an answer goes: the channel's chat or conversation id.</summary>
    public required string Address { get; init; }

    /// <summary>Thread or topic inside the chat, echoed in the answer.</summary>
    public string? Thread { get; init; }

    /// <summary>The channel's id of the person.</summary>
    public required string SenderId { get; init; }

    /// <summary>The name that the person shows on the channel; a proposal, never stored unasked.</summary>
    public string? SenderName { get; init; }

    /// <summary>Public handle on the channel without the at sign, if any.</summary>
    public string? SenderHandle { get; init; }

    /// <summary>IETF language tag that the channel reports; only a default.</summary>
    public string? Locale { get; init; }

    /// <summary>False in groups, where no dialog is held.</summary>
    public bool IsPrivate { get; init; } = true;

    /// <summary>The text as written, at most what the channel allows; empty where there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The text with the formatting that it was written in; null where there is none.</summary>
    public RichText? Formatted { get; init; }

    /// <summary>The photo or document of an <see cref="ActivityKind.Unreadable"/> activity, if it has one.</summary>
    public ReceivedMedia? Media { get; init; }

    /// <summary>Opaque token of the pressed button. A bad client can send anything: rights are checked on use.</summary>
    public string? Token { get; init; }

    /// <summary>The channel's id of the message that carried the pressed button.</summary>
    public string? PressedMessageId { get; init; }
}
