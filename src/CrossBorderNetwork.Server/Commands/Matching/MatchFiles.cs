using System.Diagnostics;
using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Evaluation;
using CrossBorderNetwork.Matching.Files;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>What the verbs of <c>match</c> do with a file of members. Weights and aims are the settings of the server.</summary>
internal sealed class MatchFiles
{
    private readonly string file;
    private readonly PopulationFile population;
    private readonly Vocabulary vocabulary;
    private readonly ScoreWeights weights;
    private readonly RoundSettings settings;
    private readonly double priceStrength;

    private MatchFiles(string file, DialogContent content, IConfiguration configuration)
    {
        this.file = file;
        population = new PopulationFile(file, content);
        vocabulary = ContentVocabulary.Of(content);
        weights = configuration.GetSection(ScoreWeights.Section).Get<ScoreWeights>() ?? new ScoreWeights();
        settings = configuration.GetSection(RoundSettings.Section).Get<RoundSettings>() ?? new RoundSettings();
        var options = configuration.GetSection(MatchingOptions.Section).Get<MatchingOptions>() ?? new MatchingOptions();
        priceStrength = options.PriceStrength;
        foreach (var problem in options.Problems().Concat(weights.Problems()).Concat(settings.Problems())) throw new FileFaultException("appsettings.json", 0, problem);
    }

    public static MatchFiles Open(string file)
    {
        var root = ContentRoot.Find();
        var configuration = new ConfigurationBuilder().SetBasePath(root).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
        return new MatchFiles(file, DialogContent.Load(ContentRoot.Dialogs(root)), configuration);
    }

    public void Rank(long id, int top, string? history, TextWriter output)
    {
        var people = population.Read().ToList();
        Find(people, id);
        var index = new PartnerIndex(vocabulary, weights);
        index.Load(people);
        var apart = Apart(people, history).Where(pair => pair.One == id || pair.Other == id).Select(pair => pair.One == id ? pair.Other : pair.One);
        foreach (var ranked in index.Top(id, top, RoundComparison.Day, apart.ToHashSet()))
            output.WriteLine(MatchJson.Ranked(ranked, index.Assess(id, ranked.Id, RoundComparison.Day)!, id));
    }

    public void Round(string? history, long seed, string file, TextWriter output, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var sides = new Dictionary<long, bool>();
        var input = new RoundInput(Members(), Pairs(), RoundComparison.Day, seed);
        var outcome = new SolveRound(vocabulary, weights, settings).Run(input, ct);
        Write(file, outcome.Pairs);
        Line("value", $"{outcome.Value:0.######}");
        Line("bound", $"{outcome.Certificate.Bound:0.######}");
        Line("optimality", $"{100 * outcome.Optimality:0.0000} % of the certified bound");
        Line("pairs", $"{outcome.Pairs.Count}");
        Line("coverage LT", Covered(outcome.Lithuania));
        Line("coverage PL", Covered(outcome.Poland));
        foreach (var reason in Enum.GetValues<LeftOutReason>()) Line($"left out, {reason}", $"{outcome.LeftOut.Count(member => member.Reason == reason)}");
        Line("seconds", $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.000}");
        Line("peak memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:0} MB");

        IEnumerable<Profile> Members()
        {
            foreach (var person in population.Read())
            {
                sides[person.Id] = person.Side is Side.LT;
                yield return person;
            }
        }

        // Read after the members, of whom it asks the side.
        IEnumerable<(long, long)> Pairs() => population.Blocked.Concat(history is null ? [] : HistoryFile.Read(history, sides));

        void Line(string name, FormattableString text) => output.WriteLine($"{name}: {text.ToString(CultureInfo.InvariantCulture)}");
    }

    public void Explain(long one, long other, TextWriter output)
    {
        var people = population.Read().ToList();
        var (a, b) = (Find(people, one), Find(people, other));
        var score = new Score(vocabulary, TopicRarity.From(vocabulary, people), Bridges.From(vocabulary, people), RoundComparison.Day, weights);
        ExplainedPair.Write(score.Of(a, b), one, other, output);
    }

    public void Evaluate(string? history, long seed, int rounds, TextWriter output, CancellationToken ct)
    {
        var people = population.Read().ToList();
        var apart = Apart(people, history).ToList();
        var comparison = new RoundComparison(vocabulary, weights, settings);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people.Count} members, {rounds} rounds, seed {seed}: {file}"));
        output.WriteLine("way              round  coverage LT  coverage PL  value/bound  10th percentile  can talk   exposure Gini  repeats  never  waited 3+  longest wait");
        foreach (var (course, bound) in comparison.Run(people, apart, seed, rounds, ct))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{course.Way,-16} {1,5}  {course.First.Lithuania,11:0.00%}  {course.First.Poland,11:0.00%}  {course.First.Value / bound,11:0.00%}  {course.First.Tenth,15:0.000}  {course.First.Conversing,8:0.00%}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{course.Way,-16} {rounds,5}  {course.Last.Lithuania,11:0.00%}  {course.Last.Poland,11:0.00%}  {"",11}  {course.Last.Tenth,15:0.000}  {course.Last.Conversing,8:0.00%}   {course.Exposure,13:0.000}  {course.Repeats,7:0.00%}  {course.Never,5}  {course.LongWaits,9}  {course.LongestWait,12}"));
        }
        var outcome = new SolveRound(vocabulary, weights, settings).Run(new RoundInput(people, apart, RoundComparison.Day, seed), ct);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"attainable coverage: LT {Share(outcome.Lithuania):0.00%}, PL {Share(outcome.Poland):0.00%}; reached of it {(double)(outcome.Lithuania.Covered + outcome.Poland.Covered) / Math.Max(1, outcome.Lithuania.Attainable + outcome.Poland.Attainable):0.000%}"));
        var (raw, priced) = comparison.Interactive(people, outcome.Prices, priceStrength);
        foreach (var (name, lists) in new[] { ("by score", raw), (string.Create(CultureInfo.InvariantCulture, $"by score less {priceStrength} of the price"), priced) })
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"lists of ten {name}: exposure Gini {lists.Exposure:0.000}, never shown {lists.NeverShown:0.0%}, most shown {lists.MostShown}"));
        }

        static double Share(Coverage coverage) => coverage.Members > 0 ? (double)coverage.Attainable / coverage.Members : 1;
    }

    private IEnumerable<(long One, long Other)> Apart(List<Profile> people, string? history) => population.Blocked
        .Concat(history is null ? [] : HistoryFile.Read(history, people.ToDictionary(person => person.Id, person => person.Side is Side.LT)));

    private Profile Find(List<Profile> people, long id) =>
        people.Find(person => person.Id == id) ?? throw new FileFaultException(file, 0, $"nobody has the id {id}.");

    private static FormattableString Covered(Coverage coverage) =>
        $"{100 * coverage.Share:0.00} % ({coverage.Covered} of {coverage.Members}, attainable at most {coverage.Attainable})";

    private static void Write(string file, IEnumerable<Introduced> pairs)
    {
        try
        {
            using var writer = new StreamWriter(file) { NewLine = "\n" };
            writer.WriteLine("lt,pl,score");
            foreach (var pair in pairs) writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pair.Lithuanian},{pair.Polish},{pair.Score:0.000000}"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FileFaultException(file, 0, "the file cannot be written. Does the folder exist?");
        }
    }
}
