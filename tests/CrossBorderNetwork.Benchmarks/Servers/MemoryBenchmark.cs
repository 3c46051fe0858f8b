using System.Diagnostics;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>
/// What the server takes of a machine: resident memory when idle and with 10,000 members of whom a thousand are writing, and how
/// long after its start the first waiting text is answered.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Members = 10_000;
    private const int Writing = 1_000;
    private const long FirstMember = 1_000_000;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        await using var telegram = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var stranger = telegram.User(1, "Ona", "en", started: true);
        using (var empty = new NetworkServer(telegram, webhook: false))
        {
            var (first, _) = await AnswerAsync(empty, telegram, stranger);
            var (again, idle) = await AnswerAsync(empty, telegram, stranger);
            output.WriteLine(FormattableString.Invariant(
                $"memory: {idle:0} MB idle; the first text is answered {again.TotalSeconds:0.0} s after the start, {first.TotalSeconds:0.0} s where the database is made first"));
        }

        using var full = new NetworkServer(telegram, webhook: false);
        await using (var filling = full.Start("demo", "--members", $"{Members}", "--telegram-from", $"{FirstMember}")) await filling.EndedAsync();
        var (start, loaded) = await AnswerAsync(full, telegram, stranger);
        await using var server = full.Start();
        List<EmulatedUser> people = [.. Enumerable.Range(0, Writing).Select(n => telegram.User(FirstMember + (n * (Members / Writing)), "Member", started: true))];
        var before = telegram.Truth.Effects.Count;
        foreach (var person in people) person.Says("/partners");
        await server.UntilAsync(() => telegram.Truth.Effects.Skip(before).Select(effect => effect.ChatId).Distinct().Count() == Writing);
        output.WriteLine(FormattableString.Invariant(
            $"memory: {loaded:0} MB with {Members:N0} members, {server.Memory:0} MB after {Writing:N0} of them asked for partners at once; first text answered {start.TotalSeconds:0.0} s after the start"));
    }

    /// <summary>Starts the server with a text waiting for it.</summary>
    /// <returns>Time from the start of the process to the answer, and megabytes once it is idle.</returns>
    private static async Task<(TimeSpan Answered, double Megabytes)> AnswerAsync(NetworkServer network, BotApiEmulator telegram, EmulatedUser stranger)
    {
        var before = telegram.Truth.MessagesIn(stranger.Id).Count;
        stranger.Says("/start");
        var start = Stopwatch.GetTimestamp();
        await using var server = network.Start();
        await server.UntilAsync(() => telegram.Truth.MessagesIn(stranger.Id).Count > before);
        var answered = Stopwatch.GetElapsedTime(start);
        await Task.Delay(Settling, TimeProvider.System);
        return (answered, server.Memory);
    }
}
