using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.TestKit;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Tests.Matching.Commands;

public sealed class MatchCommandTests : IDisposable
{
    private readonly string folder = TestFolders.Create();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Rank_prints_a_line_of_JSON_for_each_candidate_best_first()
    {
        var (exitCode, output, errors) = await MatchProgram.RunAsync(["rank", Members(300), "--for", "0", "--top", "5"]);

        (exitCode, errors).ShouldBe((0, ""));
        var lines = Lines(output).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count.ShouldBe(5);
        lines.Select(line => line.GetProperty("score").GetDouble()).ShouldBeInOrder(Shouldly.SortDirection.Descending);
        foreach (var line in lines)
        {
            (line.GetProperty("id").GetInt64() % 2).ShouldBe(1);
            line.GetProperty("reasons").GetArrayLength().ShouldBeInRange(0, 3);
            var (mine, theirs) = (Utility(line.GetProperty("terms")), Utility(line.GetProperty("theirTerms")));
            line.GetProperty("score").GetDouble().ShouldBe(2 * mine * theirs / (mine + theirs), 1e-7);
        }
    }

    [Fact]
    public async Task Round_writes_pairs_that_the_next_round_does_not_repeat()
    {
        var members = Members(200);
        string first = Path.Combine(folder, "first.csv"), second = Path.Combine(folder, "second.csv");

        var (exitCode, output, _) = await MatchProgram.RunAsync(["round", members, "--out", first]);
        exitCode.ShouldBe(0);
        foreach (var line in new[] { "value: ", "bound: ", "coverage LT: ", "coverage PL: ", "seconds: ", "peak memory: " }) output.ShouldContain(line);
        Number(output, "value").ShouldBeLessThanOrEqualTo(Number(output, "bound"));
        (await MatchProgram.RunAsync(["round", members, "--history", first, "--seed", "2", "--out", second])).ExitCode.ShouldBe(0);

        var (one, two) = (await File.ReadAllLinesAsync(first), await File.ReadAllLinesAsync(second));
        one[0].ShouldBe("lt,pl,score");
        one.Length.ShouldBeGreaterThan(50);
        Pairs(one).Intersect(Pairs(two)).ShouldBeEmpty();

        static IEnumerable<string> Pairs(string[] lines) => lines.Skip(1).Select(line => line[..line.LastIndexOf(',')]);
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0")]
    [InlineData("DOTNET_EnableAVX2", "0")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0")]
    public async Task A_lesser_processor_makes_the_same_round_to_the_last_byte(string without, string value)
    {
        var members = Members(400);
        string full = Path.Combine(folder, "full.csv"), lesser = Path.Combine(folder, "lesser.csv");

        var one = await MatchProgram.RunAsync(["round", members, "--out", full]);
        var two = await MatchProgram.RunAsync(["round", members, "--out", lesser], (without, value));

        (one.ExitCode, two.ExitCode).ShouldBe((0, 0));
        (await File.ReadAllTextAsync(lesser)).ShouldBe(await File.ReadAllTextAsync(full));
        Number(two.Output, "bound").ShouldBe(Number(one.Output, "bound"));
    }

    [Fact]
    public async Task Explain_prints_both_ends_and_what_stands_between_two_who_may_not_meet()
    {
        var members = Members(10);

        (await MatchProgram.RunAsync(["explain", members, "0", "1"])).Output.ShouldContain("what 1 gains:");
        (await MatchProgram.RunAsync(["explain", members, "0", "2"])).Output.ShouldContain("both are on one side of the border");
    }

    [Fact]
    public async Task Explain_without_a_file_knows_the_members_of_the_network()
    {
        var none = await ServerVerb.RunAsync(folder, "match", "explain", "1", "2");
        (none.ExitCode, none.Output.Contains("There is no database at", StringComparison.Ordinal)).ShouldBe((1, true));
        (await ServerVerb.RunAsync(folder, "demo", "--members", "20")).ExitCode.ShouldBe(0);
        await using var database = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "network.db")}");
        await database.OpenAsync();
        using var command = database.CreateCommand();
        command.CommandText = "SELECT min(CASE WHEN side = 'LT' THEN id END) || ' ' || min(CASE WHEN side = 'PL' THEN id END) FROM member";
        var ids = ((string)(await command.ExecuteScalarAsync())!).Split(' ');

        var explained = await ServerVerb.RunAsync(folder, ["match", "explain", .. ids]);

        explained.ExitCode.ShouldBe(0, explained.Output);
        explained.Output.ShouldContain("score: ");
        (await ServerVerb.RunAsync(folder, "match", "explain", ids[0], "999999")).ExitCode.ShouldBe(1);
        (await ServerVerb.RunAsync(folder, "match", "explain", ids[0], "Ona")).ShouldSatisfyAllConditions(
            refused => refused.ExitCode.ShouldBe(2),
            refused => refused.Output.ShouldContain("'Ona' is not the id of a member."));
    }

    [Fact]
    public async Task Evaluate_stands_beside_greedy_and_chance_for_each_file()
    {
        var (exitCode, output, _) = await MatchProgram.RunAsync(["evaluate", Members(120), Members(80), "--rounds", "3"]);

        exitCode.ShouldBe(0);
        Lines(output).Where(line => line.Contains("rounds, seed 1: ", StringComparison.Ordinal)).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)])
            .ShouldBe(["120 members", "80 members"]);
        var auction = Lines(output).First(line => line.StartsWith("auction", StringComparison.Ordinal));
        auction.ShouldContain("100.00%");
        output.ShouldContain("greedy");
        output.ShouldContain("random by topic");
        Lines(output).Last(line => line.StartsWith("auction", StringComparison.Ordinal)).ShouldContain(" 0.00%");
        output.ShouldContain("lists of ten by score less 0.5 of the price: ");
    }

    [Theory]
    [InlineData("{\"id\":1,\"side\":\"LT\"}", ":1: \"muni\" is missing.")]
    [InlineData("{\"id\":1,\"side\":\"XX\",\"muni\":1}", ":1: \"side\" is \"XX\"; expected is one of LT, PL.")]
    [InlineData("not json", ":1: this is not a JSON object")]
    [InlineData("[1]", ":1: this is not a JSON object")]
    [InlineData("{\"id\":1,\"side\":\"LT\",\"muni\":0,\"langs\":{\"lt\":9}}", ":1: \"langs.lt\" is 9; expected is a level from 0 to 6.")]
    public async Task A_broken_line_is_named_with_file_and_line(string line, string fault)
    {
        var file = Path.Combine(folder, "broken.jsonl");
        await File.WriteAllTextAsync(file, line + "\n");

        var (exitCode, output, errors) = await MatchProgram.RunAsync(["rank", file, "--for", "1"]);

        (exitCode, output).ShouldBe((1, ""));
        errors.ShouldContain(file + fault);
    }

    [Fact]
    public async Task Missing_files_unknown_ids_and_wrong_columns_end_with_1_and_a_sentence()
    {
        var members = Members(10);
        var history = Path.Combine(folder, "history.csv");
        var pairs = Path.Combine(folder, "pairs.csv");

        var missing = await MatchProgram.RunAsync(["rank", Path.Combine(folder, "none.jsonl"), "--for", "1"]);
        (missing.ExitCode, missing.Errors.Contains("none.jsonl: the file cannot be opened", StringComparison.Ordinal)).ShouldBe((1, true));
        var unknown = await MatchProgram.RunAsync(["rank", members, "--for", "99"]);
        (unknown.ExitCode, unknown.Errors.Contains("nobody has the id 99", StringComparison.Ordinal)).ShouldBe((1, true));
        await File.WriteAllTextAsync(history, "one,two\n0,1\n");
        var columns = await MatchProgram.RunAsync(["round", members, "--history", history, "--out", pairs]);
        (columns.ExitCode, columns.Errors.Contains("history.csv:1: the columns are \"one,two\"", StringComparison.Ordinal)).ShouldBe((1, true));
        await File.WriteAllTextAsync(history, "lt,pl,kind\n0,1,met\n1,0,met\n");
        var turned = await MatchProgram.RunAsync(["round", members, "--history", history, "--out", pairs]);
        (turned.ExitCode, turned.Errors.Contains("history.csv:3: the member 1 of column lt is on the other side", StringComparison.Ordinal)).ShouldBe((1, true));
        (await MatchProgram.RunAsync(["rank", members])).ExitCode.ShouldBe(2);
        (await MatchProgram.RunAsync(["rank", members, "--for", "0", "--top", "0"])).ExitCode.ShouldBe(2);
    }

    // Even ids are Lithuanian.
    private string Members(int count)
    {
        var dice = new Random(count);
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"members{count}.jsonl"));
        File.WriteAllLines(file, Enumerable.Range(0, count).Select(id => JsonSerializer.Serialize(new
        {
            id,
            side = id % 2 == 0 ? "LT" : "PL",
            muni = id % 2 == 0 ? dice.Next(29) : 29 + dice.Next(86),
            role = new[] { "teacher", "head", "ngo" }[dice.Next(3)],
            langs = new Dictionary<string, int> { [id % 2 == 0 ? "lt" : "pl"] = 6, ["en"] = dice.Next(7), ["ru"] = dice.Next(7) },
            translator = dice.Next(2) == 0,
            offers = Enumerable.Range(0, 40).Where(_ => dice.Next(12) == 0).Select(topic => new[] { topic, dice.Next(1, 6) }),
            seeks = Enumerable.Range(0, 40).Where(_ => dice.Next(12) == 0).Select(topic => new[] { topic, dice.Next(1, 6) }),
            forms = Enumerable.Range(0, 8).Select(_ => dice.Next(4)),
            capacity = dice.Next(1, 4),
            wait = dice.Next(4),
            ratingCount = 2,
            ratingMean = 0.8,
            seekRoles = dice.Next(8) == 0 ? 3 : 0,
        })));
        return file;
    }

    private static double Utility(JsonElement terms)
    {
        var shares = terms.EnumerateObject().Where(term => term.Value.ValueKind == JsonValueKind.Object)
            .Select(term => (Value: term.Value.GetProperty("value").GetDouble(), Weight: term.Value.GetProperty("weight").GetDouble())).ToList();
        return terms.GetProperty("quality").GetDouble() * shares.Sum(term => term.Value * term.Weight) / shares.Sum(term => term.Weight);
    }

    private static double Number(string output, string name) =>
        double.Parse(Lines(output).Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..], CultureInfo.InvariantCulture);

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
