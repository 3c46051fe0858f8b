using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Introductions;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Cooperations;

public class FollowUpTests
{
    [Fact]
    public async Task After_a_week_both_are_asked_once_and_one_tap_answers()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();

        await network.FollowUpAfterAsync(6);
        ona.DoesNotSee("Prieš savaitę");
        await network.FollowUpAfterAsync(1);

        ona.Count("Prieš savaitę Jus supažindinome: Jan Kowalski").ShouldBe(1);
        jan.Count("Tydzień temu zaczęła się ta znajomość: Ona Petraitė").ShouldBe(1);
        await ona.Presses("Taip");
        ona.Sees("Ką veikiate kartu?");
        (await AnswersAsync(network))[await ona.PersonIdAsync()].ShouldBe(FollowUpAnswer.Met);
    }

    [Fact]
    public async Task Of_many_who_are_asked_in_one_go_each_is_asked_about_the_own_partner()
    {
        await using var network = await TestNetwork.StartAsync();
        var pairs = new List<(ScriptedMember Asker, ScriptedMember Asked)>();
        for (var i = 0; i < 5; i++) pairs.Add(await network.IntroduceAsync());
        // Those whom nobody asked when they said yes are planned for first.
        await network.RunJobAsync("follow-ups");

        await network.FollowUpAfterAsync(7);

        foreach (var (asker, asked) in pairs)
        {
            asker.Count($"Prieš savaitę Jus supažindinome: {asked.Name}").ShouldBe(1);
            asked.Count($"Tydzień temu zaczęła się ta znajomość: {asker.Name}").ShouldBe(1);
            asker.Count("Prieš savaitę").ShouldBe(1);
        }
    }

    [Fact]
    public async Task Who_plans_a_meeting_is_asked_after_two_weeks_and_who_met_only_after_a_month()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await network.FollowUpAfterAsync(7);
        await ona.Presses("Planuojame");
        ona.Sees("Ar pasiūlyti pokalbio laiką?");
        await jan.Presses("Tak");
        await jan.Presses("Na razie nic");

        await network.FollowUpAfterAsync(7);
        ona.Sees("Prieš dvi savaites Jus supažindinome: Jan Kowalski");
        jan.DoesNotSee("Dwa tygodnie temu");
        await ona.Presses("Taip");
        await ona.Presses("Kol kas nieko");

        await network.FollowUpAfterAsync(16);
        ona.Sees("Prieš mėnesį Jus supažindinome: Jan Kowalski. Ar ką nors veikiate kartu?");
        jan.Sees("Miesiąc temu");
        await ona.Presses("Kol kas ne");
        await jan.Presses("Na razie nie");

        await network.FollowUpAfterAsync(152);
        ona.Sees("Prieš pusę metų");
        jan.Sees("Pół roku temu");
        await network.FollowUpAfterAsync(365);
        ona.Count("Jus supažindinome: Jan").ShouldBe(4);
    }

    [Fact]
    public async Task Two_questions_without_an_answer_are_the_last()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, _) = await network.IntroducedAsync();

        foreach (var days in new[] { 7, 7, 16, 152 }) await network.FollowUpAfterAsync(days);

        ona.Count("Jus supažindinome: Jan").ShouldBe(2);
        ona.Count("Prieš savaitę").ShouldBe(1);
        ona.Count("Prieš mėnesį").ShouldBe(1);
    }

    [Fact]
    public async Task That_it_came_to_nothing_ends_the_questions_to_both()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await network.FollowUpAfterAsync(7);

        await jan.Presses("Nic z tego nie będzie");
        jan.Sees("Nie zapytamy o to więcej żadnej ze stron");

        foreach (var days in new[] { 7, 16, 152 }) await network.FollowUpAfterAsync(days);
        ona.Count("Jus supažindinome: Jan").ShouldBe(1);
        jan.Count("zaczęła się ta znajomość").ShouldBe(1);
    }

    [Fact]
    public async Task Who_paused_is_asked_after_the_pause_with_the_question_that_fits_then()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await ona.Types("/pause");
        await ona.Presses("Mėnesio");

        await network.FollowUpAfterAsync(7);
        jan.Sees("Tydzień temu");
        ona.DoesNotSee("supažindinome");
        await network.FollowUpAfterAsync(20);
        ona.DoesNotSee("supažindinome");
        await network.FollowUpAfterAsync(5);

        ona.Count("Prieš mėnesį Jus supažindinome: Jan Kowalski").ShouldBe(1);
    }

    [Fact]
    public async Task Who_left_or_cannot_be_reached_is_not_asked_and_nobody_is_asked_about_them()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await jan.Sends(ActivityKind.Left);
        await network.FollowUpAfterAsync(7);
        jan.DoesNotSee("Tydzień temu");
        ona.Sees("Prieš savaitę");

        await jan.Types("/forget");
        await jan.Presses("Dalej");
        await jan.Presses("Usuń wszystko teraz");
        await network.FollowUpAfterAsync(30);

        ona.DoesNotSee("Prieš mėnesį");
        await using var db = network.Read();
        (await db.FollowUps.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_question_missed_while_the_server_was_down_is_replaced_by_the_one_that_fits()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, _) = await network.IntroducedAsync();

        await network.FollowUpAfterAsync(35);

        ona.Count("Jus supažindinome: Jan").ShouldBe(1);
        ona.Sees("Prieš mėnesį");
    }

    private static async Task<Dictionary<long, FollowUpAnswer?>> AnswersAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.FollowUps.ToDictionaryAsync(followUp => followUp.MemberId, followUp => followUp.Answer);
    }
}
