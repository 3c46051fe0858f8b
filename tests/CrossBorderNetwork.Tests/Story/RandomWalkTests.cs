using System.Globalization;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>
/// Two hundred people at once who do what nobody foresaw: members of old on a Monday morning, three coordinators among them, and
/// newcomers. Nobody stays without an answer, and nothing breaks.
/// </summary>
public sealed class RandomWalkTests
{
    private const int People = 200;
    private const int Acts = 40;
    private const int Members = 80;
    private const long FirstId = 10_000;

    /// <summary>Every eighth newcomer joins before walking, under a name that tries to be more than a name.</summary>
    private const int JoinsEach = 8;

    private static readonly string?[] Languages = ["lt", "pl", "en", "de", null];

    [Fact]
    public async Task Nobody_who_presses_and_writes_at_random_stays_without_an_answer()
    {
        List<Walker> walkers = [];
        await using var stage = await Stage.SetAsync(
            webhook: false,
            (api, server) =>
            {
                walkers.AddRange(Enumerable.Range(0, People).Select(i => new Walker(
                    api,
                    api.User(FirstId + i, i % 7 == 0 ? "<b>KanarekA</b>" : "Vardenis", Languages[i % Languages.Length], i % 3 == 0 ? $"user_{i}" : null, started: i < Members),
                    seed: 1000 + i)));
                for (var i = 0; i < People; i++) walkers[i].Neighbour = walkers[(i + 1) % People];
                return Stage.FillAsync(server, Members, FirstId);
            },
            [.. Stage.Coordinators(FirstId, FirstId + 1), ("Logging__LogLevel__Default", "Trace")]);

        var failures = await Task.WhenAll(walkers.Select((walker, i) => WalkAsync(walker, isJoining: i >= Members && i % JoinsEach == 0)));

        failures.Where(failure => failure is not null).Take(3).ShouldBeEmpty();
        await stage.CheckAsync(Walker.IsSameAgain, HostileTexts.Canary);
        stage.Api.Truth.Requests.Count(Walker.IsSameAgain).ShouldBeLessThan(People / 10);
        stage.Api.Truth.Effects.ShouldContain(effect => effect.Text.Contains(HostileTexts.Canary, StringComparison.Ordinal));
        stage.Api.Truth.Effects.SelectMany(HostileTexts.Injections).Take(5).ShouldBeEmpty();
    }

    private static async Task<string?> WalkAsync(Walker walker, bool isJoining)
    {
        try
        {
            if (isJoining) await Newcomer(walker.User.Id).Enrols(new TelegramTalker(new Words(Stage.Content, "en"), walker.User));
            await walker.WalkAsync(Acts);
            return null;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            return $"{fault.Message}\n{walker}";
        }
    }

    private static NewMember Newcomer(long id) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"<b>KanarekA</b> {id}"), Side = id % 16 == 0 ? "LT" : "PL", Town = id % 16 == 0 ? "Birštonas" : "Korycin", Role = "teacher",
        // A number near another one would be taken for a slip of the finger.
        Organisation = string.Create(CultureInfo.InvariantCulture, $"[KanarekE](https://evil.example/) {(uint)(id * 2654435761)}"), Languages = new Dictionary<string, int> { ["en"] = 2 },
        Topics = ["reading"], About = "<script>alert('KanarekH')</script>", Contact = "kanarek@example.org",
    };
}
