using System.Diagnostics;

namespace CrossBorderNetwork.Benchmarks.Turns;

/// <summary>Whether many people at once are served faster than one after the other, although SQLite has one writer and each turn is durable.</summary>
internal static class CrowdBenchmark
{
    private const int Crowd = 64;
    private const int Rounds = 9;
    private const int WarmUpRounds = 5;

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        await using var host = await TurnHost.StartAsync();
        var walk = await EnrolmentWalk.RecordAsync(host);
        var (alone, together) = (new List<double>(), new List<double>());
        var person = EnrolmentWalk.Guide;
        for (var round = 0; round < WarmUpRounds + Rounds; round++)
        {
            var first = ++person;
            var start = Stopwatch.GetTimestamp();
            await WalkAsync(host, walk, first);
            var one = Stopwatch.GetElapsedTime(start).TotalSeconds;

            var crowd = Enumerable.Range(1, Crowd).Select(_ => ++person).ToList();
            start = Stopwatch.GetTimestamp();
            await Task.WhenAll(crowd.Select(chat => Task.Run(() => WalkAsync(host, walk, chat))));
            var all = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round < WarmUpRounds) continue;
            alone.Add(walk.Count / one);
            together.Add(Crowd * walk.Count / all);
        }

        var (slow, fast) = (Numbers.Median(alone), Numbers.Median(together));
        output.WriteLine(FormattableString.Invariant(
            $"crowd: {fast:0} turns a second of {Crowd} people at once, {slow:0} of one person, ratio {fast / slow:0.0}"));
    }

    private static async Task WalkAsync(TurnHost host, IReadOnlyList<WalkStep> walk, long chat)
    {
        foreach (var step in walk) await host.RunAsync(chat, step.Payload(chat));
    }
}
