using System.Collections.Concurrent;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.Extensions.Time.Testing;
using Telegram.Bot;
using Button = CrossBorderNetwork.Messaging.Button;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>Updates by polling, from the person's deed to the answer on the screen.</summary>
public sealed class TelegramReceivingTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Activity> _activities = [];
    private BotApiEmulator _api = null!;
    private EmulatedUser _ona = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        _ona = _api.User(1001, "Ona", "lt", username: "ona_k", lastName: "Kazlauskė");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_person_who_writes_is_answered()
    {
        await using var host = await StartAsync();
        _ona.Starts("lesson_2");

        await _ona.Sees("Message: /start lesson_2");

        var activity = _activities.ShouldHaveSingleItem();
        activity.Address.ShouldBe("1001");
        activity.SenderId.ShouldBe("1001");
        activity.SenderName.ShouldBe("Ona Kazlauskė");
        activity.SenderHandle.ShouldBe("ona_k");
        activity.Locale.ShouldBe("lt");
        activity.IsPrivate.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"update_id":77,"my_chat_member":{"chat":{"id":1001,"type":"private"},"from":{"id":1001,"is_bot":false,"first_name":"Ona"},"date":1,"old_chat_member":{"status":"wizard"},"new_chat_member":{"status":"wizard"}}}""")]
    [InlineData("""{"update_id":77,"message":{"message_id":"seven","chat":[]}}""")]
    [InlineData("""{"update_id":77,"message":{"message_id":5,"date":1,"text":"half of a \ud83d pair","chat":{"id":1001,"type":"private"},"from":{"id":1001,"is_bot":false,"first_name":"Ona"}}}""")]
    public async Task An_update_that_nobody_can_read_is_parked_and_the_queue_moves_on(string poison)
    {
        await using var host = await StartAsync();
        _api.Deliver(poison);
        _ona.Says("Labas");

        await _ona.Sees("Message: Labas");

        (await host.InboxAsync(InboxState.Parked)).ShouldBe(1);
        await TelegramHost.UntilAsync(() => _api.PendingUpdates == 0);
    }

    [Fact]
    public async Task An_update_of_an_unknown_kind_is_passed_over()
    {
        await using var host = await StartAsync();
        _api.Deliver("""{"telepathy":{"from":{"id":1001}}}""");
        _ona.Says("Labas");

        await _ona.Sees("Message: Labas");

        (await host.InboxAsync(InboxState.Parked)).ShouldBe(0);
        _activities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_update_that_is_offered_twice_is_handled_once()
    {
        await using var host = await StartAsync();
        _ona.Says("Labas");
        await _ona.Sees("Message: Labas");

        _api.DeliverAgain(_api.LastUpdateId);
        _ona.Says("Viskas");
        await _ona.Sees("Message: Viskas");

        _api.Truth.Copies(1001, "Message: Labas").ShouldBe(1);
    }

    [Fact]
    public async Task An_update_is_confirmed_only_when_it_is_stored_and_a_server_that_died_before_gets_it_again()
    {
        var file = TelegramHost.NewFile();
        await using (var first = await StartAsync(file))
        {
            await TelegramHost.UntilAsync(() => Polls() == 1);
            await using var writer = await first.Database.BeginAsync(CancellationToken.None);
            _ona.Says("Labas");
            await TelegramHost.UntilAsync(() => _api.Truth.Requests.Any(request => request is { Method: "getUpdates", Status: 200 }));
            Polls().ShouldBe(1);
            _api.PendingUpdates.ShouldBe(1);
            await first.StopAsync();
        }
        _activities.ShouldBeEmpty();

        await using var second = await StartAsync(file);

        await _ona.Sees("Message: Labas");
        await TelegramHost.UntilAsync(() => _api.PendingUpdates == 0);
        _activities.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_died_after_storing_but_before_confirming_handles_the_update_once()
    {
        var file = TelegramHost.NewFile();
        await using (await StartAsync(file))
        {
            _ona.Says("Labas");
            await _ona.Sees("Message: Labas");
        }
        _api.DeliverAgain(_api.LastUpdateId);

        await using var second = await StartAsync(file);
        _ona.Says("Viskas");
        await _ona.Sees("Message: Viskas");

        _api.Truth.Copies(1001, "Message: Labas").ShouldBe(1);
    }

    [Fact]
    public async Task An_album_is_one_activity()
    {
        await using var host = await StartAsync();
        _ona.Sends(Attachment.Album, "Mūsų grupė");
        _ona.Says("Viskas");
        await _ona.Sees("Message: Viskas");
        _ona.Sends(Attachment.Album);
        _ona.Says("Dar kartą");
        await _ona.Sees("Message: Dar kartą");

        _activities.Select(activity => activity.Kind).ShouldBe(
            [ActivityKind.Unreadable, ActivityKind.Message, ActivityKind.Unreadable, ActivityKind.Message]);
    }

    [Fact]
    public async Task A_press_is_acknowledged_while_the_persons_earlier_turn_still_runs()
    {
        var gate = new TaskCompletionSource();
        await using var host = await TelegramHost.StartAsync(_api, async (turn, ct) =>
        {
            if (turn.Activity.Text == "slow") await gate.Task.WaitAsync(ct);
            turn.Send(new Message { Text = RichText.Plain("Choose " + turn.Activity.Token), Buttons = [[new Button("Music", "t:music")]] });
        });
        _ona.Says("begin");
        await _ona.Sees("Choose");

        _ona.Says("slow");
        var press = _ona.Presses("Music");
        await TelegramHost.UntilAsync(() => _api.UnansweredPresses.Count == 0);
        _api.Truth.MessagesIn(1001).Count.ShouldBe(1);

        gate.SetResult();
        await _ona.Sees("Choose t:music");
        press.Data.ShouldBe("t:music");
    }

    [Fact]
    public async Task A_press_that_came_too_late_to_acknowledge_is_handled_all_the_same()
    {
        await using var host = await TelegramHost.StartAsync(_api, (turn, _) =>
        {
            turn.Send(new Message { Text = RichText.Plain("Choose " + turn.Activity.Token), Buttons = [[new Button("Music", "t:music")]] });
            return Task.CompletedTask;
        });
        _ona.Says("begin");
        await _ona.Sees("Choose");
        _api.Faults.Add(Fault.Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid") with { Method = "answerCallbackQuery" });

        _ona.Presses("Music");

        await _ona.Sees("Choose t:music");
    }

    [Fact]
    public async Task Blocking_and_unblocking_the_bot_are_activities()
    {
        await using var host = await StartAsync();
        _ona.Says("Labas");
        await _ona.Sees("Labas");

        _ona.Blocks();
        await TelegramHost.UntilAsync(() => _activities.Count == 2);
        _ona.Unblocks();
        await TelegramHost.UntilAsync(() => _activities.Count == 3);

        _activities.Select(activity => activity.Kind).ShouldBe([ActivityKind.Message, ActivityKind.Left, ActivityKind.Joined]);
    }

    [Fact]
    public async Task What_waits_at_a_webhook_of_an_earlier_server_is_received_by_polling()
    {
        var earlier = new TelegramBotClient(new TelegramBotClientOptions(_api.Token, _api.BaseUrl.ToString()));
        await earlier.SetWebhook("http://127.0.0.1:9/nobody");
        _ona.Says("Labas");

        await using var host = await StartAsync();

        await _ona.Sees("Message: Labas");
    }

    [Fact]
    public async Task Failures_of_polling_are_survived_and_never_become_a_hot_loop()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        foreach (var fault in new[] { Fault.BadGateway(), Fault.Refusal(409, "Conflict: terminated by other getUpdates request"), Fault.ResetBeforeEffect(), Fault.Refusal(401, "Unauthorized"), Fault.TooManyRequests(30) })
            _api.Faults.Add(fault with { Method = "getUpdates" });
        await using var host = await TelegramHost.StartAsync(_api, time: clock);

        for (var failures = 1; failures <= 5; failures++)
        {
            await TelegramHost.UntilAsync(() => _api.Faults.Used == failures);
            await Task.Delay(100);
            Polls().ShouldBe(failures);
            clock.Advance(TimeSpan.FromMinutes(5));
        }
        _ona.Says("Labas");

        await TelegramHost.UntilAsync(() => _api.Truth.MessagesIn(1001).Count == 1);
        host.Log.All.ShouldContain("Stop the other server");
    }

    private int Polls() => _api.Truth.Requests.Count(request => request.Method == "getUpdates");

    private Task<TelegramHost> StartAsync(string? file = null) => TelegramHost.StartAsync(
        _api,
        (turn, ct) =>
        {
            _activities.Enqueue(turn.Activity);
            return TelegramHost.Echo(turn, ct);
        },
        file);
}
