using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>All that can go wrong between the server and Telegram, mixed, while an announcement goes out to many.</summary>
public sealed class NetworkTests
{
    private const int People = 600;

    [Fact]
    public async Task Nothing_that_the_network_does_loses_anybody_or_sends_twice_what_was_answered()
    {
        await using var scene = await DeliveryScene.StartAsync(
            new BotApiOptions { Rates = null, Seed = 5 }, ("Delivery:MessagesPerSecond", "1000"), ("Delivery:Window", "16"));
        await scene.PeopleAsync(People);
        for (var i = 1; i <= 10; i++)
        {
            Spoil(Fault.Refusal(403, "Forbidden: user is deactivated") with { ChatId = 1000 + i }, 1);
            Spoil(Fault.Refusal(400, "Bad Request: message is too long") with { ChatId = 1010 + i }, 1);
            Spoil(Fault.Refusal(400, "Bad Request: can't parse entities: unexpected end") with { ChatId = 1020 + i, Times = 1 }, 1);
            // Longer than anybody waits for an answer.
            if (i <= 3) Spoil(Fault.Delay(TimeSpan.Zero, TimeSpan.FromSeconds(90)) with { ChatId = 1030 + i, Times = 1 }, 1);
        }
        Spoil(Fault.RandomDelay(TimeSpan.Zero, TimeSpan.FromMilliseconds(20), TimeSpan.Zero, TimeSpan.FromMilliseconds(20)), 1);
        Spoil(Fault.AnswerLost(), 0.05);
        Spoil(Fault.EmptyResult(), 0.03);
        Spoil(Fault.InternalServerError() with { EffectDone = true }, 0.03);
        Spoil(Fault.BadGateway(), 0.05);
        Spoil(Fault.ResetBeforeEffect(), 0.05);
        Spoil(Fault.TooManyRequests(1), 0.01);

        await scene.ToAllAsync("Labas");
        await DeliveryScene.UntilAsync(async () => !(await scene.CountsAsync()).IsOpen, TimeSpan.FromMinutes(2));

        var counts = await scene.CountsAsync();
        counts.Total.ShouldBe(People);
        (counts.Unreachable, counts.Failed, counts.Expired, counts.Cancelled).ShouldBe((10, 10, 0, 0));
        var truth = scene.Api.Truth;
        truth.TooManyRequests.ShouldBeGreaterThan(1);
        truth.RequestsInsideRetryAfter.ShouldBe(0);
        var states = await scene.ReadAsync(db => db.Outbox.Join(db.Conversations, o => o.ConversationId, c => c.Id, (o, c) => new { c.Address, o.State }).ToListAsync());
        foreach (var (chat, state) in states.Select(row => (long.Parse(row.Address, System.Globalization.CultureInfo.InvariantCulture), row.State)))
        {
            var copies = truth.Copies(chat, "Labas");
            if (state == OutboxState.Delivered) copies.ShouldBeInRange(1, 2, $"chat {chat}");
            else if (state == OutboxState.InDoubt) copies.ShouldBeInRange(0, 2, $"chat {chat}");
            else copies.ShouldBe(0, $"chat {chat}");
        }
        var unanswered = truth.Requests.Count(request => request.Method == "sendMessage" && request.IsUnanswered);
        unanswered.ShouldBeGreaterThan(People / 20);
        truth.Duplicates.ShouldBeLessThanOrEqualTo(unanswered);
        // In doubt stays only whom two requests of unknown outcome went to.
        counts.InDoubt.ShouldBeLessThan(People / 20);
        // The second try may meet another fault; that it fails for all three is not to be expected.
        new[] { 1031, 1032, 1033 }.Max(slow => truth.Copies(slow, "Labas")).ShouldBe(2);

        void Spoil(Fault fault, double probability) =>
            scene.Api.Faults.Add(fault with { Method = "sendMessage", Probability = probability, Times = fault.ChatId is null ? int.MaxValue : fault.Times });
    }
}
