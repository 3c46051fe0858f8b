namespace CrossBorderNetwork.Messaging;

/// <summary>Links to one thing in the network, such as an event, that people can pass on; one for each channel that has a public address.</summary>
public sealed class DeepLinks(IEnumerable<ChannelAdapter> adapters)
{
    /// <returns>One link a line; null where there is none.</returns>
    public string? To(string payload) => adapters.Select(adapter => adapter.LinkTo(payload)?.AbsoluteUri).OfType<string>().ToList() is { Count: > 0 } links ? string.Join('\n', links) : null;
}
