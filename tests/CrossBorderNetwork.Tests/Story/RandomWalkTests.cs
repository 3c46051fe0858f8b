using System.Globalization;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>Two hundred people at once who do what nobody foresaw. Nobody stays without an answer, and nothing breaks.</summary>
public sealed class RandomWalkTests
{
    private const int People = 200;
    private const int Acts = 40;

    /// <summary>Every fourth is a member before the walk begins: most of what can be pressed is for members.</summary>
    private const int MemberEach = 4;

    private static readonly string?[] Languages = ["lt", "pl", "en", "de", null];

    [Fact]
    public async Task Nobody_who_presses_and_writes_at_random_stays_without_an_answer()
    {
        await using var stage = await Stage.SetAsync(webhook: false, ("Logging__LogLevel__Default", "Trace"));
        var content = DialogContent.Load(TestFolders.Dialogs);
        var walkers = Enumerable.Range(0, People).Select(i => new Walker(
            stage.Api, stage.Api.User(10_000 + i, i % 7 == 0 ? "<b>KanarekA</b>" : "Vardenis", Languages[i % Languages.Length], i % 3 == 0 ? $"user_{i}" : null), seed: 1000 + i)).ToList();

        var failures = await Task.WhenAll(walkers.Select((walker, i) => WalkAsync(walker, i, content)));

        Directory.CreateDirectory("/tmp/walk"); foreach (var w in walkers) File.WriteAllText("/tmp/walk/" + w.User.Id, w.ToString()); File.WriteAllText("/tmp/walk/log", stage.Server.Log);
        File.WriteAllText("/tmp/walk/states", string.Join("\n", await stage.Server.SqlAsync("SELECT 'inbox '||state||' '||count(*) FROM inbox GROUP BY state UNION ALL SELECT 'outbox '||state||' '||count(*) FROM outbox GROUP BY state UNION ALL SELECT 'member '||count(*) FROM member UNION ALL select 'intro '||state||' '||count(*) from introduction group by state")));
        failures.Where(failure => failure is not null).Take(3).ShouldBeEmpty();
        await stage.IsQuietAsync();
        await stage.CheckAsync(HostileTexts.Canary);
        walkers.SelectMany(walker => walker.User.Messages.Where(message => message.FromBot)).SelectMany(HostileTexts.Injections).Take(5).ShouldBeEmpty();
    }

    private static async Task<string?> WalkAsync(Walker walker, int i, DialogContent content)
    {
        try
        {
            if (i % MemberEach == 0) await Member(i).Enrols(new TelegramTalker(new Words(content, "en"), walker.User));
            await walker.WalkAsync(Acts);
            return null;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            return $"{fault.Message}\n{walker}";
        }
    }

    private static NewMember Member(int i) => new()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"<b>KanarekA</b> {i}"), Side = i % 8 == 0 ? "LT" : "PL", Town = i % 8 == 0 ? "Birštonas" : "Korycin", Role = "teacher",
        Organisation = string.Create(CultureInfo.InvariantCulture, $"[KanarekE](https://evil.example/) {i}"), Languages = new Dictionary<string, int> { ["en"] = 2 },
        Topics = ["reading"], About = "<script>alert('KanarekH')</script>", Contact = "kanarek@example.org",
    };
}
