using System.Text.RegularExpressions;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>How updates come in.</summary>
public enum ReceiveMode
{
    /// <summary>The server asks; needs no public address.</summary>
    Polling,

    /// <summary>Telegram calls the server's public https address.</summary>
    Webhook,
}

/// <summary>Settings under <c>Telegram</c>. Without a token the channel is not added at all.</summary>
public sealed partial class TelegramOptions
{
    public const string Section = "Telegram";

    /// <summary>Secret: whoever has it is the bot.</summary>
    public string Token { get; set; } = "";

    /// <summary>Scheme, host and port of the Bot API.</summary>
    public string ApiBaseUrl { get; set; } = "https://api.telegram.org";

    public ReceiveMode Receive { get; set; } = ReceiveMode.Polling;

    /// <summary>Public address of this server; without a path, <c>/telegram/webhook</c> is added.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>Secret: proves that a webhook call comes from Telegram.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>Everything that is wrong with the settings, a sentence each with the remedy; never quotes a secret.</summary>
    public IEnumerable<string> Faults()
    {
        if (!TokenForm.IsMatch(Token))
            yield return "Telegram:Token does not look like a bot token (digits, a colon, then at least 20 letters, digits, '_' or '-'). Copy it again from @BotFather.";
        if (!Uri.TryCreate(ApiBaseUrl, UriKind.Absolute, out var api) || api.Scheme is not ("https" or "http") || api.PathAndQuery != "/" || api.UserInfo != "")
            yield return "Telegram:ApiBaseUrl must be an address without a path, such as https://api.telegram.org.";
        else if (api.Scheme == "http" && !api.IsLoopback && api.Host.Contains('.', StringComparison.Ordinal))
            yield return "Telegram:ApiBaseUrl must begin with https, because the token travels in it; http is only for a Bot API server on this machine or in the same container network.";
        if (!Enum.IsDefined(Receive)) yield return "Telegram:Receive must be Polling or Webhook.";
        if (Receive != ReceiveMode.Webhook) yield break;
        if (!Uri.TryCreate(WebhookUrl, UriKind.Absolute, out var hook) || hook.UserInfo != "" || !(hook.Scheme == "https" || (hook.Scheme == "http" && hook.IsLoopback)))
            yield return "Telegram:WebhookUrl must be this server's public https address, such as https://network.example.org, when Telegram:Receive is Webhook.";
        if (!SecretForm.IsMatch(WebhookSecret))
            yield return "Telegram:WebhookSecret must have 1 to 256 letters, digits, '_' or '-' when Telegram:Receive is Webhook; for example the output of: openssl rand -hex 32";
    }

    internal string FullWebhookUrl => new Uri(WebhookUrl) is { AbsolutePath: "/" } address ? new Uri(address, TelegramWebhook.Path).AbsoluteUri : WebhookUrl;

    [GeneratedRegex(@"\A[0-9]{1,20}:[A-Za-z0-9_-]{20,100}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenForm { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,256}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretForm { get; }
}
