using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Broadcasts;

public class SendingTests
{
    [Fact]
    public async Task It_can_be_taken_back_for_a_minute_and_is_a_draft_then()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);

        await network.AdvanceAsync(TimeSpan.FromSeconds(59));
        await network.RunJobAsync("broadcasts");
        await rasa.Presses("Sulaikyti");
        rasa.Sees("Sulaikyta, niekas neišsiųsta");
        await network.GoesOutAsync();

        ona.Screen.ShouldBeEmpty();
        (await network.OnlyBroadcastAsync()).State.ShouldBe(BroadcastState.Draft);
        (await network.ActsAsync())[^1].ShouldBe("announce.undo");
    }

    [Fact]
    public async Task After_the_minute_it_is_too_late_even_before_the_first_message_left()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);

        await network.AdvanceAsync(TimeSpan.FromSeconds(61));
        await rasa.Presses("Sulaikyti");
        rasa.Sees("Sulaikyti per vėlu");
        await network.RunJobAsync("broadcasts");

        ona.Sees(Desk.Lithuanian);
    }

    [Fact]
    public async Task A_double_press_of_send_sends_once()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Writes(Desk.Lithuanian);
        await rasa.Previews();

        var press = rasa.Press("Siųsti dabar");
        await network.AcceptAsync(press, press);
        await network.SettleAsync();
        await rasa.Does(press);
        await network.GoesOutAsync();
        await network.RunJobAsync("broadcasts");

        ona.Phone.Messages.ShouldHaveSingleItem();
        (await network.ActsAsync()).Count(act => act == "announce.send").ShouldBe(1);
    }

    [Fact]
    public async Task It_waits_for_the_hour_that_the_author_wrote_in_the_own_zone()
    {
        await using var network = await Desk.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ewa = await network.MemberAsync("Ewa", side: "PL");
        await jan.Types("/announce");
        await jan.Presses("Pomiń");
        await jan.Types(Desk.Polish);
        await jan.Presses("Pomiń");
        await jan.Presses("Aktualności sieci");
        await jan.Presses("Dalej");
        await jan.Presses("Gotowe");
        await jan.Presses("O wybranej godzinie");
        await jan.Types("2026-10-06 17:00");
        jan.Sees("6 października 2026, 17:00");

        await network.AdvanceAsync(new DateTimeOffset(2026, 10, 6, 14, 59, 0, TimeSpan.Zero) - network.Clock.GetUtcNow());
        await network.RunJobAsync("broadcasts");
        ewa.Screen.ShouldBeEmpty();
        await network.AdvanceAsync(TimeSpan.FromMinutes(1));
        await network.RunJobAsync("broadcasts");

        ewa.Sees(Desk.Polish);
    }

    [Fact]
    public async Task A_server_that_was_down_for_more_than_the_window_sends_nothing_and_says_so()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);
        await network.KillAsync();
        network.Clock.Advance(TimeSpan.FromHours(26));
        await network.RestartAsync();
        await network.RunJobAsync("broadcasts");

        ona.Screen.ShouldBeEmpty();
        rasa.Sees("o dabar jau per vėlu");
        (await network.OnlyBroadcastAsync()).State.ShouldBe(BroadcastState.Draft);
    }

    [Fact]
    public async Task Rights_that_are_withdrawn_before_it_goes_out_hold_it_back()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);
        await network.WithdrawRightsAsync(rasa);
        await network.GoesOutAsync();

        ona.Screen.ShouldBeEmpty();
        rasa.Sees("nebekoordinuojate tinklo");
        await rasa.PressesToken(">desk/undo/1");
        rasa.Sees("Tai gali tik tinklo koordinatoriai");
        (await network.ActsAsync()).ShouldBe(["announce.draft", "announce.send", "denied:announce.start", "denied:announcements"]);
    }

    [Fact]
    public async Task Many_readers_need_the_yes_of_another_coordinator_who_sees_what_they_will_see()
    {
        await using var network = await Desk.StartAsync(secondYesAbove: 2);
        var rasa = await network.CoordinatorAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian, Desk.Polish);
        rasa.Sees("turi pritarti kitas koordinatorius");
        jan.Sees("Tak to widać po polsku · odbiorcy: 1");
        jan.Sees("Autor: Rasa");
        jan.Sees("Odbiorcy: 3");
        await network.GoesOutAsync();
        ona.Screen.ShouldBeEmpty();

        await rasa.PressesToken(">desk/yes/1");
        rasa.Sees("Atsakyti turi kitas koordinatorius");
        await network.GoesOutAsync();
        ona.Screen.ShouldBeEmpty();
        await jan.Presses("Tak, wyślij");
        jan.Sees("Komunikat wyjdzie: ");
        rasa.Sees("Kitas koordinatorius pritarė");
        await jan.Presses("Nie");
        jan.Sees("Na to jest już odpowiedź");
        await network.GoesOutAsync();

        ona.Sees(Desk.Lithuanian);
        (await network.ActsAsync()).ShouldBe(["announce.draft", "announce.send", "denied:announce.yes", "announce.yes"]);
    }

    [Fact]
    public async Task A_no_or_no_answer_returns_it_to_its_author()
    {
        await using var network = await Desk.StartAsync(secondYesAbove: 0);
        var rasa = await network.CoordinatorAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await rasa.Sends(Desk.Lithuanian);
        await jan.Presses("Nie");
        rasa.Sees("nepritarė");

        await rasa.Types("/announce");
        await rasa.Presses("Kviečiame");
        await rasa.Presses("Siųsti dabar");
        await network.AdvanceAsync(TimeSpan.FromHours(25));
        await network.RunJobAsync("broadcasts");
        rasa.Sees("Kitas koordinatorius neatsakė");
        await jan.PressesToken(">desk/yes/1");
        jan.Sees("Na to jest już odpowiedź");

        (await network.OnlyBroadcastAsync()).State.ShouldBe(BroadcastState.Draft);
    }

    [Fact]
    public async Task A_lone_coordinator_is_told_so_and_waits_ten_minutes()
    {
        await using var network = await Desk.StartAsync(secondYesAbove: 1);
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);
        rasa.Sees("palauksime 10 minučių");

        await network.AdvanceAsync(TimeSpan.FromMinutes(9));
        await network.RunJobAsync("broadcasts");
        ona.Screen.ShouldBeEmpty();
        await network.AdvanceAsync(TimeSpan.FromMinutes(1));
        await network.RunJobAsync("broadcasts");

        ona.Sees(Desk.Lithuanian);
    }

    [Fact]
    public async Task An_audience_that_grew_beyond_the_limit_meanwhile_needs_a_second_yes_after_all()
    {
        await using var network = await Desk.StartAsync(secondYesAbove: 2);
        var rasa = await network.CoordinatorAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await rasa.Sends(Desk.Lithuanian);
        rasa.Sees("po 60 sekundžių");
        var ona = await network.MemberAsync("Ona");
        await network.GoesOutAsync();

        ona.Screen.ShouldBeEmpty();
        jan.Sees("Potrzebna jest druga zgoda");
        rasa.Sees("turi pritarti kitas koordinatorius");
    }
}
