using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using static CrossBorderNetwork.Tests.TestKit.BotCalls;

namespace CrossBorderNetwork.Tests.TestKit;

/// <summary>Flood control, and faults ordered by a test; the truth is always what people saw.</summary>
public sealed class BotApiFaultTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private BotApiEmulator api = null!;
    private TelegramBotClient bot = null!;
    private EmulatedUser ona = null!;

    public async ValueTask InitializeAsync()
    {
        api = await BotApiEmulator.StartAsync(new BotApiOptions
        {
            Time = clock,
            Rates = new RateLimits { OverallPerSecond = 5, PerChatPerSecond = 1, ChatBurst = 2, PerGroupPerMinute = 3 },
        });
        bot = api.Client();
        ona = api.User(1001, "Ona", started: true);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task One_chat_takes_a_small_burst_and_then_one_message_a_second()
    {
        await bot.SendMessage(1001, "1");
        await bot.SendMessage(1001, "2");
        var refusal = await Should.ThrowAsync<ApiRequestException>(() => bot.SendMessage(1001, "3"));
        refusal.Message.ShouldBe("Too Many Requests: retry after 1");
        refusal.Parameters!.RetryAfter.ShouldBe(1);
        clock.Advance(TimeSpan.FromMilliseconds(900));
        await Should.ThrowAsync<ApiRequestException>(() => bot.SendMessage(1001, "4"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await bot.SendMessage(1001, "5");
        api.Truth.TooManyRequests.ShouldBe(2);
        api.Truth.RequestsInsideRetryAfter.ShouldBe(1);
        api.Truth.MessagesIn(1001).Select(effect => effect.Text).ShouldBe(["1", "2", "5"]);
    }

    [Fact]
    public async Task All_chats_together_have_a_limit_and_a_group_has_its_own_for_messages_and_edits()
    {
        var people = Enumerable.Range(1, 6).Select(id => api.User(id, "P", started: true)).ToList();
        var refused = 0;
        foreach (var person in people)
        {
            try
            {
                await bot.SendMessage(person.Id, "Labas");
            }
            catch (ApiRequestException tooMany) when (tooMany.ErrorCode == 429)
            {
                refused++;
            }
        }
        refused.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(2));

        api.Group(-7, "Mokytojai", ona);
        var sent = await bot.SendMessage(-7, "1");
        await bot.EditMessageText(-7, sent.Id, "2");
        await bot.EditMessageText(-7, sent.Id, "3");
        var refusal = await Should.ThrowAsync<ApiRequestException>(() => bot.EditMessageText(-7, sent.Id, "4"));
        refusal.Parameters!.RetryAfter.ShouldBe(20);
    }

    [Fact]
    public async Task A_connection_that_breaks_before_or_after_the_effect_looks_the_same_to_the_bot()
    {
        api.Faults.Add(Fault.ResetBeforeEffect() with { Method = "sendMessage" });
        api.Faults.Add(Fault.AnswerLost() with { Method = "sendMessage" });
        await Broken(() => bot.SendMessage(1001, "Labas"));
        api.Truth.Effects.ShouldBeEmpty();
        await Broken(() => bot.SendMessage(1001, "Labas"));
        api.Truth.Copies(1001, "Labas").ShouldBe(1);
        await bot.SendMessage(1001, "Labas");
        api.Truth.Duplicates.ShouldBe(1);
        api.Truth.Requests.Select(request => request.Status).ShouldBe([0, 0, 200]);
    }

    [Fact]
    public async Task Servers_in_trouble_answer_with_pages_nothing_or_refusals()
    {
        api.Faults.Add(Fault.InternalServerError());
        api.Faults.Add(Fault.BadGateway());
        api.Faults.Add(Fault.TooManyRequests(5));
        api.Faults.Add(Fault.Refusal(403, "Forbidden: bot was blocked by the user"));
        api.Faults.Add(Fault.Migrated(-100));
        api.Faults.Add(Fault.EmptyResult());
        Task Send() => bot.SendMessage(1001, "a");
        await Broken(Send);
        await Broken(Send);
        (await Refused(Send, "Too Many Requests: retry after 5", 429)).Parameters!.RetryAfter.ShouldBe(5);
        await Refused(Send, "Forbidden: bot was blocked by the user", 403);
        var moved = await Refused(Send, "Bad Request: group chat was upgraded to a supergroup chat");
        moved.Parameters!.MigrateToChatId.ShouldBe(-100);
        api.Truth.Effects.ShouldBeEmpty();
        (await Broken(Send)).HttpStatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        api.Truth.Copies(1001, "a").ShouldBe(1);
        api.Truth.Requests.Select(request => request.Status).ShouldBe([500, 502, 429, 403, 400, 200]);
        api.Truth.RequestsInsideRetryAfter.ShouldBe(3);
        api.Faults.Used.ShouldBe(6);
    }

    [Fact]
    public async Task A_fault_waits_for_its_method_and_chat_and_ends_after_its_times()
    {
        api.User(1002, "Piotr", started: true);
        api.Faults.Add(Fault.BadGateway() with { Method = "SendMessage", ChatId = 1002, Times = 2 });
        await bot.SendMessage(1001, "a");
        await bot.SendChatAction(1002, Telegram.Bot.Types.Enums.ChatAction.Typing);
        await Should.ThrowAsync<RequestException>(() => bot.SendMessage(1002, "a"));
        await Should.ThrowAsync<RequestException>(() => bot.SendMessage(1002, "a"));
        await bot.SendMessage(1002, "a");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_chances()
    {
        await using var other = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        await using var again = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var outcomes = new List<string>();
        foreach (var server in new[] { other, again })
        {
            server.User(1, "Ona", started: true);
            server.Faults.Add(Fault.BadGateway() with { Probability = 0.5, Times = int.MaxValue });
            var most = TimeSpan.FromMilliseconds(2);
            server.Faults.Add(Fault.RandomDelay(TimeSpan.Zero, most, TimeSpan.Zero, most));
            var client = server.Client();
            for (var call = 0; call < 20; call++)
                await client.SendMessage(1, "a").ContinueWith(_ => { }, TaskScheduler.Default);
            outcomes.Add(string.Join(' ', server.Truth.Requests.Select(request => request.Status)));
        }
        outcomes[0].ShouldContain("502");
        outcomes[0].ShouldContain("200");
        outcomes[1].ShouldBe(outcomes[0]);
    }

    [Fact]
    public async Task A_delay_before_the_effect_holds_the_message_back_and_one_after_it_only_the_answer()
    {
        api.Faults.Add(Fault.Delay(before: TimeSpan.FromHours(1), after: TimeSpan.Zero) with { ChatId = 1001 });
        api.User(1002, "Piotr", started: true);
        api.Faults.Add(Fault.Delay(before: TimeSpan.Zero, after: TimeSpan.FromHours(1)) with { ChatId = 1002 });
        using var hangUp = new CancellationTokenSource();
        var held = bot.SendMessage(1001, "a", cancellationToken: hangUp.Token);
        var unanswered = bot.SendMessage(1002, "b", cancellationToken: hangUp.Token);
        while (api.Truth.Effects.Count == 0 || api.Truth.Requests.Count < 2)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        api.Truth.Effects.Single().Text.ShouldBe("b");
        held.IsCompleted.ShouldBeFalse();
        unanswered.IsCompleted.ShouldBeFalse();
        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(held);
        await Should.ThrowAsync<OperationCanceledException>(unanswered);
    }
}
