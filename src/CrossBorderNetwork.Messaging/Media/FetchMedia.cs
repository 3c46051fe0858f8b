using Microsoft.Extensions.Logging;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Fetches the content of files from the channel by which they came, so that the other channels can send them too. Outside of
/// turns and transactions, for it waits for the network; what fails is tried again after a minute.
/// </summary>
public sealed partial class FetchMedia(MediaFiles files, IEnumerable<ChannelAdapter> adapters, TimeProvider time, ILogger<FetchMedia> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ChannelAdapter> _adapters = adapters.ToDictionary(adapter => adapter.Channel);
    private DateTimeOffset _notBefore;

    public async Task RunAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() < _notBefore) return;
        foreach (var file in await files.MissingAsync(ct))
        {
            if (!_adapters.TryGetValue(file.Channel, out var adapter)) continue;
            try
            {
                if (await adapter.FetchAsync(file.Reference, ct) is { } content) await files.CompleteAsync(file.Id, content, ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // Its text may quote an address, and Telegram's addresses hold the token.
                LogFailed(file.Id, file.Channel, fault.GetType().Name);
                _notBefore = time.GetUtcNow() + Pause;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "File {FileId} could not be fetched from {Channel} ({Fault}); it is tried again")]
    private partial void LogFailed(long fileId, string channel, string fault);
}
