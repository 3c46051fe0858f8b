namespace CrossBorderNetwork.Digests;

/// <summary>Settings under <c>Digests</c>.</summary>
public sealed class DigestOptions
{
    public const string Section = "Digests";

    /// <summary>How late a digest may still be sent after its hour; what is later is left out, or reported if it waits already.</summary>
    public int WindowHours { get; set; } = 12;
}
