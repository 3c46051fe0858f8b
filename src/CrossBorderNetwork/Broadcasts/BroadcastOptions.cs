namespace CrossBorderNetwork.Broadcasts;

/// <summary>Settings under <c>Broadcasts</c>.</summary>
public sealed class BroadcastOptions
{
    public const string Section = "Broadcasts";

    /// <summary>An announcement to more readers than this needs the yes of a second coordinator.</summary>
    public int SecondYesAbove { get; set; } = 200;

    /// <summary>How late an announcement may still be sent, in hours; what is later is reported instead.</summary>
    public int WindowHours { get; set; } = 24;
}
