using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>Deployments, commands, going back, dialogs within dialogs.</summary>
public class Case08To19Stack
{
    [Fact]
    public async Task Case_08_after_a_deployment_without_the_step_the_person_goes_on_with_the_answers_kept()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "day");
        using var newer = new ChangedDialogs();
        newer.Change("trip/dialog.yaml", "  day:\n    ask: date\n    next: start\n", "");
        newer.Change("trip/dialog.yaml", "next: day", "next: start");
        newer.RemoveText("trip", "day");
        await network.RestartAsync(newer.Folder);

        await ona.Types("2026-12-05");

        ona.Sees("When does it start?");
        foreach (var answer in new[] { "5 December 17:00", "inclusion", "done", "lithuanian", "done", "skip" }) await ona.Types(answer);
        ona.Sees("with 12 seats");
    }

    [Fact]
    public async Task Case_08_going_back_over_a_step_that_is_gone_leads_to_the_one_before()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "start");
        using var newer = new ChangedDialogs();
        newer.Change("trip/dialog.yaml", "  day:\n    ask: date\n    next: start\n", "");
        newer.Change("trip/dialog.yaml", "next: day", "next: start");
        newer.RemoveText("trip", "day");
        await network.RestartAsync(newer.Folder);

        await ona.Presses("‹ Back");

        ona.Sees("How many seats?");
        ona.Sees("✓ 12");
    }

    [Fact]
    public async Task Case_08_a_question_that_became_another_kind_is_asked_in_its_new_form()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "topics");
        await ona.Presses("Inclusion");
        using var newer = new ChangedDialogs();
        newer.Change("trip/dialog.yaml", "    ask: choices\n    list: topic-groups\n    max: 2\n", "    ask: ratings\n    list: languages\n    scale: levels\n");
        await network.RestartAsync(newer.Folder);

        await ona.Presses("Inclusion");
        ona.DoesNotSee("went wrong");
        await ona.Presses("English");
        await ona.Presses("Done");

        ona.Sees("Which languages?");
    }

    [Fact]
    public async Task Case_08_a_dialog_that_is_gone_altogether_leaves_no_trace()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/remark");
        using var newer = new ChangedDialogs();
        newer.Delete("remark");
        await network.RestartAsync(newer.Folder);

        await ona.Types("nice");

        ona.Sees("What is your name?");
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
    public async Task Case_17_global_commands_work_at_every_step(string step)
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, step);
        var question = ona.Phone.Messages[^1].Text;

        await ona.Types("/help");
        ona.Sees("This is about us.");
        ona.Sees(question);

        await ona.Types("/start");
        ona.Sees("What is your name?");
        await ona.Types("/trip");
        ona.Sees("Let us go on where you stopped.");
        ona.Sees(question);

        await ona.Types("/cancel");
        ona.Sees("Cancelled. Nothing was saved.");
        ona.DoesNotSee(question);
        ona.Buttons.ShouldBeEmpty();
    }

    [Fact]
    public async Task Case_17_ticks_survive_an_interruption()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "topics");
        await ona.Presses("Inclusion");

        await ona.Types("/remark");
        await ona.Types("fine");

        ona.Sees("Thank you for “fine”.");
        ona.Sees("✓ Inclusion");
        ona.Sees("Done (1)");
    }

    [Fact]
    public async Task Case_17_interruptions_upon_interruptions_never_pile_up()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "seats");

        for (var i = 0; i < 12; i++) await ona.Types(i % 2 == 0 ? "/remark" : "/tongue");
        ona.Sees("Which language?");
        await ona.Presses("English");
        ona.Sees("What is your remark?");
        await ona.Types("none");

        ona.Sees("How many seats?");
    }

    [Fact]
    public async Task Case_17_the_command_of_a_dialog_under_an_interruption_takes_it_up()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "day");
        await ona.Types("/remark");

        await ona.Types("/trip");

        ona.Sees("Which day?");
        await ona.Presses("‹ Back");
        ona.Sees("✓ 12");
    }

    [Fact]
    public async Task Case_17_an_unknown_command_says_so_and_asks_again()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "seats");

        await ona.Types("/nonsense");

        ona.Sees("I do not know that command");
        ona.Sees("How many seats?");
    }

    [Fact]
    public async Task Case_18_going_back_restores_the_earlier_answers_up_to_the_first_question()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "sure");

        await ona.Presses("‹ Back");
        ona.Sees("✓ With bread");
        await ona.Presses("‹ Back");
        ona.Sees("✓ English");
        await ona.Presses("‹ Back");
        ona.Sees("✓ Inclusion");
        await ona.Presses("‹ Back");
        ona.Sees("✓ 2026-12-05 17:00");
        await ona.Presses("‹ Back");
        ona.Sees("✓ 2026-12-05");
        await ona.Types("back");
        ona.Sees("✓ 12");
        await ona.Presses("‹ Back");
        ona.Sees("✓ ");
        ona.Sees("Where to?");
        await ona.Types("back");
        ona.Sees("This is the first question.");
        ona.Sees("Where to?");
    }

    [Fact]
    public async Task Case_18_kept_answers_lead_forward_again_to_the_same_end()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "sure");
        var question = ona.Phone.Messages[^1].Text;
        for (var i = 0; i < 7; i++) await ona.Types("back");

        foreach (var answer in new[] { "✓", "✓", "✓", "✓", "Done", "Done", "✓" }) await ona.Presses(answer);

        ona.Sees(question);
    }

    [Fact]
    public async Task Case_18_nobody_goes_back_behind_a_deed()
    {
        var deeds = new TestDeeds();
        deeds.Save.Does = _ => deeds.Save.Runs == 1 ? "full" : "saved";
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "end");
        ona.Sees("It is full.");
        ona.Sees("How many seats?");

        ona.Buttons.ShouldNotContain("‹ Back");
        await ona.Types("back");

        ona.Sees("This is the first question.");
        deeds.Save.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Case_19_a_dialog_within_a_dialog_comes_back_to_it()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await ona.Types("/outer");
        await ona.Types("one");
        ona.Sees("What is inside?");
        await ona.Types("two");
        ona.Sees("The last thing?");
        await ona.Types("three");

        ona.Sees("From one to three.");
    }

    [Theory]
    [InlineData("by the person")]
    [InlineData("by its action")]
    public async Task Case_19_a_dialog_within_a_dialog_that_is_given_up_leads_back_to_the_question_before(string how)
    {
        var deeds = new TestDeeds();
        deeds.Inner.Does = _ => "wrong";
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await ona.Types("/outer");
        await ona.Types("one");

        await ona.Types(how == "by the person" ? "/cancel" : "two");

        ona.Sees("The first thing?");
        ona.Sees("✓ one");
    }

    [Fact]
    public async Task Case_19_an_action_that_fails_changes_nothing_and_the_person_is_told()
    {
        var deeds = new TestDeeds();
        deeds.Inner.Does = _ => throw new InvalidOperationException("secret of Ona");
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await ona.Types("/outer");
        await ona.Types("one");
        await ona.Types("two");
        ona.Sees("Something went wrong on our side");
        deeds.Inner.Runs.ShouldBe(3);

        deeds.Inner.Does = null;
        await ona.Types("two");

        ona.Sees("The last thing?");
        network.Log.Lines.ShouldNotContain(line => line.Contains("secret of Ona"));
    }

    [Fact]
    public async Task Case_19_what_a_failed_attempt_added_is_not_saved_with_the_next_one()
    {
        var deeds = new TestDeeds();
        deeds.Inner.Does = context =>
        {
            context.Turn.Db.Audit.Add(new AuditEntry { PersonId = context.Turn.PersonId, Act = "tried", At = context.Turn.Now });
            return deeds.Inner.Runs < 3 ? throw new InvalidOperationException() : "fine";
        };
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await ona.Types("/outer");
        await ona.Types("one");

        await ona.Types("two");

        ona.Sees("The last thing?");
        await using var db = network.Read();
        db.Audit.Count(entry => entry.Act == "tried").ShouldBe(1);
    }

    [Fact]
    public async Task What_an_action_says_itself_stands_above_the_question_and_the_old_buttons_are_gone()
    {
        var deeds = new TestDeeds();
        deeds.Save.Does = context =>
        {
            context.Say("about", "about", []);
            return "full";
        };
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "end");

        ona.Phone.Messages.TakeLast(2).Select(message => message.Text.Split('\n')[0]).ShouldBe(["This is about us.", "It is full."]);
        ona.Phone.Messages.SkipLast(1).ShouldAllBe(message => message.Rows.Count == 0);
    }

    [Fact]
    public async Task A_button_of_a_message_enters_its_dialog_and_an_unfinished_one_waits()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "day");
        await Case04To16Updates.PostAsync(network, ona);

        await ona.Presses("I come");
        ona.Sees("How many seats?");
        await ona.Presses("I come");
        ona.Sees("How many seats?");
        await ona.Types("7");

        ona.Sees("Which day?");
        ona.Phone.Messages.Count(message => message.Rows.Count > 0).ShouldBe(2);
    }

    [Fact]
    public async Task Case_19_dialogs_that_run_each_other_for_ever_are_stopped()
    {
        await using var network = await TestDialogs.StartAsync();
        var ona = network.Person("Ona");

        await ona.Types("/endless");
        ona.Sees("Something went wrong");
        await ona.Types("/start");

        ona.Sees("What is your name?");
    }

    [Fact]
    public async Task A_guard_sends_strangers_elsewhere_and_unfinished_answers_there_are_kept()
    {
        var deeds = new TestDeeds();
        deeds.Guard.Does = _ => "stranger";
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona");
        await ona.Types("/guarded");
        ona.Sees("Where to?");
        await ona.Types("birstonas");

        await ona.Types("/guarded");
        ona.Sees("How many seats?");
        deeds.Guard.Does = null;
        await ona.Types("/guarded");

        ona.Sees("You are in.");
    }
}
