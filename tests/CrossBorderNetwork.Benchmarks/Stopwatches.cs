using System.Diagnostics;

namespace CrossBorderNetwork.Benchmarks;

/// <summary>
/// Times several ways of doing one thing in turn, round after round, so that whatever else the machine does falls on all of
/// them alike. Gives medians; meant for things that take from microseconds to seconds.
/// </summary>
internal static class Stopwatches
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>The median milliseconds of each way over the rounds. The round number is passed on, to vary the input.</summary>
    public static double[] Medians(int rounds, params Action<int>[] ways) => Array.ConvertAll(All(rounds, ways), Numbers.Median);

    /// <summary>The milliseconds of each way in each round.</summary>
    public static double[][] All(int rounds, params Action<int>[] ways)
    {
        // Long enough for the runtime to have compiled the hot loops in their final form.
        var begin = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(begin) < WarmUp; round++)
        {
            foreach (var way in ways)
                way(round);
        }

        var times = Array.ConvertAll(ways, _ => new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var start = Stopwatch.GetTimestamp();
                ways[way](round);
                times[way][round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        return times;
    }
}
