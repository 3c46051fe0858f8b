using System.Net;
using System.Net.Sockets;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>What becomes of a message that Telegram does not simply take. In each case the counts add up to the audience.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task Each_recipient_ends_in_one_state_and_the_states_add_up()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null }, ("Delivery:MessagesPerSecond", "1000"));
        await scene.PeopleAsync(10);
        scene.Api.Faults.Add(Fault.Refusal(403, "Forbidden: bot was blocked by the user") with { ChatId = 1001 });
        scene.Api.Faults.Add(Fault.Refusal(400, "Bad Request: chat not found") with { ChatId = 1002 });
        scene.Api.Faults.Add(Fault.Refusal(400, "Bad Request: message is too long") with { ChatId = 1003 });
        scene.Api.Faults.Add(Fault.AnswerLost() with { ChatId = 1004, Times = 2 });
        scene.Api.Faults.Add(Fault.ResetBeforeEffect() with { ChatId = 1005 });
        scene.Api.Faults.Add(Fault.BadGateway() with { ChatId = 1006 });
        scene.Api.Faults.Add(Fault.TooManyRequests(1) with { ChatId = 1007 });

        await scene.ToAllAsync("Labas");
        var counts = await scene.EndedAsync();

        counts.ShouldBe(new OutboxCounts(Delivered: 6, Failed: 1, Unreachable: 2, Expired: 0, Cancelled: 0, InDoubt: 1, Waiting: 0, Sending: 0));
        counts.Total.ShouldBe(10);
        scene.Api.Truth.Copies(1004, "Labas").ShouldBe(2);
        foreach (var chat in new[] { 1005, 1006, 1007, 1008, 1009, 1010 }) scene.Api.Truth.Copies(chat, "Labas").ShouldBe(1);
        (await scene.ReadAsync(db => db.Conversations.Where(c => !c.Reachable).Select(c => c.Address).Order().ToListAsync())).ShouldBe(["1001", "1002"]);
    }

    [Fact]
    public async Task What_cannot_be_recorded_at_once_is_recorded_later_though_nothing_follows_it()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null }, ("Delivery:Window", "1"));
        await scene.PeopleAsync(2);
        var away = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.Api.Truth.Arrived = request =>
        {
            if (request.Method == "sendMessage" && !away.Task.IsCompleted) Run(scene, "ALTER TABLE outbox RENAME TO outbox_away", away);
        };
        await scene.ToAllAsync("Labas");
        await away.Task;
        await DeliveryScene.UntilAsync(() => Task.FromResult(scene.Host.Log.All.Contains("failed: SqliteException", StringComparison.Ordinal)));

        Run(scene, "ALTER TABLE outbox_away RENAME TO outbox", away);
        var counts = await scene.EndedAsync();

        counts.Delivered.ShouldBe(2);
        scene.Api.Truth.Duplicates.ShouldBe(0);
    }

    [Fact]
    public async Task Whoever_is_unreachable_is_not_tried_until_they_return()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.PeopleAsync(1);
        scene.Api.Faults.Add(Fault.Refusal(403, "Forbidden: bot was blocked by the user") with { Method = "sendMessage" });
        await scene.ToAllAsync("First", "first");
        (await scene.EndedAsync("first")).Unreachable.ShouldBe(1);

        await scene.ToAllAsync("Second", "second");
        (await scene.EndedAsync("second")).Unreachable.ShouldBe(1);
        scene.Api.Truth.Requests.Count(request => request.Method == "sendMessage").ShouldBe(1);

        scene.People[0].Says("Esu");
        await scene.People[0].Sees("Message: Esu");
        await scene.ToAllAsync("Third", "third");
        (await scene.EndedAsync("third")).Delivered.ShouldBe(1);
    }

    [Fact]
    public async Task Markup_that_is_refused_costs_the_looks_once_and_is_reported()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.PeopleAsync(1);
        scene.Api.Faults.Add(Fault.Refusal(400, "Bad Request: can't parse entities: unsupported tag") with { Method = "sendMessage" });

        await scene.ToAllAsync("Labas");

        (await scene.EndedAsync()).Delivered.ShouldBe(1);
        scene.Api.Truth.Copies(1001, "Labas").ShouldBe(1);
        scene.Host.Log.All.ShouldContain("did not accept the formatting");
        scene.Host.Log.All.ShouldNotContain("Labas");
    }

    [Fact]
    public async Task A_chat_that_migrated_is_written_to_at_its_new_address()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.GroupAsync(-500);
        scene.Api.Group(-100500, "Sejny", scene.Api.User(900, "Ewa", "pl"));
        scene.Api.Faults.Add(Fault.Migrated(-100500) with { ChatId = -500, Times = 5 });

        await scene.ToAllAsync("Labas");

        (await scene.EndedAsync()).Delivered.ShouldBe(1);
        scene.Api.Truth.Copies(-100500, "Labas").ShouldBe(1);
        (await scene.ReadAsync(db => db.Conversations.Select(c => c.Address).SingleAsync())).ShouldBe("-100500");
    }

    [Fact]
    public async Task A_chat_that_migrated_to_one_that_is_known_hands_over_what_waits()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.GroupAsync(-500);
        await scene.GroupAsync(-100500);
        scene.Api.Faults.Add(Fault.Migrated(-100500) with { ChatId = -500, Times = 5 });

        await scene.ToAsync(1, "Labas");

        (await scene.EndedAsync("notice")).Delivered.ShouldBe(1);
        scene.Api.Truth.Copies(-100500, "Labas").ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_is_revoked_stops_the_channel_raises_the_alarm_and_loses_nothing()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null }, ("Delivery:Window", "4"), ("Delivery:MessagesPerSecond", "1000"));
        await scene.PeopleAsync(30);
        scene.Api.Faults.Add(Fault.Refusal(401, "Unauthorized") with { Method = "sendMessage", Times = 4 });

        await scene.ToAllAsync("Labas");
        await DeliveryScene.UntilAsync(async () => await scene.CountsAsync() is { Sending: 0, Waiting: 30 } && (await scene.PaceAsync()).ShutOut is not null);

        // Only what was on the wire has asked; afterwards the channel is left alone.
        scene.Api.Truth.Requests.Count(request => request.Method == "sendMessage").ShouldBeLessThanOrEqualTo(4);
        (await scene.ReadAsync(db => Backlog.ReadAsync(db, CancellationToken.None))).ShutOut.ShouldBe(["telegram"]);
        scene.Host.Log.All.Split("Nothing more can be sent").Length.ShouldBe(3, "once as a sentence and once as its template");

        scene.Api.Faults.Clear();
        await scene.RestartAsync();
        (await scene.EndedAsync()).Delivered.ShouldBe(30);
        scene.Api.Truth.Duplicates.ShouldBe(0);
        (await scene.ReadAsync(db => Backlog.ReadAsync(db, CancellationToken.None))).ShutOut.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waits_for_the_network_can_still_be_cancelled_and_what_is_not_arrives_once()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.PeopleAsync(5);
        await scene.RestartAsync(scene.Build(ClosedPort()));
        await scene.ToAllAsync("Stays", "stays");
        await scene.ToAllAsync("Goes", "goes");
        await DeliveryScene.UntilAsync(() => Task.FromResult(scene.Host.Log.All.Contains("no connection", StringComparison.Ordinal)));
        await DeliveryScene.UntilAsync(async () =>
        {
            await using var work = await scene.Host.Database.BeginAsync(CancellationToken.None);
            scene.Host.Outbox.CancelFrom(work, "stays");
            await work.CommitAsync(CancellationToken.None);
            return !(await scene.CountsAsync("stays")).IsOpen;
        });

        await scene.RestartAsync();

        (await scene.EndedAsync("goes")).Delivered.ShouldBe(5);
        (await scene.CountsAsync("stays")).Cancelled.ShouldBe(5);
        scene.Api.Truth.Effects.Count(effect => effect.Text == "Stays").ShouldBe(0);
        scene.Api.Truth.Duplicates.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_not_sent_within_its_window_is_reported_as_late()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.PeopleAsync(3);
        await scene.RestartAsync(scene.Build(ClosedPort()));
        await scene.ToAllAsync("Labas", window: TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromSeconds(1.1));

        await scene.RestartAsync();

        (await scene.EndedAsync()).ShouldBe(new OutboxCounts(0, 0, 0, Expired: 3, 0, 0, 0, 0));
        scene.Api.Truth.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_may_have_arrived_is_not_overtaken_by_the_next_to_the_same_person()
    {
        await using var scene = await DeliveryScene.StartAsync(new BotApiOptions { Rates = null });
        await scene.PeopleAsync(1);
        scene.Api.Faults.Add(Fault.ResetBeforeEffect() with { Method = "sendMessage" });

        await scene.ToAsync(1, "First", "Second", "Third");

        (await scene.EndedAsync("notice")).Delivered.ShouldBe(3);
        scene.Api.Truth.MessagesIn(1001).Select(message => message.Text).ShouldBe(["First", "Second", "Third"]);
    }

    private static void Run(DeliveryScene scene, string sql, TaskCompletionSource done)
    {
        using var db = scene.Host.Database.Read();
        db.Database.ExecuteSqlRaw(sql);
        done.TrySetResult();
    }

    private static Uri ClosedPort()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}");
    }
}
