using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Broadcasts;

public class ProgressTests
{
    [Fact]
    public async Task Pausing_holds_resuming_lets_go_stopping_cancels_and_the_counts_add_up()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        for (var i = 0; i < 30; i++) await network.MemberAsync($"Narys {i}");
        var wire = network.HoldTheWire(but: rasa);
        await rasa.Sends(Desk.Lithuanian);
        await network.AdvanceQuietlyAsync(TimeSpan.FromSeconds(61));
        await Desk.UntilAsync(() => rasa.Buttons.Contains("⏸ Pristabdyti"));
        rasa.Sees("▱▱▱▱▱▱▱▱▱▱ 0 %");

        await PressesAsync(rasa, "⏸ Pristabdyti", "pristabdyta");
        wire.SetResult();
        await network.SettleAsync();
        var delivered = Delivered(network, rasa);
        delivered.ShouldBeInRange(1, 29);
        await network.RunJobAsync("broadcasts");
        rasa.Screen.ShouldContain($"Pristatyta: {delivered} iš 30");
        await network.RestartAsync();
        Delivered(network, rasa).ShouldBe(delivered);

        wire = network.HoldTheWire(but: rasa);
        await PressesAsync(rasa, "▶ Tęsti", "⏸ Pristabdyti");
        await PressesAsync(rasa, "⏹ Sustabdyti", "Sustabdyta. Nebus išsiųsta žinučių: ");
        wire.SetResult();
        await network.SettleAsync();
        await network.RunJobAsync("broadcasts");
        await rasa.PressesToken(">desk/stop/1");
        rasa.Sees("Čia nebėra ką daryti");

        var result = (await network.OnlyBroadcastAsync()).Result;
        result.Cancelled.ShouldBeGreaterThan(0);
        result.ShouldBe(new Tally(30 - result.Cancelled, 0, 0, 0, 0, 0, result.Cancelled));
        Delivered(network, rasa).ShouldBe(result.Delivered);
        rasa.Screen.ShouldContain($"Pristatyta: {result.Delivered} iš 30\nNepasiekiami: 0\nAtmesta: 0\nNeišsiųsta laiku: 0\nNeaišku, ar pasiekė: 0\nSustabdyta: {result.Cancelled}");
        (await network.ActsAsync()).ShouldBe(["announce.draft", "announce.send", "announce.pause", "announce.resume", "announce.stop"]);

        async Task PressesAsync(ScriptedMember person, string label, string until)
        {
            await network.AcceptAsync(person.Press(label));
            await Desk.UntilAsync(() => person.Screen.Contains(until, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task One_message_shows_how_it_goes_and_loses_its_buttons_when_the_report_comes()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        for (var i = 0; i < 20; i++) await network.MemberAsync($"Narys {i}");
        var wire = network.HoldTheWire(but: rasa);
        await rasa.Sends(Desk.Lithuanian);
        await network.AdvanceQuietlyAsync(TimeSpan.FromSeconds(61));
        await Desk.UntilAsync(() => rasa.Screen.Contains("Pristatyta: 0 iš 20", StringComparison.Ordinal));
        await network.AcceptAsync(rasa.Press("⏸ Pristabdyti"));
        await Desk.UntilAsync(() => rasa.Screen.Contains("pristabdyta", StringComparison.Ordinal));
        wire.SetResult();
        await network.SettleAsync();
        network.Clock.Advance(TimeSpan.FromSeconds(30));
        await network.RunJobAsync("broadcasts");
        await rasa.Presses("▶ Tęsti");
        await network.RunJobAsync("broadcasts");

        var shown = rasa.Phone.Messages.Where(message => message.Text.Contains(" %", StringComparison.Ordinal)).ShouldHaveSingleItem();
        shown.Buttons.ShouldBeEmpty();
        rasa.Screen.ShouldContain("Pristatyta: 20 iš 20");
    }

    [Fact]
    public async Task Where_nothing_can_be_edited_the_start_the_half_and_the_end_are_told()
    {
        await using var network = await Desk.StartAsync(canEdit: false);
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        for (var i = 0; i < 40; i++) await network.MemberAsync($"Narys {i}");
        var wire = new SemaphoreSlim(0);
        network.Channel.Before = envelope => envelope.Address == rasa.Address ? Task.CompletedTask : wire.WaitAsync(Desk.Ct);
        await rasa.Sends(Desk.Lithuanian);
        await network.AdvanceQuietlyAsync(TimeSpan.FromSeconds(61));
        for (var sent = 0; sent < 40; sent += 4)
        {
            wire.Release(4);
            await Desk.UntilAsync(() => Delivered(network, rasa) >= sent + 4);
            await RecordedAsync(network, sent + 4);
            network.Clock.Advance(TimeSpan.FromSeconds(10));
            await network.StartJobAsync();
        }
        await network.SettleAsync();

        var told = rasa.Phone.Messages.Select(message => message.Text).Where(text => text.Contains("Pristatyta: ", StringComparison.Ordinal)).ToList();
        told.Count.ShouldBe(3);
        told[0].ShouldContain("Pristatyta: 0 iš 40");
        told[1].ShouldContain("Pristatyta: 20 iš 40");
        told[1].ShouldContain(" per minutę, liko apie ");
        told[2].ShouldContain("Pristatyta: 40 iš 40");
    }

    [Fact]
    public async Task The_report_comes_once_and_names_who_did_not_get_it_and_why()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        var jan = await network.MemberAsync("Jan Kowalski", side: "PL");
        var ewa = await network.MemberAsync("Ewa", side: "PL");
        await network.MemberAsync("Adam", side: "PL");
        network.Channel.FailNext(new SendResult.Unreachable("blocked"), jan.Address);
        network.Channel.FailNext(new SendResult.Refused("bad request"), ewa.Address);
        await rasa.Sends("", Desk.Polish);
        await network.GoesOutAsync();
        await network.RunJobAsync("broadcasts");
        await network.RunJobAsync("broadcasts");

        var report = rasa.Phone.Messages.Where(message => message.Text.StartsWith("Pranešimo siuntimas baigtas.", StringComparison.Ordinal)).ShouldHaveSingleItem();
        report.Text.ShouldContain("Pristatyta: 1 iš 3\nNepasiekiami: 1\nAtmesta: 1\nNeišsiųsta laiku: 0\nNeaišku, ar pasiekė: 0\nSustabdyta: 0");
        await rasa.Presses("Kas negavo");
        rasa.Sees("• Jan Kowalski – užblokavo robotą arba pasiekti nepavyksta");
        rasa.Sees("• Ewa – pokalbių programa žinutės nepriėmė");
        rasa.DoesNotSee("Adam");
        network.Log.Lines.ShouldNotContain(line => line.Contains("Kowalski", StringComparison.Ordinal) || line.Contains("Zapraszamy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_list_of_failures_comes_whole_as_a_table()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        for (var i = 0; i < 45; i++) network.Channel.FailNext(new SendResult.Unreachable("blocked"), (await network.MemberAsync($"Narys {i:00}")).Address);
        await rasa.Sends(Desk.Lithuanian);
        await network.GoesOutAsync();
        await network.RunJobAsync("broadcasts");
        rasa.Sees("Nepasiekiami: 45");

        await rasa.Presses("Kas negavo");

        rasa.Sees("… ir dar 5");
        rasa.Sees("Visas sąrašas – šiame faile (45).");
        var table = System.Text.Encoding.UTF8.GetString(network.Channel.Sent.Single(envelope => envelope.Message.File is not null).Message.File!.Content);
        for (var i = 0; i < 45; i++) table.ShouldContain($"\"Narys {i:00}\",\"unreachable\"");
    }

    private static int Delivered(TestNetwork network, ScriptedMember but) => network.Channel.Sent.Count(envelope =>
        envelope.Address != but.Address && envelope.Message.Text.ToString().Contains(Desk.Lithuanian, StringComparison.Ordinal));

    private static async Task RecordedAsync(TestNetwork network, int delivered)
    {
        for (; ;)
        {
            await using var db = network.Read();
            if ((await Outbox.CountsAsync(db, "broadcast:1", Desk.Ct)).Delivered >= delivered) return;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Desk.Ct);
        }
    }
}
