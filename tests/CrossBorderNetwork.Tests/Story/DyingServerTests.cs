namespace CrossBorderNetwork.Tests.Story;

/// <summary>
/// The story while the server is killed again and again. One class for each way to receive, so that they run side by side; the one
/// dies at the deeds at which the other lives, so that together they leave none out.
/// </summary>
public abstract class DyingServerTests(bool webhook)
{
    /// <summary>All that Telegram may refuse a server that cannot know what its predecessor still did.</summary>
    private static readonly string[] Repeated = ["message is not modified", "query is too old"];

    [Fact]
    public async Task A_server_that_is_killed_at_every_second_step_loses_no_answer()
    {
        await using var stage = await Stage.SetAsync(webhook, Stage.Coordinators(Stage.CoordinatorId));

        await new NetworkStory(stage) { MayDie = () => stage.KillAtEverySecondDeed(spared: webhook ? 1 : 0) }.TellAsync("lt", "pl", "en");

        stage.Kills.ShouldBeGreaterThan(30);
        await stage.NothingFailedAsync();
        stage.Refusals.Where(refusal => !Repeated.Any(known => refusal.Contains(known, StringComparison.Ordinal))).ShouldBeEmpty();
        // What was on its way when the server died is sent once more, never oftener.
        NetworkStory.DigestsOf(stage, NetworkStory.TeacherId, "lt").ShouldBeInRange(1, 2);
    }
}

public sealed class DyingServerThatPollsTests() : DyingServerTests(webhook: false);

public sealed class DyingServerWithWebhookTests() : DyingServerTests(webhook: true);
