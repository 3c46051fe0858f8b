using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>
/// How long a person waits: from the text to the first message that comes back, at half of what each server can take at most,
/// against a bot that stores nothing. Both are processes of their own and are called by webhook.
/// </summary>
internal static class EchoBenchmark
{
    private const int People = 64;
    private const int Rounds = 5;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        await using var ourTelegram = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        await using var bareTelegram = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        using var network = new NetworkServer(ourTelegram, webhook: true);
        await using var server = network.Start();
        await using var bare = ChildProcess.Start(
            typeof(EchoBenchmark).Assembly.Location, TestFolders.Repository, new Dictionary<string, string>(),
            BareEcho.Argument, $"{ChildProcess.FreePort()}", bareTelegram.BaseUrl.GetLeftPart(UriPartial.Authority), bareTelegram.Token);
        await server.UntilAsync(() => ourTelegram.Truth.Requests.Any(request => request is { Method: "setWebhook", Status: 200 }));
        await bare.UntilAsync(() => bareTelegram.Truth.Requests.Any(request => request is { Method: "setWebhook", Status: 200 }));

        var (ours, echo) = (new Figures(new Load(ourTelegram, People)), new Figures(new Load(bareTelegram, People)));
        foreach (var figures in (Figures[])[ours, echo, ours, echo]) await figures.Load.SaturateAsync(Duration);
        var syncs = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var figures in (Figures[])[ours, echo])
            {
                var most = await figures.Load.SaturateAsync(Duration);
                var waits = await figures.Load.OfferAsync(most / 2, Duration);
                figures.Most.Add(most);
                figures.Medians.Add(Numbers.Median(waits));
                figures.Slowest.Add(Numbers.At(waits, 0.95));
            }
            syncs.Add(Disk.MedianSync());
        }
        output.WriteLine(FormattableString.Invariant(
            $"echo: an answer waits until the update and its turn are safe on disk, in one write; this disk takes {Numbers.Median(syncs):0.00} ms for one (TMPDIR names another)"));
        output.WriteLine(FormattableString.Invariant(
            $"echo: a text is answered after {ours.Median:0.00} ms (95 of 100 within {ours.Tail:0.0} ms, at most {ours.Rate:0} a second)"));
        output.WriteLine(FormattableString.Invariant(
            $"echo: bare echo without storage {echo.Median:0.00} ms (95 of 100 within {echo.Tail:0.0} ms, at most {echo.Rate:0} a second), ratio of the medians {ours.Median / echo.Median:0.0} (at most 3 wanted)"));
    }

    private sealed record Figures(Load Load)
    {
        public List<double> Most { get; } = [];

        public List<double> Medians { get; } = [];

        public List<double> Slowest { get; } = [];

        public double Median => Numbers.Median(Medians);

        public double Tail => Numbers.Median(Slowest);

        public double Rate => Numbers.Median(Most);
    }
}
