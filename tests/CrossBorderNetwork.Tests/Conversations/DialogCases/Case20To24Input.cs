using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Events;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>What people send: the wrong kind, too much, too late, in another language.</summary>
public sealed class Case20To24Input
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
    public async Task Case_23_a_card_that_is_open_while_the_language_changes_is_written_anew()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė");
        await ona.OpensEvent(await network.AddEventAsync(title: "Ruduo pelkėje"));
        ona.Sees("Dalyvausiu");

        await ona.Types("/language");
        await ona.Presses("Polski");

        ona.Sees("Ruduo pelkėje");
        ona.Sees("Tekst w języku litewskim");
        ona.DoesNotSee("Dalyvausiu");
        await ona.Presses(network.Content.Text("events", "deeds.go", "pl", []).ToString());
        (await network.SignUpsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Case_23_a_language_chosen_in_the_middle_is_not_undone_by_an_earlier_choice()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/start");
        await ona.Presses("Lietuvių");

        await ona.Types("/language");
        await ona.Presses("English");

        ona.Sees("Do you agree");
    }
}
