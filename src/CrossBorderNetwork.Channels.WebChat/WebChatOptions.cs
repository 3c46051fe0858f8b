namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>Settings under <c>WebChat</c>.</summary>
public sealed class WebChatOptions
{
    public const string Section = "WebChat";

    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Folder of the keys that sign cookies and tokens; lost keys make every visitor a new one. Belongs in the backup. The server
    /// takes a relative one from its data folder.
    /// </summary>
    public string KeysPath { get; set; } = "keys";

    /// <summary>Under which address people reach this server; with it events, calls and invitations carry links that can be passed on.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Where the links in the footer lead; an empty one is left out.</summary>
    public string PrivacyUrl { get; set; } = "/privacy";

    public string AboutUrl { get; set; } = "/about";

    public string AccessibilityUrl { get; set; } = "/accessibility";
}
