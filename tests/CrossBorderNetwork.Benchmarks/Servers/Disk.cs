using System.Diagnostics;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>What the disk itself takes to make a small write safe. Printed beside times that contain such writes, for they say as much about the disk.</summary>
internal static class Disk
{
    private const int Writes = 200;

    /// <returns>Median milliseconds.</returns>
    public static double MedianSync()
    {
        var folder = TestFolders.Create();
        var times = new List<double>(Writes);
        using (var file = new FileStream(Path.Combine(folder, "sync"), FileMode.CreateNew))
        {
            var page = new byte[4096];
            for (var i = 0; i < Writes; i++)
            {
                file.Write(page);
                var start = Stopwatch.GetTimestamp();
                file.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }
        Directory.Delete(folder, recursive: true);
        return Numbers.Median(times);
    }
}
