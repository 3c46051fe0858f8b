namespace CrossBorderNetwork.Benchmarks.Turns;

/// <summary>
/// What a turn costs in processor time: each press of the enrolment, from the accepted update to the durable turn, against the
/// rows alone. Processor time is counted over the whole process, so that work on other threads is not forgotten.
/// </summary>
internal static class TurnBenchmark
{
    private const int People = 20;
    private const int Rounds = 21;
    private const int WarmUpRounds = 25;

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        await using var host = await TurnHost.StartAsync();
        using var rows = new BareRows();
        var walk = await EnrolmentWalk.RecordAsync(host);
        var presses = walk.Count(step => step.IsPress);
        var (service, baseline) = (new List<double>(), new List<double>());
        for (var round = 0; round < WarmUpRounds + Rounds; round++)
        {
            long[] people = [.. Enumerable.Range(1, People).Select(person => EnrolmentWalk.Guide + (round * People) + person)];
            foreach (var chat in people) rows.AddConversation(chat);
            var (mine, theirs) = (TimeSpan.Zero, TimeSpan.Zero);
            foreach (var step in walk)
            {
                string[] payloads = [.. people.Select(step.Payload)];
                var start = Environment.CpuUsage.TotalTime;
                for (var i = 0; i < People; i++) await host.RunAsync(people[i], payloads[i]);
                var middle = Environment.CpuUsage.TotalTime;
                for (var i = 0; i < People; i++) rows.Write(people[i], payloads[i], step.Rows);
                if (!step.IsPress) continue;
                mine += middle - start;
                theirs += Environment.CpuUsage.TotalTime - middle;
            }
            if (round < WarmUpRounds) continue;
            service.Add(mine.TotalMilliseconds / (People * presses));
            baseline.Add(theirs.TotalMilliseconds / (People * presses));
        }
        Check(host, walk, 1 + (People * (WarmUpRounds + Rounds)));

        var (turn, bare) = (Numbers.Median(service), Numbers.Median(baseline));
        output.WriteLine(FormattableString.Invariant(
            $"turn: {turn:0.000} ms of processor time for a press of the enrolment, the same rows by prepared commands {bare:0.000} ms, ratio {turn / bare:0.0} (at most 3 wanted)"));
        output.WriteLine("turn: peers, measured on another machine, ms a turn: Telegraf with durable sessions 0.44-0.57, grammY with durable conversations 0.87-1.65,");
        output.WriteLine("turn: a bare Telegram.Bot echo 0.05-0.11, the same with one row to SQLite 0.17");
    }

    private static void Check(TurnHost host, IReadOnlyList<WalkStep> walk, int people)
    {
        var (pending, done, parked, messages) = host.Count();
        var expected = walk.Sum(step => step.Rows.Messages.Count);
        if (pending > 0 || parked > 0 || done != people * walk.Count || messages != people * expected)
            throw new InvalidOperationException($"Not every turn went as recorded: {pending} pending, {done} done, {parked} parked, {messages} messages.");
    }
}
