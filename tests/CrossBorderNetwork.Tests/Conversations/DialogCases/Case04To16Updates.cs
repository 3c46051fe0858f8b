using System.Globalization;
using System.Text.Json;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>What the wire and the process do to a conversation: copies, crashes, limits, blocks.</summary>
public class Case04To16Updates
{
    [Fact]
    public async Task Case_04_an_update_that_comes_twice_is_handled_once_even_after_a_restart()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        var update = new Update("update-1", JsonSerializer.Serialize(ona.Activity(ActivityKind.Message) with { Text = "/start" }));

        await network.AcceptAsync([update, update]);
        await network.AcceptAsync([update]);
        await network.SettleAsync();
        await network.RestartAsync();
        await network.AcceptAsync([update]);
        await network.SettleAsync();

        ona.Phone.Messages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Case_05_updates_are_handled_in_the_order_in_which_they_came_whatever_their_numbers()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        var start = ona.Activity(ActivityKind.Message) with { Text = "/start" };

        await network.AcceptAsync([new Update("9", JsonSerializer.Serialize(start)), new Update("8", JsonSerializer.Serialize(start with { Text = "Ona" }))]);
        await network.SettleAsync();

        ona.Sees("Ona, which side");
    }

    [Fact]
    public async Task Case_10_what_was_decided_before_a_crash_is_said_after_it()
    {
        await using var network = await TestDialogs.StartAsync();
        var people = Enumerable.Range(1, 12).Select(i => network.Person("Person " + i.ToString(CultureInfo.InvariantCulture))).ToList();
        var wire = new TaskCompletionSource();
        network.Channel.Before = _ => wire.Task;
        await network.AcceptAsync([.. people.Select(person => person.Activity(ActivityKind.Message) with { Text = "/start" })]);
        await UntilAsync(network, db => db.Outbox.CountAsync(o => o.State == OutboxState.Sending), people.Count);

        await network.KillAsync();
        network.Channel.Before = null;
        wire.SetResult();
        await network.RestartAsync();
        await network.SettleAsync();

        foreach (var person in people) person.Phone.Messages.ShouldHaveSingleItem().Text.ShouldContain("What is your name?");
        // More replies than the window has places were read back; notices go on all the same.
        await PostAsync(network, people[0]);
        people[0].Sees("Come along to Suwałki!");
    }

    [Fact]
    public async Task Case_11_a_message_of_which_it_is_not_known_whether_it_arrived_is_sent_at_most_once_more()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        network.Channel.FailNext(new SendResult.InDoubt("no answer"), shown: true);
        await ona.Types("/start");
        ona.Phone.Messages.Count.ShouldBe(1);

        await network.KillAsync();
        await network.RestartAsync();
        await network.SettleAsync();

        ona.Phone.Messages.Count.ShouldBe(1);
        await using var db = network.Read();
        (await db.Outbox.SingleAsync(TestContext.Current.CancellationToken)).State.ShouldBe(OutboxState.InDoubt);
    }

    [Fact]
    public async Task Case_11_without_a_crash_too_a_message_in_doubt_is_seen_twice_at_most()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        for (var i = 0; i < 3; i++) network.Channel.FailNext(new SendResult.InDoubt("no answer"), shown: true);
        await ona.Types("/start");

        for (var i = 0; i < 5; i++) await network.AdvanceAsync(TimeSpan.FromMinutes(1));

        ona.Phone.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Case_12_after_a_crash_in_the_middle_of_a_batch_each_update_is_handled_once()
    {
        await using var network = await TestDialogs.StartAsync();
        var people = Enumerable.Range(1, 20).Select(i => network.Person("Person " + i.ToString(CultureInfo.InvariantCulture))).ToList();
        await network.AcceptAsync([.. people.Select(person => person.Activity(ActivityKind.Message) with { Text = "/start" })]);

        await network.KillAsync();
        await network.RestartAsync();
        await network.SettleAsync();

        foreach (var person in people)
        {
            person.Phone.Messages.Count.ShouldBeInRange(1, 2);
            await person.Types(person.Name);
            person.Sees(person.Name + ", which side");
        }
    }

    [Fact]
    public async Task Case_13_when_a_change_in_place_is_refused_the_question_comes_again_in_a_new_message()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/start");
        await ona.Types("Ona");
        network.Channel.FailNext(new SendResult.Refused("message to edit not found"));
        await ona.Presses("Poland");
        ona.DoesNotSee("Which topics?");

        await ona.Types("hello?");

        ona.Sees("Which topics?");
    }

    [Fact]
    public async Task Case_15_a_limit_in_the_middle_of_an_answer_keeps_its_order_and_stalls_nobody_else()
    {
        await using var network = await TestDialogs.StartAsync(new TestNetworkOptions { TextLimit = 10 });
        var ona = network.Person("Ona");
        var jan = network.Person("Jan");
        network.Channel.FailNext(new SendResult.TryLater(TimeSpan.FromSeconds(30), "flood"), ona.Address);

        await ona.Types("/start");
        await jan.Types("/start");

        ona.Phone.Messages.ShouldBeEmpty();
        jan.Phone.Messages.Count.ShouldBeGreaterThan(1);
        await network.AdvanceAsync(TimeSpan.FromSeconds(31));
        string.Concat(ona.Phone.Messages.Select(message => message.Text)).ShouldBe(string.Concat(jan.Phone.Messages.Select(message => message.Text)));
        ona.Phone.Messages[0].Text.ShouldBe("Hello!");
    }

    [Fact]
    public async Task Case_16_somebody_who_blocks_the_bot_gets_no_reminders_and_goes_on_after_coming_back()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/start");
        await ona.Types("Ona");
        await ona.Sends(ActivityKind.Left);

        await PostAsync(network, ona);
        ona.Phone.News.ShouldBeEmpty();
        await ona.Sends(ActivityKind.Joined);

        ona.Sees("Ona, which side");
        ona.DoesNotSee("Come along");
        await ona.Presses("Poland");
        ona.Sees("Which topics?");
    }

    [Fact]
    public async Task Case_16_who_turns_out_to_be_unreachable_is_marked_so_and_not_tried_again()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/start");
        network.Channel.FailNext(new SendResult.Unreachable("blocked"));
        await PostAsync(network, ona);
        var sent = network.Channel.Sent.Count;

        await PostAsync(network, ona);

        network.Channel.Sent.Count.ShouldBe(sent);
        await ona.Types("Ona");
        await PostAsync(network, ona);
        ona.Sees("Come along");
    }

    internal static async Task PostAsync(TestNetwork network, ScriptedMember person)
    {
        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None))
        {
            var conversation = await work.Db.Conversations.SingleAsync(c => c.Address == person.Address);
            network.Services.GetRequiredService<Outbox>().Post(work, conversation.Id, network.Content.Compose("trip", "invite", "en", new() { ["where"] = "Suwałki" }, "7"),
                new Posting { Lane = Lane.Notice, Window = TimeSpan.FromHours(24) });
            await work.CommitAsync(CancellationToken.None);
        }
        await network.SettleAsync();
    }

    private static async Task UntilAsync(TestNetwork network, Func<NetworkDb, Task<int>> count, int wanted)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            await using var db = network.Read();
            if (await count(db) == wanted) return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
        throw new TimeoutException();
    }
}
