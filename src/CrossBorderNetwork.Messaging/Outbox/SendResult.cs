namespace CrossBorderNetwork.Messaging;

/// <summary>How one attempt to send ended.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The channel has it; its own message id allows a later edit.</summary>
    public sealed record Delivered(string? MessageId) : SendResult;

    /// <summary>Surely not sent; worth another try after the given wait. <paramref name="WholeChannel"/>: nobody is served before.</summary>
    public sealed record TryLater(TimeSpan After, string Reason, bool WholeChannel = false) : SendResult;

    /// <summary>The channel refused it for good.</summary>
    public sealed record Refused(string Reason) : SendResult;

    /// <summary>The person blocked the bot, never started it, or is gone.</summary>
    public sealed record Unreachable(string Reason) : SendResult;

    /// <summary>The chat has another address now; send there.</summary>
    public sealed record Moved(string Address) : SendResult;

    /// <summary>The channel does not let us in at all, such as for a token that was revoked; only a person can mend that.</summary>
    public sealed record ShutOut(string Reason) : SendResult;

    /// <summary>The request left, no answer came: it may have been sent.</summary>
    public sealed record InDoubt(string Reason) : SendResult;
}
