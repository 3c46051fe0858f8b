using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Story;

namespace CrossBorderNetwork.Tests.Rounds;

/// <summary>A round on the built server, which is killed whenever the round has moved on: begun, matched, approved, after each batch.</summary>
public sealed class DyingRoundTests
{
    private const int Members = 120;
    private const long FirstId = 20_000;
    private const int DemoCoordinator = 2;
    private const int LeastKills = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Killed_at_every_step_a_round_still_introduces_everybody_exactly_once()
    {
        List<EmulatedUser> users = [];
        await using var stage = await Stage.SetAsync(
            webhook: false,
            (api, server) =>
            {
                for (var i = 0; i < Members; i++) users.Add(api.User(FirstId + i, "Narys", i % 2 == 0 ? "lt" : "pl", started: true));
                return server.RunAsync("demo", "--members", $"{Members}", "--telegram-from", $"{FirstId}");
            },
            [("Schedules__rounds", "* * * * * ?")]);
        var coordinator = new TelegramTalker(new Words(Stage.Content, "lt"), users[DemoCoordinator]);
        await coordinator.Types("/round");
        await coordinator.Sees("round", "earlier.ask");
        await coordinator.Presses(coordinator.Words.Of("round", "earlier.options.start"));

        var kills = await KillUntilAsync(stage, "Matched");
        await coordinator.Types("/round");
        await coordinator.Sees("round", "matched.ask");
        await coordinator.Presses(coordinator.Words.Of("round", "matched.options.send"));
        await coordinator.Sees("round", "approve.ask");
        await coordinator.Presses(coordinator.Words.Of("common", "buttons.yes"));
        kills += await KillUntilAsync(stage, "Sent");
        await stage.IsQuietAsync();

        kills.ShouldBeGreaterThanOrEqualTo(LeastKills);
        await stage.NothingFailedAsync();
        (await stage.Server.SqlAsync("SELECT state FROM round")).ShouldBe(["Closed", "Sent"], ignoreOrder: true);
        const string Last = "(SELECT max(id) FROM round)";
        // Whoever takes part has one introduction, or was told why there is none; nobody both, nobody neither.
        (await stage.Server.SqlAsync(
            $"""
            SELECT s.member_id FROM round_seat s WHERE s.round_id = {Last}
            AND (SELECT count(*) FROM introduction i WHERE i.round_id = {Last} AND s.member_id IN (i.asker_id, i.asked_id)) <> (CASE WHEN s.was_told THEN 0 ELSE 1 END)
            """)).ShouldBeEmpty();
        var introduced = await stage.Server.SqlAsync($"SELECT count(*) FROM introduction WHERE round_id = {Last}");
        int.Parse(introduced[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(Members / 4);
        // One question to each of the two in the outbox; on the wire at most once more, where the server died with it.
        (await stage.Server.SqlAsync(
            $"""
            SELECT i.id FROM introduction i WHERE i.round_id = {Last}
            AND (SELECT count(*) FROM outbox o WHERE o.key LIKE 'introduction:' || i.id || ':proposed:%' AND o.state = 2) <> 2
            """)).ShouldBeEmpty();
        foreach (var user in users)
        {
            var questions = user.Messages.SelectMany(message => message.Buttons.SelectMany(row => row)).Select(button => button.Data)
                .Where(data => data?.StartsWith(">introductions/accept/", StringComparison.Ordinal) == true).ToList();
            questions.Distinct().Count().ShouldBeLessThanOrEqualTo(1);
            questions.Count.ShouldBeLessThanOrEqualTo(2);
        }
    }

    /// <summary>Kills the server each time that the round has moved, until it is in a state.</summary>
    private static async Task<int> KillUntilAsync(Stage stage, string state)
    {
        var started = TimeProvider.System.GetTimestamp();
        var (before, kills) = ("", 0);
        while (true)
        {
            var rows = await stage.Server.SqlAsync(
                """
                SELECT r.state || ' ' || (SELECT count(*) FROM round_pair p WHERE p.round_id = r.id AND p.is_done)
                    || ' ' || (SELECT count(*) FROM round_seat s WHERE s.round_id = r.id AND s.was_told)
                FROM round r ORDER BY r.id DESC LIMIT 1
                """);
            var now = rows.Count > 0 ? rows[0] : "";
            if (now != before && now.Length > 0)
            {
                before = now;
                kills++;
                await stage.Server.RestartAsync();
            }
            if (now.StartsWith(state, StringComparison.Ordinal)) return kills;
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"The round stays at “{now}”:\n{stage.Server.Log}");
            await Task.Delay(2);
        }
    }
}
