using System.Text;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Events;

public class SeatsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_up_twice_takes_one_seat_and_says_so()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync(capacity: 2);
        var ona = await network.MemberAsync("Ona");
        await ona.OpensEvent(id);
        var press = ona.Press("Dalyvausiu");
        await ona.Does(press);
        ona.Sees("Vieta Jums skirta");

        // The button of a digest that came before.
        await ona.PressesToken($">events/going/{id}");

        ona.Sees("Vietą jau turite");
        ona.Sees("Laisvų vietų: 1");
        (await network.SignUpsAsync()).ShouldHaveSingleItem().State.ShouldBe(SignUpState.Going);
    }

    [Fact]
    public async Task On_a_channel_that_cannot_edit_the_same_comes_of_the_same_words()
    {
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions { CanEdit = false });
        await network.AddEventAsync(capacity: 1, title: "Mokymai");
        var ona = await network.MemberAsync("Ona");

        await ona.Types("/events");
        await ona.Types("1");
        await ona.Types("dalyvausiu");
        ona.Sees("✓ Jūs dalyvaujate");
        await ona.Types("Negalėsiu dalyvauti");

        ona.Sees("Laisvų vietų: 1");
        (await network.SignUpsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task However_many_press_at_once_no_seat_is_given_twice()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync(capacity: 3);
        var members = new List<ScriptedMember>();
        for (var i = 0; i < 12; i++) members.Add(await network.MemberAsync($"Narys {i}"));
        foreach (var member in members) await member.OpensEvent(id);

        await network.AcceptAsync([.. members.Select(member => member.Press("Dalyvausiu"))]);
        await network.SettleAsync();

        var signUps = await network.SignUpsAsync();
        signUps.Count.ShouldBe(12);
        signUps.Count(s => s.State == SignUpState.Going).ShouldBe(3);
        signUps.Take(3).ShouldAllBe(s => s.State == SignUpState.Going);
        members.Count(member => member.TimesShown("Vieta Jums skirta") == 1).ShouldBe(3);
        members.Count(member => member.TimesShown("Visos vietos užimtos") == 1).ShouldBe(9);
    }

    [Fact]
    public async Task A_seat_that_frees_goes_to_the_first_in_line_who_is_told_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync(capacity: 1);
        var (ona, jan, rasa) = (await network.MemberAsync("Ona"), await network.MemberAsync("Jan", "PL"), await network.MemberAsync("Rasa"));
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        await jan.OpensEvent(id);
        await jan.Presses("Na listę rezerwową");
        await rasa.OpensEvent(id);
        await rasa.Presses("Stoti į eilę");
        rasa.Sees("Jūsų numeris laukiančiųjų eilėje: 2");

        await ona.Presses("Negalėsiu");
        await network.RunJobAsync("event-waiting-lists");

        jan.Sees("Zwolniło się miejsce");
        jan.Sees("9:00");
        jan.TimesShown("Zwolniło się miejsce").ShouldBe(1);
        rasa.HasNeverSeen("Atsilaisvino vieta");
        (await network.SignUpsAsync()).Select(s => s.State).ShouldBe([SignUpState.Going, SignUpState.Waiting]);

        // Whoever changes the mind once more stands at the end of the line.
        await ona.Presses("Stoti į eilę");
        ona.Sees("Jūsų numeris laukiančiųjų eilėje: 2");
    }

    [Fact]
    public async Task The_seat_of_somebody_who_was_forgotten_goes_to_the_next()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync(capacity: 1);
        var (ona, rasa) = (await network.MemberAsync("Ona"), await network.MemberAsync("Rasa"));
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        await rasa.OpensEvent(id);
        await rasa.Presses("Stoti į eilę");

        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct))
        {
            await network.Services.GetRequiredService<Erase>().RunAsync(work, await ona.PersonIdAsync(), Ct);
            await work.CommitAsync(Ct);
        }
        await network.RunJobAsync("event-waiting-lists");

        rasa.Sees("Atsilaisvino vieta");
        (await network.SignUpsAsync()).ShouldHaveSingleItem().MemberId.ShouldBe(await rasa.PersonIdAsync());
    }

    [Fact]
    public async Task An_event_that_has_begun_takes_nobody_and_lets_nobody_go()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var ona = await network.MemberAsync("Ona");

        await network.AdvanceAsync(TimeSpan.FromDays(8));
        await ona.PressesToken($">events/going/{id}");
        ona.Sees("Registracija į šį renginį baigta");
        await ona.PressesToken($">events/leave/{id}");
        ona.Sees("Renginys jau prasidėjo");

        (await network.SignUpsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_button_of_an_event_that_is_not_there_leads_back_to_the_list()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona");

        foreach (var id in new[] { "99", "x", "-1" })
        {
            await ona.PressesToken($">events/going/{id}");
            ona.Sees("Šio renginio nebėra");
        }
    }

    [Fact]
    public async Task A_cancelled_event_is_told_to_all_who_signed_up_and_takes_nobody_any_more()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync(capacity: 1);
        var jonas = await network.CoordinatorAsync("Jonas", "LT");
        var (ona, jan, rasa) = (await network.MemberAsync("Ona"), await network.MemberAsync("Jan", "PL"), await network.MemberAsync("Rasa"));
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        await jan.OpensEvent(id);
        await jan.Presses("Na listę rezerwową");

        await jonas.OpensEvent(id);
        await jonas.Presses("Atšaukti renginį");
        await jonas.Presses("Taip, atšaukti");

        jonas.Sees("Renginys atšauktas");
        ona.Sees("Renginys atšauktas: Renginys");
        jan.Sees("Wydarzenie zostało odwołane");
        rasa.HasNeverSeen("Renginys atšauktas");
        await rasa.PressesToken($">events/going/{id}");
        rasa.Sees("Registracija į šį renginį baigta");
        await rasa.Types("/events");
        rasa.Sees("renginių nėra");
        await using var db = network.Read();
        (await db.Audit.SingleAsync(Ct)).Act.ShouldBe("event.cancel");
    }

    [Fact]
    public async Task Only_coordinators_see_who_comes_and_each_look_is_noted()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var jonas = await network.CoordinatorAsync("Jonas", "LT");
        var ona = await network.MemberAsync("Ona *Petraitė*", organisation: "Birštono „Vyturėlis“");
        await ona.OpensEvent(id);
        await ona.Presses("Dalyvausiu");
        ona.Buttons.ShouldNotContain("Dalyvių sąrašas");
        ona.Buttons.ShouldNotContain("Atšaukti renginį");

        await jonas.OpensEvent(id);
        jonas.Sees("Dalyvių: 1, laukiančiųjų: 0");
        await jonas.Presses("Dalyvių sąrašas");

        jonas.Sees("1. Ona *Petraitė*, Birštono „Vyturėlis“");
        await using var db = network.Read();
        (await db.Audit.SingleAsync(Ct)).Act.ShouldBe("event.people");
    }

    [Theory]
    [InlineData("2026-10-24 10:00", "2026-10-24T07:00Z")]
    [InlineData("2026-10-26 10:00", "2026-10-26T08:00Z")]
    public async Task The_calendar_file_names_the_right_instant_on_both_sides_of_the_clock_change(string written, string instant)
    {
        await using var network = await TestNetwork.StartAsync();
        var jonas = await network.CoordinatorAsync("Jonas", "LT");
        await jonas.Types("/newevent");
        await jonas.Types("Mokymai; antra dalis, \\ ir pabaiga");
        await jonas.Presses("Praleisti");
        await jonas.Presses("Praleisti");
        await jonas.Presses("Praleisti");
        await jonas.Types(written);
        await jonas.Presses("2 valandas");
        await jonas.Presses("Internetu");
        await jonas.Types("https://meet.example.org/mokymai");
        await jonas.Presses("Uždaras");
        for (var i = 0; i < 4; i++) await jonas.Presses("Praleisti");
        await jonas.Presses("Vis tiek skelbti");

        await jonas.Types("/events");
        await jonas.Presses("10-2");
        await jonas.Presses("Į kalendorių");
        var first = LastFile(network);
        await jonas.Presses("Į kalendorių");

        var entry = Calendar.Load(first)!.Events.ShouldHaveSingleItem();
        var start = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
        entry.Start!.AsUtc.ShouldBe(start);
        entry.End!.AsUtc.ShouldBe(start.AddHours(2));
        entry.Summary.ShouldBe("Mokymai; antra dalis, \\ ir pabaiga");
        entry.Url.ShouldBe(new Uri("https://meet.example.org/mokymai"));
        Calendar.Load(LastFile(network))!.Events.ShouldHaveSingleItem().Uid.ShouldBe(entry.Uid);
    }

    private static string LastFile(TestNetwork network) => Encoding.UTF8.GetString(network.Channel.Sent.Select(sent => sent.Message.File).OfType<Messaging.FileContent>().Last().Content);
}
