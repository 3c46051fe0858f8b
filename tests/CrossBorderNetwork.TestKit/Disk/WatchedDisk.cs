using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrossBorderNetwork.TestKit;

/// <summary>
/// A disk that can be full and that remembers what a server wrote and synced, so that a power cut can be played at any moment:
/// a small library that is loaded before the server's own. Linux with gcc only.
/// </summary>
public sealed class WatchedDisk : IDisposable
{
    private readonly string _folder = TestFolders.Create();

    public WatchedDisk()
    {
        var source = Path.Combine(TestFolders.Repository, "tests", "CrossBorderNetwork.TestKit", "Disk", "disk.c");
        using var gcc = Process.Start(new ProcessStartInfo("gcc", ["-shared", "-fPIC", "-O2", "-o", Library, source]) { RedirectStandardError = true, UseShellExecute = false })
            ?? throw new InvalidOperationException("gcc is missing; tests/run.sh installs it.");
        var said = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        if (gcc.ExitCode != 0) throw new InvalidOperationException(said);
    }

    /// <summary>The settings that put a server on this disk.</summary>
    public IEnumerable<(string Name, string Value)> Settings => [("LD_PRELOAD", Library), ("DISK_RECORD", Record), ("DISK_FULL", Full)];

    /// <summary>While it is full, no write to the database succeeds.</summary>
    public bool IsFull
    {
        get => File.Exists(Full);
        set
        {
            if (value) File.WriteAllText(Full, "");
            else File.Delete(Full);
        }
    }

    private string Library => Path.Combine(_folder, "disk.so");

    private string Record => Path.Combine(_folder, "record");

    private string Full => Path.Combine(_folder, "full");

    /// <summary>The clock of <see cref="DiskEvent.At"/>.</summary>
    public static long Now() => (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

    /// <summary>All that happened, in order.</summary>
    public IReadOnlyList<DiskEvent> Events()
    {
        var events = new List<DiskEvent>();
        ReadOnlySpan<byte> rest = File.ReadAllBytes(Record);
        while (rest.Length >= Marshal.SizeOf<Header>())
        {
            var header = MemoryMarshal.Read<Header>(rest);
            rest = rest[Marshal.SizeOf<Header>()..];
            var data = header.Kind == 'w' ? rest[..(int)header.Length].ToArray() : [];
            rest = rest[data.Length..];
            events.Add(new DiskEvent(header.At, (char)header.Kind, header.File, header.Offset, data));
        }
        return events;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Header
    {
        public readonly long At;
        public readonly long Offset;
        public readonly long Length;
        public readonly int Kind;
        public readonly int File;
    }
}

/// <param name="At">Nanoseconds, when it was done.</param>
/// <param name="Kind">w: written, s: synced, t: cut to the offset.</param>
/// <param name="File">0: the database, 1: its write-ahead log.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="Data">What was written.</param>
public sealed record DiskEvent(long At, char Kind, int File, long Offset, byte[] Data)
{
    public bool IsSync => Kind == 's';
}

/// <summary>What the disk holds if the power fails: what was synced, and of what was not at most what chance let through.</summary>
public sealed class DiskAfterPowerCut
{
    private readonly MemoryStream[] _files = [new(), new()];
    private readonly List<DiskEvent>[] _unsynced = [[], []];

    public void Apply(DiskEvent next)
    {
        var unsynced = _unsynced[next.File];
        if (!next.IsSync)
        {
            unsynced.Add(next);
            return;
        }
        foreach (var written in unsynced) Write(_files[next.File], written);
        unsynced.Clear();
    }

    /// <summary>Writes the two files as they would be found.</summary>
    /// <param name="path">The database's; the log stands beside it.</param>
    /// <param name="survives">Which of the writes that were not synced got through all the same.</param>
    public void Save(string path, Predicate<DiskEvent> survives)
    {
        foreach (var (index, suffix) in new[] { "", "-wal" }.Index())
        {
            var found = new MemoryStream();
            _files[index].WriteTo(found);
            foreach (var written in _unsynced[index].Where(written => survives(written))) Write(found, written);
            File.WriteAllBytes(path + suffix, found.ToArray());
        }
    }

    private static void Write(MemoryStream file, DiskEvent written)
    {
        if (written.Kind == 't')
        {
            file.SetLength(written.Offset);
            return;
        }
        file.Position = written.Offset;
        file.Write(written.Data);
    }
}
