using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.Benchmarks.Servers;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Benchmarks.Delivering;

/// <summary>
/// A broadcast from the built server under Telegram's limits, which the emulator enforces, against the time that the limit itself
/// leaves: N messages at thirty a second, and with paid broadcasts at a thousand. Meanwhile people write and are answered.
/// </summary>
internal static class BroadcastBenchmark
{
    private const long FirstId = 1_000_000;
    private const string Text = "benchmark";

    public static void RunFree(TextWriter output) => RunAsync(
        output, "broadcast", 5000, new RateLimits(), 30, TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(20), [("Delivery__Window", "8")]).GetAwaiter().GetResult();

    public static void RunPaid(TextWriter output) => RunAsync(
        output, "paid", 20_000, new RateLimits(), 1000, TimeSpan.Zero, TimeSpan.Zero, [("Delivery__PaidBroadcast", "true"), ("Delivery__Window", "200")]).GetAwaiter().GetResult();

    private static async Task RunAsync(
        TextWriter output, string name, int count, RateLimits limits, double perSecond, TimeSpan before, TimeSpan after, (string, string)[] settings)
    {
        await using var telegram = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = limits });
        for (var i = 0; i < count; i++) telegram.User(FirstId + i, "Ona", "en", started: true);
        var load = new Load(telegram, 64);
        using var network = new NetworkServer(telegram, webhook: true, settings);
        await using var server = network.Start();
        await server.UntilAsync(() => telegram.Truth.Requests.Any(request => request is { Method: "setWebhook", Status: 200 }));
        await load.OfferAsync(2, TimeSpan.FromSeconds(3));
        if (before > TimeSpan.Zero) telegram.Faults.Add(Fault.RandomDelay(before, before, after, after) with { Method = "sendMessage" });

        network.Sql(AddPeople, ("@count", count), ("@first", FirstId));
        var ideal = count / perSecond;
        var start = Stopwatch.GetTimestamp();
        network.Sql(AddMessages, ("@now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()), ("@first", FirstId), ("@payload", JsonSerializer.Serialize(new Message { Text = RichText.Plain(Text) })));
        var done = DoneAsync();
        var waits = new List<double>();
        while (!done.IsCompleted) waits.AddRange(await load.OfferAsync(0.5, TimeSpan.FromSeconds(4)));
        var seconds = await done;

        var rest = network.Sql("SELECT count(*) FROM outbox WHERE state <> 2 AND source = 'benchmark'");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {count:N0} messages in {seconds:0.0} s, {count / seconds:0} a second; {telegram.Truth.TooManyRequests} answers 429, {telegram.Truth.Duplicates} sent twice, {rest} not delivered; "));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: limit of {perSecond:0} a second allows {ideal:0.0} s, ratio {seconds / ideal:0.000}; a text written meanwhile is answered after {Numbers.Median(waits):0} ms (95 of 100 within {Numbers.At(waits, 0.95):0} ms)"));

        async Task<double> DoneAsync()
        {
            while (telegram.Truth.CopiesOf(Text) < count)
            {
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > (2 * ideal) + 30) throw new InvalidOperationException($"Only {telegram.Truth.CopiesOf(Text)} messages have arrived.");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private const string AddPeople =
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @count - 1)
        INSERT INTO conversation (channel, address, sender_id, person_id, language, language_chosen, reachable, revision, last_active_at, forgotten, ready_at)
        SELECT 'telegram', @first + i, @first + i, 0, 'en', TRUE, TRUE, 0, 0, FALSE, 0 FROM n
        """;

    private const string AddMessages =
        """
        INSERT INTO outbox (conversation_id, channel, lane, state, payload, key, source, attempts, created_at, due_at, not_after)
        SELECT id, channel, 2, 0, @payload, 'benchmark:' || id, 'benchmark', 0, @now, @now, @now + 3600000
        FROM conversation WHERE CAST(address AS INTEGER) >= @first AND CAST(address AS INTEGER) < 7000000000
        """;
}
