using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>Buttons pressed twice, at once, out of time, or with tokens that nobody handed out.</summary>
public class Case01To07Buttons
{
    [Fact]
    public async Task Case_01_a_double_click_on_one_button_makes_one_transition()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        var press = ona.Press("Lithuania");

        await network.AcceptAsync(press, press);
        await network.SettleAsync();

        ona.Sees("Which topics?");
        ona.HasNeverSeen("already answered");
        Count(ona, "Which topics?").ShouldBe(1);
    }

    [Fact]
    public async Task Case_01_the_same_button_of_a_second_copy_of_a_message_is_not_a_double_click()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        var press = ona.Press("Lithuania");
        await ona.Does(press);

        await ona.Does(press with { PressedMessageId = "copy" });

        ona.Sees("already answered");
        ona.Sees("Which topics?");
    }

    [Fact]
    public async Task Case_01_a_tick_that_is_pressed_twice_stays()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        await ona.Presses("Lithuania");
        var press = ona.Press("Autism");

        await network.AcceptAsync(press, press);
        await network.SettleAsync();

        ona.Sees("✓ Autism");
        ona.Sees("Done (1)");
    }

    [Fact]
    public async Task Case_02_of_two_buttons_pressed_at_once_the_first_counts()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);

        await network.AcceptAsync(ona.Press("Lithuania"), ona.Press("Poland"));
        await network.SettleAsync();

        ona.Sees("already answered");
        await ona.Presses("Autism");
        await ona.Presses("Done");
        ona.Sees("Lithuania");
    }

    [Fact]
    public async Task Case_03_a_text_and_a_press_at_once_are_taken_in_the_order_in_which_they_came()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        var typed = ona.Activity(Messaging.ActivityKind.Message) with { Text = "Poland" };

        await network.AcceptAsync(typed, ona.Press("Lithuania"));
        await network.SettleAsync();

        ona.Sees("already answered");
        await ona.Types("autism");
        await ona.Types("done");
        ona.Sees("Poland");
    }

    [Fact]
    public async Task Case_06_a_button_of_an_earlier_question_gets_a_friendly_notice_and_the_question_again()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        var old = ona.Press("Poland");
        await ona.Types("Lithuania");

        await ona.Does(old);

        ona.Sees("already answered");
        ona.Sees("Which topics?");
        ona.Phone.Messages.Count(message => message.Rows.Count > 0).ShouldBe(1);
        ona.Phone.Messages[^1].Rows.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Case_06_the_same_old_button_is_answered_again_when_something_was_said_between()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        var old = ona.Press("Poland");
        await ona.Presses("Lithuania");
        await ona.Does(old);
        await ona.Types("something else");

        await ona.Does(old);

        ona.Sees("already answered");
    }

    [Theory]
    [InlineData("finished")]
    [InlineData("cancelled")]
    [InlineData("expired")]
    public async Task Case_07_a_button_of_a_dialog_that_is_over_gets_a_friendly_notice_and_loses_its_keyboard(string how)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/leave");
        var old = ona.Press("Yes");
        if (how == "finished") await ona.Types("no");
        if (how == "cancelled") await ona.Types("/cancel");
        if (how == "expired") network.Clock.Advance(TimeSpan.FromDays(7.5));

        await ona.Does(old);

        ona.Sees(how == "expired" ? "You were away" : "That conversation is over");
        if (how == "expired") ona.DoesNotSee("That conversation is over");
        ona.Phone.Messages.Single(message => message.Id == old.PressedMessageId).Rows.ShouldBeEmpty();
        ona.Sees("What is your name?");
    }

    [Fact]
    public async Task Case_07_a_dialog_that_ends_without_a_word_takes_its_buttons_along()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/leave");

        await ona.Presses("No");

        ona.Buttons.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("x")]
    [InlineData("1.1")]
    [InlineData("-1.1.=LT")]
    [InlineData("ffffffff.1.=LT")]
    [InlineData("0.0.=LT")]
    [InlineData(">")]
    [InlineData(">trip")]
    [InlineData(">trip/none/1")]
    [InlineData(">none/join/1")]
    [InlineData("'; DROP TABLE conversation; --")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Case_09_a_forged_token_gets_a_friendly_notice_and_changes_nothing(string token)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);

        await ona.PressesToken(token);

        ona.DoesNotSee("went wrong");
        ona.Sees("which side are you on?");
        network.Log.Lines.ShouldNotContain(line => line.StartsWith("Error"));
    }

    [Theory]
    [InlineData("place")]
    [InlineData("seats")]
    [InlineData("day")]
    [InlineData("start")]
    [InlineData("topics")]
    [InlineData("speaks")]
    [InlineData("note")]
    [InlineData("sure")]
    public async Task Case_09_a_forged_choice_at_any_kind_of_question_is_no_answer(string step)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, step);
        var question = ona.Phone.Messages[^1].Text.Split('\n')[^1];
        var valid = step == "place" ? null : ona.Phone.Messages[^1].Buttons.First().Token!;
        var prefix = valid is null ? "1.1." : string.Join('.', valid.Split('.')[..2]) + ".";
        foreach (var choice in new[] { "", "=", "+", "-", "~", "~p-7", "~p99999999999", "~keep", "~add", "=:", "=x:y", "+x", "-x", "=nobody", "~done" })
        {
            if (choice == "~done" && step is "topics" or "speaks") continue;
            await ona.PressesToken(prefix + choice);

            ona.DoesNotSee("went wrong");
            ona.Sees(question);
        }
        network.Log.Lines.ShouldNotContain(line => line.StartsWith("Error"));
    }

    [Fact]
    public async Task Case_09_somebody_elses_button_is_none_of_mine()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);
        var jan = network.Person("Jan");
        await jan.Types("/trip");

        await jan.PressesToken(ona.Press("Lithuania").Token!);

        jan.Sees("Where to?");
        await ona.Presses("Poland");
        ona.Sees("Which topics?");
    }

    [Fact]
    public async Task Case_09_a_button_pressed_in_a_group_leads_to_the_private_chat()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = await AtSideAsync(network);

        await ona.Does(ona.Press("Lithuania") with { Address = "group-1", IsPrivate = false });

        network.Channel.Phone("group-1").Messages.ShouldHaveSingleItem().Text.ShouldContain("private chat");
        await ona.Presses("Poland");
        ona.Sees("Which topics?");
    }

    private static async Task<ScriptedMember> AtSideAsync(TestNetwork network)
    {
        var ona = network.Person("Ona");
        await ona.Types("/start");
        await ona.Types("Ona");
        ona.Sees("which side");
        return ona;
    }

    private static int Count(ScriptedMember person, string text) => person.Phone.Messages.Count(message => message.Text.Contains(text));
}
