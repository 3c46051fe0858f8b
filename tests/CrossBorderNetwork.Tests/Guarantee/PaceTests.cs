using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>Telegram's limits, enforced by the emulator: whoever is too quick gets a 429, and so none may come.</summary>
public sealed class PaceTests
{
    [Fact]
    public async Task A_broadcast_is_never_told_to_wait_and_a_reply_does_not_wait_behind_it()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions());
        await scene.PeopleAsync(120);
        await scene.ToAllAsync("Labas");
        var jan = scene.Api.User(900, "Jan", "pl");

        jan.Says("Jestem");
        await jan.Sees("Message: Jestem");

        (await scene.CountsAsync()).IsOpen.ShouldBeTrue();
        (await scene.EndedAsync()).Delivered.ShouldBe(120);
        scene.Api.Truth.TooManyRequests.ShouldBe(0);
        scene.Api.Truth.Duplicates.ShouldBe(0);
    }

    [Fact]
    public async Task One_person_gets_a_burst_and_then_one_message_a_second_in_the_order_of_their_decision()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = new RateLimits { ChatBurst = 4 } }, ("Delivery:ChatBurst", "3"));
        await scene.PeopleAsync(2);
        string[] texts = [.. Enumerable.Range(1, 7).Select(number => $"Number {number}")];

        await scene.ToAsync(1, texts);
        await scene.ToAsync(2, "Not behind the other");

        (await scene.EndedAsync("notice")).Delivered.ShouldBe(8);
        scene.Api.Truth.MessagesIn(1001).Select(message => message.Text).ShouldBe(texts);
        scene.Api.Truth.TooManyRequests.ShouldBe(0);
        var other = scene.Api.Truth.MessagesIn(1002).Single();
        scene.Api.Truth.MessagesIn(1001).Count(message => message.Number > other.Number).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_group_has_a_pace_of_its_own()
    {
        await using var scene = await DeliveryScene.StartAsync(
            new BotApiOptions { Rates = new RateLimits { PerGroupPerMinute = 60 } }, ("Delivery:GroupMessagesPerMinute", "60"), ("Delivery:ChatBurst", "1000"));
        await scene.GroupAsync(-500);

        await scene.ToAsync(1, [.. Enumerable.Range(1, 18).Select(number => $"Number {number}")]);

        (await scene.EndedAsync("notice")).Delivered.ShouldBe(18);
        scene.Api.Truth.TooManyRequests.ShouldBe(0);
    }

    [Fact]
    public async Task Paid_broadcasts_leave_beyond_the_free_pace_and_replies_stay_free()
    {
        await using var scene = await DeliveryScene.StartAsync(
            new BotApiOptions { Rates = new RateLimits { OverallPerSecond = 5, PaidPerSecond = 200 } },
            ("Delivery:MessagesPerSecond", "5"), ("Delivery:PaidBroadcast", "true"), ("Delivery:PaidMessagesPerSecond", "200"), ("Delivery:Window", "50"));
        await scene.PeopleAsync(200);
        await scene.ToAllAsync("Labas");
        var jan = scene.Api.User(900, "Jan", "pl");

        jan.Says("Jestem");
        await jan.Sees("Message: Jestem");

        (await scene.EndedAsync()).Delivered.ShouldBe(200);
        scene.Api.Truth.Paid.ShouldBe(200);
        scene.Api.Truth.TooManyRequests.ShouldBe(0);
    }

    [Theory]
    [InlineData("429")]
    [InlineData("at the start")]
    public async Task A_wait_that_Telegram_asks_for_is_kept_by_everybody_across_a_restart(string when)
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.PeopleAsync(2);
        scene.Api.Faults.Add(Fault.TooManyRequests(4) with { Method = "sendMessage" });
        await scene.ToAsync(1, "First");
        await DeliveryScene.UntilAsync(async () => (await scene.PaceAsync()).PausedUntil > TimeProvider.System.GetUtcNow());

        if (when == "at the start") await scene.RestartAsync();
        await scene.ToAsync(2, "Second");
        await scene.EndedAsync("notice");

        var asked = scene.Api.Truth.Requests.First(request => request.Status == 429);
        scene.Api.Truth.Requests.Where(request => request.Method == "sendMessage" && request != asked).Min(request => request.At)
            .ShouldBeGreaterThanOrEqualTo(asked.At.AddSeconds(4));
        scene.Api.Truth.RequestsInsideRetryAfter.ShouldBe(0);
        scene.Api.Truth.Copies(1001, "First").ShouldBe(1);
        scene.Api.Truth.Copies(1002, "Second").ShouldBe(1);
    }
}
