using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>What people send: the wrong kind, too much, hostile, in another language, from the past.</summary>
public sealed class Case20To35Input
{
    public static TheoryData<string> Steps() => [.. TestDialogs.TripAnswers.Select(answer => answer.Step)];

    [Fact]
    public async Task Case_20_what_cannot_be_read_gets_the_question_again_and_help_after_three_times()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "seats");

        await ona.Sends(ActivityKind.Unreadable);
        ona.Sees("I can only read text");
        ona.Sees("How many seats?");
        ona.DoesNotSee("/help explains");
        await ona.Types("many");
        ona.Sees("Please write a whole number");
        await ona.Types("0");

        ona.Sees("/help explains");
        await ona.Types("3");
        ona.Sees("Which day?");
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Case_20_no_text_whatever_breaks_any_question(string step)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        string[] texts =
        [
            "", " ", "\n", ":", ",", ";,;", ": :", "-", "😀", "👨‍👩‍👧‍👦", "שלום עולם", "\u202Eedisrever", "Z̸̢͚̈́a̷̰̔l̶̙̈g̴̱̈́o̸͈͌", "{name}", "**", "<b>x</b>", "_", "[x](y)", "\\",
            "99999999999999999999999", "-1", "1e9", "0x1F", "²", "٣", "31.2.2027", "24:00", "5 December 25:61", "\0", "\t\t",
            new string('a', 10_000), new string(' ', 10_000), new string('\n', 10_000), string.Concat(Enumerable.Repeat("a, ", 3_000)), string.Concat(Enumerable.Repeat("1 ", 5_000)),
        ];
        foreach (var text in texts)
        {
            await ona.Types("/cancel");
            await TestDialogs.GoToAsync(ona, step);
            await ona.Types(text);

            ona.DoesNotSee("went wrong");
            ona.Phone.News.ShouldNotBeEmpty();
        }
        network.Log.Lines.ShouldNotContain(line => line.StartsWith("Error"));
    }

    [Fact]
    public async Task Case_20_a_text_that_is_too_long_is_told_its_length()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "note");

        await ona.Types(new string('ž', 201));

        ona.Sees("That is too long: 201 characters, and at most 200 fit.");
    }

    [Fact]
    public async Task Case_21_a_changed_message_is_not_taken_for_an_answer_and_the_person_is_told_how()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "seats");

        await ona.Does(ona.Activity(ActivityKind.Edited) with { Text = "12" });

        ona.Sees("I do not see changes");
        ona.Sees("How many seats?");
    }

    [Fact]
    public async Task Case_22_an_answer_at_the_very_end_of_the_time_counts_and_one_after_it_does_not()
    {
        await using var network = await TestDialogs.StartAsync();
        var (ona, jan) = (network.Person("Ona"), network.Person("Jan"));
        await TestDialogs.GoToAsync(ona, "seats");
        await TestDialogs.GoToAsync(jan, "seats");
        network.Clock.Advance(TimeSpan.FromDays(7));
        await ona.Types("12");
        ona.Sees("Which day?");
        network.Clock.Advance(TimeSpan.FromSeconds(1));
        await network.RestartAsync();

        await jan.Types("12");

        jan.Sees("You were away for a while");
        jan.DoesNotSee("Which day?");
    }

    [Fact]
    public async Task Case_22_an_interruption_that_expires_does_not_take_the_dialog_under_it_along()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "seats");
        await ona.Types("/remark");
        network.Clock.Advance(TimeSpan.FromHours(2));

        await ona.Types("12");

        ona.Sees("You were away for a while");
        ona.Sees("How many seats?");
        await ona.Types("12");
        ona.Sees("Which day?");
    }

    [Fact]
    public async Task Case_22_an_hour_that_the_change_of_the_clock_leaves_out_does_not_exist()
    {
        await using var network = await TestDialogs.StartAsync(new TestNetworkOptions { Now = new(2027, 3, 1, 6, 0, 0, TimeSpan.Zero) });
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "day");
        await ona.Types("5 April");

        await ona.Types("28 March 3:30");
        ona.Sees("Please write a date and a time");
        await ona.Types("28 March 4:30");

        ona.Sees("Which groups?");
    }

    [Fact]
    public async Task Case_23_a_language_chosen_in_the_middle_changes_the_question_and_not_the_answers()
    {
        var deeds = new TestDeeds();
        var saved = new Dictionary<string, string>();
        deeds.Save.Does = context =>
        {
            foreach (var name in new[] { "place", "seats", "day", "start", "topics", "speaks", "sure" }) saved[name] = context.Answers.Text(name);
            return "saved";
        };
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await ona.Types("/trip");
        await ona.Types("Birstonas");
        ona.Sees("How many seats?");

        await ona.Types("/tongue");
        await ona.Presses("Lietuvių");
        ona.Sees("Kiek vietų?");
        foreach (var answer in new[] { "12", "lapkričio 23", "gruodžio 5, 17:30", "[Įtraukt", "[Baigta", "lenkų 2", "baigta", "praleisti", "taip" })
            await (answer is ['[', .. var label] ? ona.Presses(label) : ona.Types(answer));

        ona.Sees("Išsaugota.");
        saved["seats"].ShouldBe("12");
        saved["day"].ShouldBe("2026-11-23");
        saved["start"].ShouldBe("2026-12-05T15:30:00.0000000Z");
        saved["topics"].ReplaceLineEndings("").Replace(" ", "").ShouldBe("""["diversity"]""");
        saved["speaks"].ReplaceLineEndings("").Replace(" ", "").ShouldBe("""{"pl":"converses"}""");
        saved["sure"].ShouldBe("yes");
    }

    [Fact]
    public async Task Case_24_a_link_followed_in_the_middle_of_a_dialog_parks_what_can_wait()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "day");

        await ona.Types("/start show-" + new string('x', 40));
        ona.Sees("You came for " + new string('x', 40) + ". Why?");
        await ona.Types("/start show-17");
        ona.Sees("You came for 17. Why?");
        await ona.Types("because");
        await ona.Types("/trip");

        ona.Sees("Which day?");
    }

    [Theory]
    [InlineData("/start show-")]
    [InlineData("/start show")]
    [InlineData("/start none-17")]
    [InlineData("/start -")]
    [InlineData("/start aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/start show-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/start@network_bot")]
    [InlineData("/START")]
    [InlineData("/")]
    public async Task Case_24_no_payload_whatever_breaks_the_start(string text)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");

        await ona.Types(text);

        ona.DoesNotSee("went wrong");
        ona.Phone.News.ShouldNotBeEmpty();
    }

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

    [Fact(Skip = "Lives at Telegram's wire")]
    public void Case_27_a_press_is_acknowledged_outside_the_lane_by_the_Telegram_receiver()
    {
    }

    [Fact(Skip = "Needs two processes on one database")]
    public void Case_28_two_servers_needs_PostgreSQL_and_comes_with_it()
    {
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

    [Fact(Skip = "Lives at Telegram's wire")]
    public void Case_31_an_album_is_answered_once_by_the_Telegram_receiver()
    {
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

        var said = network.Channel.Sent.Last().Message.Text;
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
