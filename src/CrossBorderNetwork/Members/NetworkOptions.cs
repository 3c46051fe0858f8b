namespace CrossBorderNetwork.Members;

/// <summary>Settings under <c>Network</c>.</summary>
public sealed class NetworkOptions
{
    public const string Section = "Network";

    /// <summary>The first coordinators; they can appoint others from the chat.</summary>
    public List<NamedCoordinator> Coordinators { get; set; } = [];

    /// <summary>E-mail or web address of whoever runs the network, for the pages about it; empty for none.</summary>
    public string Contact { get; set; } = "";

    /// <summary>The programme's co-funding line by language, shown under every digest and announcement.</summary>
    public Dictionary<string, string> CoFundingLine { get; set; } = [];
}

/// <summary>A coordinator named in the settings by Telegram user id.</summary>
public sealed class NamedCoordinator
{
    public long Telegram { get; set; }

    /// <summary><c>LT</c> or <c>PL</c>.</summary>
    public string Country { get; set; } = "";
}
