using System.CommandLine;
using System.Globalization;
using CrossBorderNetwork.Matching.Files;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>
/// <c>match</c> ranks, solves, explains and evaluates on files of members, without a database and without a channel, so that the
/// matching can be tried and checked by anybody; <c>explain</c> also knows the network's own members. Bad input ends with 1 and a sentence on the error stream.
/// </summary>
internal static class MatchCommand
{
    public static Command Create() => new("match", "Ranks, assigns and explains partners from a file of members.") { Rank(), Round(), Explain(), Evaluate() };

    private static Command Rank()
    {
        var file = Members();
        var id = new Option<long>("--for") { Description = "Whose partners to list.", Required = true, HelpName = "ID" };
        var top = new Option<int>("--top") { Description = "How many at most.", DefaultValueFactory = _ => 10, HelpName = "N" };
        top.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValue(top) < 1) result.AddError("--top must be 1 or more.");
        });
        var history = History();
        var command = new Command("rank", "Lists the best partners of a member, a JSON line each.") { file, id, top, history };
        command.SetAction(parsed => Try(() =>
            MatchFiles.Open(parsed.GetValue(file)!).Rank(parsed.GetValue(id), parsed.GetValue(top), parsed.GetValue(history), Console.Out)));
        return command;
    }

    private static Command Round()
    {
        var file = Members();
        var history = History();
        var seed = Seed();
        var pairs = new Option<string>("--out") { Description = "The file of pairs to write.", Required = true, HelpName = "PAIRS.csv" };
        var command = new Command("round", "Assigns partners to everybody and proves how near the best assignment that is.") { file, history, seed, pairs };
        command.SetAction((parsed, ct) => Task.FromResult(Try(() => MatchFiles.Open(parsed.GetValue(file)!)
            .Round(parsed.GetValue(history), parsed.GetValue(seed), parsed.GetValue(pairs)!, Console.Out, ct))));
        return command;
    }

    private static Command Explain()
    {
        var arguments = new Argument<string[]>("pair")
        {
            Description = "Two ids: of members of the network or, after a file, of that.",
            HelpName = "[FILE.jsonl] A B",
            Arity = new ArgumentArity(2, 3),
        };
        arguments.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.TakeLast(2).Where(token => Id(token.Value) is null)) result.AddError($"'{token.Value}' is not the id of a member.");
        });
        var command = new Command("explain", "Prints how the score of a pair is made, from both ends.") { arguments };
        command.SetAction(async (parsed, ct) =>
        {
            var given = parsed.GetValue(arguments)!;
            var (one, other) = (Id(given[^2])!.Value, Id(given[^1])!.Value);
            if (given.Length == 2) return await ExplainedPair.OfMembersAsync(one, other, Console.Out, ct);
            return Try(() => MatchFiles.Open(given[0]).Explain(one, other, Console.Out));
        });
        return command;

        static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private static Command Evaluate()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Members, a JSON object a line; several files are measured one after the other.",
            HelpName = "FILE.jsonl",
            Arity = ArgumentArity.OneOrMore,
        };
        var history = History();
        var seed = Seed();
        var rounds = new Option<int>("--rounds") { Description = "How many monthly rounds to follow.", DefaultValueFactory = _ => 12, HelpName = "N" };
        rounds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValue(rounds) is < 1 or > 120) result.AddError("--rounds must be between 1 and 120.");
        });
        var command = new Command("evaluate", "Measures the rounds beside random pairing by a shared topic and a greedy choice.") { files, history, seed, rounds };
        command.SetAction((parsed, ct) => Task.FromResult(Try(() =>
        {
            foreach (var file in parsed.GetValue(files)!)
                MatchFiles.Open(file).Evaluate(parsed.GetValue(history), parsed.GetValue(seed), parsed.GetValue(rounds), Console.Out, ct);
        })));
        return command;
    }

    private static Argument<string> Members() => new("file") { Description = "Members, a JSON object a line.", HelpName = "FILE.jsonl" };

    private static Option<string?> History() => new("--history") { Description = "Pairs that are not introduced again: lt,pl,kind.", HelpName = "FILE.csv" };

    private static Option<long> Seed() => new("--seed") { Description = "Decides turns and ties. The same seed gives the same pairs.", DefaultValueFactory = _ => 1, HelpName = "S" };

    private static int Try(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (FileFaultException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
    }
}
