using CrossBorderNetwork.Benchmarks;
using CrossBorderNetwork.Benchmarks.Delivering;
using CrossBorderNetwork.Benchmarks.Matching;
using CrossBorderNetwork.Benchmarks.Servers;
using CrossBorderNetwork.Benchmarks.Turns;

if (args is [BareEcho.Argument, var port, var apiBaseUrl, var token])
{
    await BareEcho.RunAsync(port, apiBaseUrl, token);
    return 0;
}

// Each benchmark compares two ways to the same answer within one run, as single times say more about the machine.
//   dotnet run -c Release --project tests/CrossBorderNetwork.Benchmarks -- rank
// Without a name all are run. To add one: a file with a static Run(TextWriter), and a line here.
var benchmarks = new Dictionary<string, Action<TextWriter>>
{
    ["rank"] = RankBenchmark.Run,
    ["round"] = RoundBenchmark.Run,
    ["round-small"] = RoundBenchmark.RunSmall,
    ["round-optimum"] = RoundBenchmark.RunOptimum,
    ["round-memory"] = RoundBenchmark.RunMemory,
    ["turn"] = TurnBenchmark.Run,
    ["crowd"] = CrowdBenchmark.Run,
    ["broadcast"] = BroadcastBenchmark.RunFree,
    ["paid"] = BroadcastBenchmark.RunPaid,
    ["queue"] = QueueBenchmark.Run,
    ["echo"] = EchoBenchmark.Run,
    ["memory"] = MemoryBenchmark.Run,
};

var unknown = args.Where(name => !benchmarks.ContainsKey(name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"No benchmark is named {string.Join(", ", unknown)}. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 1;
}

foreach (var name in args.Length > 0 ? args : [.. benchmarks.Keys])
    benchmarks[name](Console.Out);
return 0;
