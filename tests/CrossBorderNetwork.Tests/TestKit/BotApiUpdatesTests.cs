using System.Collections.Concurrent;
using System.Text.Json;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using static CrossBorderNetwork.Tests.TestKit.BotCalls;

namespace CrossBorderNetwork.Tests.TestKit;

/// <summary>
/// How updates reach a bot: by long polling with its confirmations, and by a webhook with its lanes and retries.
/// </summary>
public sealed class BotApiUpdatesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2027, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private BotApiEmulator api = null!;
    private TelegramBotClient bot = null!;
    private EmulatedUser ona = null!;
    private EmulatedUser piotr = null!;

    public async ValueTask InitializeAsync()
    {
        api = await BotApiEmulator.StartAsync(new BotApiOptions { Time = clock, WebhookRetryScale = 0.001 });
        bot = api.Client();
        ona = api.User(1001, "Ona", "lt");
        piotr = api.User(1002, "Piotr", "pl", "piotr");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Updates_come_in_order_until_the_next_offset_confirms_them()
    {
        ona.Says("/start");
        ona.Says("vienas");
        ona.Says("du");
        var first = await bot.GetUpdates(limit: 2);
        first.Select(update => update.Message!.Text).ShouldBe(["/start", "vienas"]);
        first[1].Id.ShouldBe(first[0].Id + 1);
        (await bot.GetUpdates()).Length.ShouldBe(3);
        (await bot.GetUpdates(offset: first[1].Id + 1)).Single().Message!.Text.ShouldBe("du");
        (await bot.GetUpdates(offset: -1)).Single().Message!.Text.ShouldBe("du");
        (await bot.GetUpdates(offset: api.LastUpdateId is var last ? (int)last + 100 : 0)).Length.ShouldBe(1);
        (await bot.GetUpdates(offset: (int)api.LastUpdateId + 1)).ShouldBeEmpty();
        api.PendingUpdates.ShouldBe(0);
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_first_update()
    {
        var polling = bot.GetUpdates(timeout: 30);
        ona.Says("/start");
        (await polling).Single().Message!.From!.FirstName.ShouldBe("Ona");
    }

    [Fact]
    public async Task A_second_poller_ends_the_first_and_a_webhook_ends_both()
    {
        var first = bot.GetUpdates(timeout: 30);
        await Requests(1);
        var second = bot.GetUpdates(timeout: 30);
        (await Should.ThrowAsync<ApiRequestException>(first)).Message
            .ShouldBe("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
        await bot.SetWebhook("http://127.0.0.1:9/");
        (await Should.ThrowAsync<ApiRequestException>(second)).Message.ShouldBe("Conflict: terminated by setWebhook request");
        await Refused(
            () => bot.GetUpdates(),
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            409);
        await bot.DeleteWebhook();
        (await bot.GetUpdates()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_wished_kinds_are_made_and_the_wish_is_remembered()
    {
        await bot.GetUpdates(allowedUpdates: [UpdateType.Message]);
        ona.Says("/start");
        ona.Blocks();
        (await bot.GetUpdates()).Select(update => update.Type).ShouldBe([UpdateType.Message]);
        (await bot.GetWebhookInfo()).AllowedUpdates.ShouldBe([UpdateType.Message]);
        await bot.GetUpdates(allowedUpdates: []);
        ona.Unblocks();
        (await bot.GetUpdates()).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Presses_wait_150_seconds_and_messages_a_day()
    {
        ona.Says("/start");
        var sent = await bot.SendMessage(1001, "Labas");
        var press = ona.PressesData(ona.Messages[^1], "forged");
        clock.Advance(TimeSpan.FromSeconds(16));
        await Refused(
            () => bot.AnswerCallbackQuery(press.Id),
            "Bad Request: query is too old and response timeout expired or query ID is invalid");
        (await bot.GetUpdates()).Length.ShouldBe(2);
        clock.Advance(TimeSpan.FromSeconds(150));
        (await bot.GetUpdates()).Single().Message!.Text.ShouldBe("/start");
        clock.Advance(TimeSpan.FromDays(2));
        (await bot.GetUpdates()).ShouldBeEmpty();
        await Refused(() => bot.DeleteMessage(1001, sent.Id), "Bad Request: message can't be deleted for everyone");
    }

    [Fact]
    public async Task A_press_on_a_deleted_message_comes_without_its_text()
    {
        ona.Says("/start");
        await bot.SendMessage(1001, "Labas");
        var seen = ona.Messages[^1];
        await bot.DeleteMessage(1001, seen.MessageId);
        ona.PressesData(seen, "old");
        var query = (await bot.GetUpdates(offset: -1)).Single().CallbackQuery!;
        query.Data.ShouldBe("old");
        query.Message!.Date.ShouldBe(default);
    }

    [Fact]
    public async Task Foreign_repeated_and_broken_updates_can_be_delivered()
    {
        ona.Says("/start");
        var id = (await bot.GetUpdates()).Single().Id;
        await bot.GetUpdates(offset: id + 1);
        api.DeliverAgain(id);
        var strange = api.Deliver("""{"dream":{"of":"spring"}}""");
        var both = await bot.GetUpdates(offset: id + 1);
        both.Select(update => (update.Id, update.Type)).ShouldBe([(id, UpdateType.Message), ((int)strange, UpdateType.Unknown)]);
        (await bot.GetUpdates(offset: id + 1)).Single().Id.ShouldBe((int)strange);

        api.Deliver("{ broken");
        await Should.ThrowAsync<RequestException>(() => bot.GetUpdates(offset: id + 1));
        (await bot.GetUpdates(offset: id + 1)).Single().Id.ShouldBe((int)strange);
    }

    [Fact]
    public async Task Whatever_a_person_sends_comes_in_the_shape_that_client_libraries_read()
    {
        ona.Says("/start");
        foreach (var attachment in Enum.GetValues<Attachment>())
            ona.Sends(attachment);
        ona.SendsDocument("cv.pdf", "application/pdf", [1, 2], "Gyvenimo aprašymas");
        ona.Forwards("Sveiki", piotr);
        var said = ona.Says("klaida");
        ona.Edits(said, "taisyta");
        ona.Starts("ref_7");

        var updates = await bot.GetUpdates();
        updates.Where(update => update.Message is not null).Select(update => update.Message!.Type).ShouldBe(
        [
            MessageType.Text, MessageType.Photo, MessageType.Sticker, MessageType.Voice, MessageType.Contact,
            MessageType.Location, MessageType.Document, MessageType.Photo, MessageType.Photo, MessageType.Photo,
            MessageType.Document, MessageType.Text, MessageType.Text, MessageType.Text,
        ]);
        updates.Select(update => update.Message?.MediaGroupId).Where(album => album is not null).Distinct().Count().ShouldBe(1);
        var origin = updates.Select(update => update.Message?.ForwardOrigin).OfType<MessageOriginUser>().Single();
        origin.SenderUser.Username.ShouldBe("piotr");
        updates.Single(update => update.EditedMessage is not null).EditedMessage!.Text.ShouldBe("taisyta");
        updates[^1].Message!.Entities!.Single().Type.ShouldBe(MessageEntityType.BotCommand);
        Should.Throw<ArgumentException>(() => ona.Starts("ą"));
        Should.Throw<ArgumentException>(() => ona.Starts(new string('a', 65)));
    }

    [Fact]
    public async Task A_group_is_heard_when_it_names_the_bot_and_moves_to_a_supergroup()
    {
        var group = api.Group(-500, "Mokytojai", ona, piotr);
        ona.Says("tarp mūsų", group);
        piotr.Says("/help@emulated_bot", group);
        await bot.SendMessage(-500, "Klausau");
        await group.Sees("Klausau");
        (await bot.GetChatMember(-500, 1002)).Status.ShouldBe(ChatMemberStatus.Member);
        group.BecomesSupergroup(-100500);
        var moved = await Should.ThrowAsync<ApiRequestException>(() => bot.SendMessage(-500, "Klausau"));
        moved.Parameters!.MigrateToChatId.ShouldBe(-100500);
        await bot.SendMessage(-100500, "Klausau");
        (await bot.GetChat(-100500)).Type.ShouldBe(ChatType.Supergroup);
        group.PutsBotOut();
        await Refused(() => bot.SendMessage(-100500, "Klausau"), "Forbidden: bot was kicked from the supergroup chat", 403);
        var updates = await bot.GetUpdates();
        updates.Select(update => update.Message?.Text).OfType<string>().ShouldBe(["/help@emulated_bot"]);
        updates.Count(update => update.MyChatMember is not null).ShouldBe(2);
        updates.Single(update => update.Message?.MigrateToChatId is not null).Message!.MigrateToChatId.ShouldBe(-100500);
    }

    [Fact]
    public async Task A_webhook_gets_the_secret_and_each_chat_in_order_while_another_chat_is_stuck()
    {
        var taken = new ConcurrentQueue<string>();
        var onaMayPass = new TaskCompletionSource();
        await using var server = await StartReceiver(async (context, update) =>
        {
            if (context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"] != "s3cret")
                return 401;
            if (update.GetProperty("message").GetProperty("from").GetProperty("id").GetInt64() == 1001)
                await onaMayPass.Task;
            taken.Enqueue(update.GetProperty("message").GetProperty("text").GetString()!);
            return 200;
        });
        ona.Says("1");
        await bot.SetWebhook(server.Url, secretToken: "s3cret");
        ona.Says("2");
        piotr.Says("A");
        piotr.Says("B");
        await Until(() => api.PendingUpdates == 2);
        taken.ShouldBe(["A", "B"]);
        onaMayPass.SetResult();
        await Until(() => api.PendingUpdates == 0);
        taken.ShouldBe(["A", "B", "1", "2"]);
        await Refused(
            () => bot.SetWebhook(server.Url, secretToken: "ą b"), "Bad Request: secret token contains unallowed characters");
        await Refused(
            () => bot.SetWebhook("http://example.org/"), "Bad Request: bad webhook: An HTTPS URL must be provided for webhook");
    }

    [Fact]
    public async Task A_failing_webhook_is_tried_again_until_it_takes_the_update_and_the_failure_is_told()
    {
        var tries = 0;
        await using var server = await StartReceiver((context, _) =>
        {
            var attempt = Interlocked.Increment(ref tries);
            if (attempt == 3)
                context.Response.Headers.RetryAfter = "7";
            return Task.FromResult(attempt < 5 ? 503 : 204);
        });
        await bot.SetWebhook(server.Url, maxConnections: 3);
        ona.Says("/start");
        await Until(() => api.PendingUpdates == 0);
        tries.ShouldBe(5);
        var info = await bot.GetWebhookInfo();
        info.LastErrorMessage.ShouldBe("Wrong response from the webhook: 503 Service Unavailable");
        info.MaxConnections.ShouldBe(3);
    }

    [Fact]
    public async Task A_press_is_not_held_up_by_a_stuck_message_of_the_same_person()
    {
        ona.Says("/start");
        await bot.SendMessage(1001, "Labas");
        await bot.GetUpdates(offset: (int)api.LastUpdateId + 1);
        await using var server = await StartReceiver(
            (_, update) => Task.FromResult(update.TryGetProperty("message", out var _) ? 500 : 200));
        await bot.SetWebhook(server.Url);
        ona.Says("stringa");
        ona.PressesData(ona.Messages[1], "x");
        await Until(() => api.PendingUpdates == 1);
        await bot.DeleteWebhook();
        (await bot.GetUpdates()).Single().Message!.Text.ShouldBe("stringa");
    }

    [Fact]
    public async Task The_answer_of_a_webhook_may_carry_one_call()
    {
        await using var server = await StartReceiver((context, update) =>
        {
            context.Response.ContentType = "application/json";
            return Task.FromResult(200);
        }, """{"method":"sendMessage","chat_id":1001,"text":"Labas iš atsakymo"}""");
        await bot.SetWebhook(server.Url);
        ona.Says("/start");
        await ona.Sees("Labas iš atsakymo");
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    private Task Requests(int count) => Until(() => api.Truth.Requests.Count >= count);

    private static async Task<Receiver> StartReceiver(Func<HttpContext, JsonElement, Task<int>> take, string body = "")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            using var update = await JsonDocument.ParseAsync(context.Request.Body);
            context.Response.StatusCode = await take(context, update.RootElement);
            if (body.Length > 0)
                await context.Response.WriteAsync(body);
        });
        await app.StartAsync();
        return new Receiver(app, app.Urls.Single() + "/");
    }

    private sealed record Receiver(WebApplication App, string Url) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
