using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>Where people speak and what they leave behind: groups, moves, lists that change, hostile texts, spoilt states, erasure.</summary>
public sealed class Case25To35Places
{
    [Fact]
    public async Task Case_25_a_group_holds_no_dialog_and_an_answer_goes_to_the_thread_it_came_from()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "seats");
        var inGroup = ona.Activity(ActivityKind.Message) with { Address = "group", IsPrivate = false, Thread = "5" };

        await ona.Does(inGroup with { Text = "/trip" });
        await ona.Does(inGroup with { Text = "12" });

        network.Channel.Phone("group").Messages.ShouldHaveSingleItem().Text.ShouldContain("private chat");
        network.Channel.Sent.Last().Thread.ShouldBe("5");
        await ona.Types("12");
        ona.Sees("Which day?");
    }

    [Fact]
    public async Task Case_26_a_chat_that_moves_takes_its_dialog_along()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona", id: "old");
        await TestDialogs.GoToAsync(ona, "seats");
        // Both the buttons that are taken away and the new question still go to the old address.
        for (var i = 0; i < 2; i++) network.Channel.FailNext(new SendResult.Moved("new"), "old");
        await ona.Types("12");

        network.Channel.Phone("new").Messages[^1].Text.ShouldBe("Which day?");
        await ona.Does(ona.Activity(ActivityKind.Message) with { Address = "new", Text = "2026-12-05" });

        network.Channel.Phone("new").Messages[^1].Text.ShouldBe("When does it start?");
    }

    [Fact]
    public async Task Case_29_what_cannot_be_understood_is_parked_and_the_queue_moves_on()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await network.AcceptAsync([new Update("a", "{"), new Update("b", "null"), new Update("c", """{"Kind":"Surprise"}""")]);

        await ona.Does(ona.Activity((ActivityKind)77));
        ona.Sees("I can only read text");
        await ona.Types("Ona");

        ona.Sees("Ona, which side");
        await using var db = network.Read();
        db.Set<InboxEntry>().Count(entry => entry.State == InboxState.Parked).ShouldBe(2);
    }

    [Fact]
    public async Task Case_30_a_choice_that_is_gone_between_question_and_press_is_said_to_be_gone()
    {
        var deeds = new TestDeeds();
        var taken = new HashSet<string>();
        deeds.Offer.Does = context =>
        {
            context.Answers.Offer("offers", Enumerable.Range(1, 40).Select(i => new Option($"seat-{i}", $"Seat {i}")).Where(option => !taken.Contains(option.Key)));
            return "offered";
        };
        deeds.Take.Does = context => taken.Add(context.Answers.Text("pick")) ? "taken" : "gone";
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var (ona, jan) = (network.Person("Ona"), network.Person("Jan"));
        await ona.Types("/pick");
        await jan.Types("/pick");
        await ona.Presses("More");
        await jan.Presses("More");
        await ona.Presses("Seat 15");
        ona.Sees("seat-15 is yours.");

        await jan.Presses("Seat 15");

        jan.Sees("Somebody was faster.");
        await jan.Presses("More");
        jan.DoesNotSee("Seat 15");
        await jan.Presses("Seat 16");
        jan.Sees("seat-16 is yours.");
    }

    [Fact]
    public async Task Case_32_what_a_person_writes_is_never_markup()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        const string Hostile = "<b>&amp;{x} *_[a](http://b.c)**";
        await ona.Types("/start");
        await ona.Types(Hostile);

        ona.Sees(Hostile + ", which side");
        await ona.Types("lithuania");
        await ona.Types("autism");
        await ona.Types("done");

        var said = network.Channel.Sent.Last(sent => !sent.Message.OnlyRemovesButtons).Message.Text;
        said.Runs.Where(run => run.Style != RunStyle.Plain).ShouldHaveSingleItem().Text.ShouldBe("you");
        said.Runs.ShouldAllBe(run => run.Link == null);
        said.ToString().ShouldContain(Hostile);
    }

    [Fact]
    public async Task Case_32_a_label_longer_than_a_button_is_cut()
    {
        var deeds = new TestDeeds();
        deeds.Offer.Does = context =>
        {
            context.Answers.Offer("offers", [new Option("long", string.Concat(Enumerable.Repeat("👨‍👩‍👧", 40))), new Option("long", "the same key again")]);
            return "offered";
        };
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");

        await ona.Types("/pick");

        ona.Buttons.ShouldHaveSingleItem().Length.ShouldBeLessThanOrEqualTo(61);
        ona.Buttons[0].ShouldEndWith("👨‍👩‍👧…");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"Frames\":null}")]
    [InlineData("{\"Frames\":[null]}")]
    [InlineData("{\"Frames\":[{}]}")]
    [InlineData("{\"Frames\":[{\"Id\":1,\"Dialog\":\"trip\",\"Version\":\"x\",\"Step\":null}]}")]
    [InlineData("{\"Frames\":[{\"Id\":1,\"Dialog\":\"trip\",\"Version\":\"x\",\"Answers\":[]}]}")]
    [InlineData("{\"Frames\":[{\"Id\":1,\"Dialog\":\"trip\",\"Version\":\"x\",\"History\":[null]}]}")]
    [InlineData("{\"LastFrameId\":\"x\"}")]
    public async Task Case_33_a_state_that_cannot_be_read_is_reset_and_reported(string state)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/trip");
        await StateOf.SetAsync(network, ona, state);

        await ona.Types("hello");

        ona.DoesNotSee("went wrong");
        ona.Sees("?");
        network.Log.Lines.ShouldContain(line => line.StartsWith("Error") && line.Contains("was reset"));
    }

    [Fact]
    public async Task Case_34_who_is_forgotten_in_the_middle_of_a_dialog_leaves_nothing_and_old_buttons_do_nothing()
    {
        var deeds = new TestDeeds();
        deeds.Erase.Does = context =>
        {
            context.Turn.Conversation.Forgotten = true;
            context.Turn.Outbox.CancelFor(context.Turn.Work, context.Turn.Conversation.Id);
            return "erased";
        };
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "topics");
        var old = ona.Press("Inclusion");
        await ona.Types("/leave");
        await ona.Presses("Yes");
        ona.Sees("You are forgotten.");
        (await StateOf.CountAsync(network)).ShouldBe((0, 0));
        network.Clock.Advance(TimeSpan.FromMinutes(1));

        await ona.Does(old);

        ona.Sees("no longer work");
        ona.Sees("What is your name?");
    }

    [Fact]
    public async Task Case_35_on_a_channel_that_cannot_edit_words_lead_to_the_same_result()
    {
        var results = new List<string>();
        foreach (var canEdit in new[] { true, false })
        {
            var deeds = new TestDeeds();
            deeds.Save.Does = context =>
            {
                results.Add(string.Join('|', TestDialogs.TripAnswers.Select(answer => context.Answers.Text(answer.Step))));
                return "saved";
            };
            await using var network = await TestDialogs.StartAsync(new TestNetworkOptions { CanEdit = canEdit }, deeds);
            var ona = network.Person("Ona");
            await TestDialogs.GoToAsync(ona, canEdit ? "end" : "topics");
            if (!canEdit)
            {
                foreach (var word in new[] { "inclusion and support", "done", "english 1", "Done", "With bread", "yes" }) await ona.Types(word);
            }
            ona.Sees("Saved.");
            network.Channel.Sent.ShouldAllBe(envelope => canEdit || !envelope.Message.OnlyRemovesButtons);
        }
        results[0].ShouldBe(results[1]);
    }

    [Fact]
    public async Task Case_35_on_a_channel_that_cannot_edit_the_old_buttons_of_an_open_question_still_work()
    {
        await using var network = await TestDialogs.StartAsync(new TestNetworkOptions { CanEdit = false });
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "sure");
        var yes = ona.Press("Yes");
        await ona.Types("/remark");
        await ona.Types("/start");

        await ona.Does(yes);

        ona.Sees("Saved.");
    }
}
