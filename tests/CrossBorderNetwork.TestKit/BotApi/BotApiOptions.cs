namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>How the emulated Telegram behaves; the defaults are Telegram's own.</summary>
public sealed record BotApiOptions
{
    /// <summary>The only token that is let in; it must look like <c>digits:text</c>.</summary>
    public string Token { get; init; } = "4200000001:emulated-bot-api-token";

    public string BotName { get; init; } = "Emulated bot";

    public string BotUsername { get; init; } = "emulated_bot";

    /// <summary>The pace that is allowed before 429; null lifts every limit.</summary>
    public RateLimits? Rates { get; init; } = new();

    /// <summary>
    /// Clock of message dates, rates, expiry of presses and updates. Waiting on the wire always takes real time.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a press may be answered.</summary>
    public TimeSpan CallbackLifetime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Telegram caps long polls at 50 seconds.</summary>
    public TimeSpan LongestPoll { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Multiplies the waits between webhook retries (at once, 2, 4, 8 … 60 s), so that tests need not wait.</summary>
    public double WebhookRetryScale { get; init; } = 1;

    /// <summary>
    /// Telegram tolerates a lone ampersand and formatting inside code; its documentation forbids both, and so do we.
    /// </summary>
    public bool StrictHtml { get; init; } = true;

    /// <summary>Seed of random delays and probabilities of faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>TCP port on 127.0.0.1; 0 lets the system choose.</summary>
    public int Port { get; init; }
}

/// <summary>
/// Telegram publishes no exact limits; these are the figures of its FAQ for bots, with a small burst for one chat.
/// </summary>
public sealed record RateLimits
{
    public int OverallPerSecond { get; init; } = 30;

    /// <summary>With <c>allow_paid_broadcast</c>.</summary>
    public int PaidPerSecond { get; init; } = 1000;

    public double PerChatPerSecond { get; init; } = 1;

    public int ChatBurst { get; init; } = 10;

    /// <summary>Messages and edits together.</summary>
    public int PerGroupPerMinute { get; init; } = 20;
}
