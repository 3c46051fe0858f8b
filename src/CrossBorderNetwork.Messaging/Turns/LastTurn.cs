using System.Security.Cryptography;
using System.Text;
using CrossBorderNetwork.Data;

namespace CrossBorderNetwork.Messaging;

/// <summary>
/// Which update was last begun before it was durable, in a file beside the database, as a hash. Where its turn kills the process
/// nothing else is left of it; by this the next start knows it again when the channel offers it, and counts. What is noted outlives
/// the process but not a power cut, which is no turn's doing.
/// </summary>
public sealed class LastTurn : IDisposable
{
    private readonly FileStream? _file;
    private readonly byte[] _before = new byte[SHA256.HashSizeInBytes];

    public LastTurn(Database database)
    {
        if (database.FilePath is not { } path) return;
        _file = new FileStream(path + ".turn", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        _ = _file.ReadAtLeast(_before, _before.Length, throwOnEndOfStream: false);
    }

    /// <summary>Whether it was the last that an earlier process began.</summary>
    internal bool WasBegun(string channel, string externalId) => _file is not null && Hash(channel, externalId).SequenceEqual(_before);

    /// <returns>False where it cannot be noted, and has to be durable before it is begun.</returns>
    internal bool TryBegin(string channel, string externalId)
    {
        if (_file is null) return false;
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, Hash(channel, externalId), 0);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _file?.Dispose();

    private static byte[] Hash(string channel, string externalId) => SHA256.HashData(Encoding.UTF8.GetBytes($"{channel} {externalId}"));
}
