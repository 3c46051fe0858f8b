using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>Adapter and delivery together, and the bot's menu: what people meet.</summary>
public sealed class TelegramDeliveryTests : IAsyncLifetime
{
    private readonly List<long> _coordinators = [];
    private readonly BotProfile _profile;

    private BotApiEmulator _api = null!;
    private EmulatedUser _ona = null!;

    public TelegramDeliveryTests() => _profile = new(
        new Dictionary<string, ProfileTexts>
        {
            ["en"] = new("Network", "Describes", "Short", [new("help", "Help")], [new("broadcast", "Send to all")]),
            ["lt"] = new("Tinklas", "Aprašo", "Trumpai", [new("help", "Pagalba")], [new("broadcast", "Siųsti visiems")]),
        },
        _ => Task.FromResult<IReadOnlyList<long>>([.. _coordinators]));

    public async ValueTask InitializeAsync()
    {
        _api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        _ona = _api.User(1001, "Ona", "lt");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_message_that_must_wait_is_sent_once_after_the_wait()
    {
        _api.Faults.Add(Fault.TooManyRequests(1) with { Method = "sendMessage" });
        await using var host = await TelegramHost.StartAsync(_api);

        _ona.Says("Labas");
        await _ona.Sees("Message: Labas");

        _api.Truth.RequestsInsideRetryAfter.ShouldBe(0);
        _api.Truth.Copies(1001, "Message: Labas").ShouldBe(1);
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_sent_at_most_once_more()
    {
        for (var i = 0; i < 5; i++) _api.Faults.Add(Fault.AnswerLost() with { Method = "sendMessage" });
        await using var host = await TelegramHost.StartAsync(_api);

        _ona.Says("Labas");
        await TelegramHost.UntilAsync(async () => await OutboxAsync(host, OutboxState.InDoubt) == 1);

        _api.Truth.Copies(1001, "Message: Labas").ShouldBe(2);
    }

    [Fact]
    public async Task Who_blocked_the_bot_while_it_answers_is_marked_unreachable()
    {
        _api.Faults.Add(Fault.Refusal(403, "Forbidden: bot was blocked by the user") with { Method = "sendMessage" });
        await using var host = await TelegramHost.StartAsync(_api);

        _ona.Says("Labas");
        await TelegramHost.UntilAsync(async () => await OutboxAsync(host, OutboxState.Unreachable) == 1);

        await using var db = host.Database.Read();
        (await db.Conversations.SingleAsync()).Reachable.ShouldBeFalse();
    }

    [Fact]
    public async Task In_a_group_only_words_to_the_bot_are_heard_and_its_name_is_left_out()
    {
        var heard = new List<Activity>();
        await using var host = await TelegramHost.StartAsync(_api, (turn, ct) =>
        {
            heard.Add(turn.Activity);
            return TelegramHost.Echo(turn, ct);
        });
        var group = _api.Group(-500, "Sejny", _ona);
        _ona.Says("/help", group);
        _ona.Says("Hello @emulated_bot", group);
        _ona.Says("/help@emulated_bot now", group);

        await group.Sees("Message: /help now");

        heard.ShouldAllBe(activity => !activity.IsPrivate && activity.Address == "-500");
        heard.ShouldNotContain(activity => activity.Text == "/help");
    }

    [Fact]
    public async Task The_menu_speaks_the_persons_language_and_coordinators_see_more()
    {
        var jan = _api.User(1003, "Jan", "de", started: true);
        var coordinator = _api.User(1002, "Rasa", "lt", started: true);
        _coordinators.Add(1002);
        await using var host = await TelegramHost.StartAsync(_api, profile: _profile);

        await TelegramHost.UntilAsync(() => coordinator.Commands.Contains("/broadcast Siųsti visiems"));

        _ona.Commands.ShouldBe(["/help Pagalba"]);
        jan.Commands.ShouldBe(["/help Help"]);
        coordinator.Commands.ShouldBe(["/help Pagalba", "/broadcast Siųsti visiems"]);
        _ona.Says("Labas");
        await _ona.Sees("Message: Labas");

        _coordinators[0] = 1003;
        await TelegramHost.UntilAsync(() => coordinator.Commands.Count == 1 && jan.Commands.Count == 2);
        coordinator.Commands.ShouldBe(["/help Pagalba"]);
        jan.Commands.ShouldBe(["/help Help", "/broadcast Send to all"]);
    }

    [Fact]
    public async Task A_link_to_pass_on_opens_the_bot_with_its_payload()
    {
        await using var host = await TelegramHost.StartAsync(_api);
        await TelegramHost.UntilAsync(() => host.Adapter.LinkTo("event-17") is not null);

        host.Adapter.LinkTo("event-17").ShouldBe(new Uri("https://t.me/emulated_bot?start=event-17"));
    }

    [Fact]
    public async Task A_second_start_changes_nothing_in_the_menu()
    {
        _api.User(1002, "Rasa", "lt", started: true);
        _api.User(4040, "Ewa", "pl", started: true);
        _coordinators.AddRange([1002, 4040]);
        for (var start = 1; start <= 2; start++)
        {
            await using var host = await TelegramHost.StartAsync(_api, profile: _profile);
            await TelegramHost.UntilAsync(() => _api.Truth.Requests.Count(request => request.Method == "getMyCommands") == 6 * start);
            _ona.Says("Labas");
            await _ona.SeesNew("Message: Labas");
        }

        _api.Truth.Requests.Count(request => request.Method.StartsWith("setMy", StringComparison.Ordinal)).ShouldBe(12);
    }

    private static async Task<int> OutboxAsync(TelegramHost host, OutboxState state)
    {
        await using var db = host.Database.Read();
        return await db.Outbox.CountAsync(entry => entry.State == state);
    }
}
