namespace CrossBorderNetwork.Data;

/// <summary>
/// Says that a server works on the database file: a second one on the same file would send everything twice, and a restore would
/// pull the file away. The system lets go of it when the process ends, however it ends.
/// </summary>
public sealed class ServerLock(Database database) : IDisposable
{
    private FileStream? _held;

    /// <returns>False while another process holds it.</returns>
    public bool TryTake()
    {
        if (_held is not null || database.FilePath is not { } path) return true;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            _held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose() => _held?.Dispose();
}
