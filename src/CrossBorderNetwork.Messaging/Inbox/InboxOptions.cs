namespace CrossBorderNetwork.Messaging;

/// <summary>Settings under <c>Inbox</c>: how much may come in.</summary>
public sealed class InboxOptions
{
    public const string Section = "Inbox";

    /// <summary>What one person may do at once, before <see cref="PersonPerSecond"/> holds.</summary>
    public int PersonBurst { get; set; } = 30;

    /// <summary>What one person may do a second, in the long run.</summary>
    public double PersonPerSecond { get; set; } = 2;

    /// <summary>Updates that may wait for their turn; what is more stays with the channel, which offers it again.</summary>
    public int MostWaiting { get; set; } = 20_000;

    /// <summary>Everything that is wrong with the settings, a sentence each with the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (PersonBurst < 1) yield return "Inbox:PersonBurst must be 1 or more; 30 suits people who tap quickly.";
        if (MostWaiting < 1) yield return "Inbox:MostWaiting must be 1 or more; 20000 is some megabytes of memory.";
        if (PersonPerSecond is not (>= 0.01 and <= 1000)) yield return "Inbox:PersonPerSecond must be between 0.01 and 1000; 2 suits people who tap quickly.";
    }
}
