using System.Diagnostics;
using CrossBorderNetwork.Matching.Evaluation;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.TestKit.Matching;

namespace CrossBorderNetwork.Benchmarks.Matching;

/// <summary>
/// A whole round from profiles to pairs, beside the usual way: lists of the 32 best, then the best pair first. Grows by tens, with
/// as many members on both sides and with more in Poland.
/// </summary>
internal static class RoundBenchmark
{
    public static void Run(TextWriter output) => Run(output, [1_000, 10_000, 100_000]);

    /// <summary>Without the largest, which takes minutes.</summary>
    public static void RunSmall(TextWriter output) => Run(output, [1_000, 10_000]);

    /// <summary>What one round of 100,000 takes at most in a process that does nothing else.</summary>
    public static void RunMemory(TextWriter output)
    {
        var people = Population.Stream(100_000, 0.7, 2);
        var input = new RoundInput(people, Population.History(people, 3), Population.Today, 1);
        new SolveRound(Population.Vocabulary, new ScoreWeights(), new RoundSettings()).Run(input, CancellationToken.None);
        output.WriteLine(FormattableString.Invariant(
            $"round-memory, 100,000 members, 70 in 100 in Poland: peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} MB (at most 300 wanted, when run alone)"));
    }

    /// <summary>Beside the best round of 5,000 that OR-Tools can find, which needs some gigabytes.</summary>
    public static void RunOptimum(TextWriter output)
    {
        var settings = new RoundSettings();
        foreach (var polishShare in (double[])[0.7, 0.5])
        {
            var people = Population.Of(5_000, polishShare, 2);
            var history = Population.History(people, 3).ToHashSet();
            var score = new Score(
                Population.Vocabulary, TopicRarity.From(Population.Vocabulary, people), Bridges.From(Population.Vocabulary, people), Population.Today, new ScoreWeights());
            RoundOutcome? outcome = null;
            var best = 0.0;
            var own = Time(() => outcome = new SolveRound(Population.Vocabulary, new ScoreWeights(), settings).Run(new RoundInput(people, history, Population.Today, 1), CancellationToken.None));
            var theirs = Time(() => best = Oracle.BestValue(people, Allowed, settings.BonusOf));
            output.WriteLine(FormattableString.Invariant($"round-optimum, 5,000 members, {100 * polishShare:0} in 100 in Poland: {100 * outcome!.Value / best:0.000} % of the best round ")
                + FormattableString.Invariant($"(certified {100 * outcome.Optimality:0.000} %), {own:0.000} s, OR-Tools with all scores {theirs:0.0} s"));

            double? Allowed(Profile one, Profile other) =>
                !history.Contains((one.Id, other.Id)) && score.Value(one, other) is var value && value >= settings.LeastScore ? value : null;
        }
    }

    private static void Run(TextWriter output, int[] sizes)
    {
        var (weights, settings) = (new ScoreWeights(), new RoundSettings());
        var solve = new SolveRound(Population.Vocabulary, weights, settings);
        var greedy = new GreedyRound(Population.Vocabulary, weights, settings);
        foreach (var members in sizes)
        {
            foreach (var polishShare in (double[])[0.7, 0.5])
            {
                var people = Population.Of(members, polishShare, 2);
                var history = Population.History(people, 3);
                var times = members < 100_000 ? 5 : 1;
                var (own, usual) = (new double[times], new double[times]);
                RoundOutcome? outcome = null;
                IReadOnlyList<Introduced> pairs = [];
                if (members < 100_000) solve.Run(Input(0), CancellationToken.None);
                for (var time = 0; time < times; time++)
                {
                    usual[time] = Time(() => pairs = greedy.Run(Input(time)));
                    own[time] = Time(() => outcome = solve.Run(Input(time), CancellationToken.None));
                }
                var beside = RoundQuality.Of(people, pairs, settings);
                var wanted = (members, polishShare) switch { (10_000, 0.7) => "1", (10_000, _) => "2", (100_000, 0.7) => "2.5", (100_000, _) => "15", _ => "-" };
                output.WriteLine(FormattableString.Invariant(
                    $"round, {members:N0} members, {100 * polishShare:0} in 100 in Poland: {Numbers.Median(own):0.000} s, lists and greedy {Numbers.Median(usual):0.000} s, ")
                    + FormattableString.Invariant($"ratio {Numbers.Median(own) / Numbers.Median(usual):0.00} (at most {wanted} wanted)"));
                output.WriteLine(FormattableString.Invariant(
                    $"  {100 * outcome!.Optimality:0.000} % of the certified bound (greedy {100 * beside.Value / outcome.Certificate.Bound:0.0} %), ")
                    + FormattableString.Invariant($"coverage {100 * outcome.Lithuania.Share:0.0} and {100 * outcome.Poland.Share:0.0} % (greedy {100 * beside.Lithuania:0.0} and {100 * beside.Poland:0.0} %)"));
                output.WriteLine(FormattableString.Invariant(
                    $"  {(double)outcome.Effort.Scans / outcome.Effort.Choosers:0.0} scans and {(double)outcome.Effort.Bids / outcome.Effort.Choosers:0.0} bids for each who chose, {outcome.Effort.Phases} phases"));

                RoundInput Input(int seed) => new(people, history, Population.Today, seed);
            }
        }
    }

    private static double Time(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
