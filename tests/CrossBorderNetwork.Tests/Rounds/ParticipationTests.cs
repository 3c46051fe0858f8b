using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Introductions;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Rounds;

public sealed class ParticipationTests
{
    [Fact]
    public async Task Everybody_takes_part_unless_they_say_otherwise()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await network.MemberAsync("Ewa Nowak", "PL", languages: new Dictionary<string, string> { ["pl"] = "works" }, adjust: ewa => ewa.RoundCapacity = 0);
        await network.MemberAsync("Iga Mazur", "PL", languages: new Dictionary<string, string> { ["pl"] = "works" }, mayBeFound: false);
        await ona.Types("/monthly");
        await ona.Presses("Kiek pažinčių");
        await ona.Presses("5");

        await network.MatchAsync();
        await network.SendsAsync(rasa);

        (await network.IntroductionsAsync()).ShouldHaveSingleItem();
        ona.Sees("Jan Kowalski");
    }

    [Fact]
    public async Task A_rest_keeps_the_rounds_away_until_its_day_and_nothing_else()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await ona.Types("/monthly");
        await ona.Presses("Atokvėpis");
        await ona.Presses("Pasirinkti dieną");
        await ona.Types("2026-10-30");
        ona.Sees("Nieko nesiūlysime iki: 2026 m. spalio 30 d.");

        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ona.HasNeverSeen("Jan Kowalski");
        await ona.Types("/partners");
        ona.Sees("Jan Kowalski");

        await network.NextMonthAsync();
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ona.Sees("Šį mėnesį siūlome susipažinti");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_whom_not_holds_in_both_directions_in_lists_and_rounds_and_is_shown_to_nobody_else(bool organisation)
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        var jan = await network.MemberAsync("Jan Kowalski", "PL", organisation: "Bajka", languages: new Dictionary<string, string> { ["pl"] = "works" }, topics: ["music"]);

        await ona.Types("/monthly");
        await ona.Presses("Ko nesiūlyti");
        await ona.Presses(organisation ? "Pridėti įstaigą" : "Pridėti žmogų");
        await ona.Types(organisation ? "bajk" : "kowal");
        await ona.Presses(organisation ? "Bajka" : "Jan Kowalski");
        ona.Sees("Vieno kitam nebesiūlysime");

        await network.MatchAsync();
        await rasa.Types("/round");
        rasa.Sees("0 pairs");
        await rasa.Presses("Without a partner");
        await rasa.Presses("Jan Kowalski");
        rasa.Sees("There is nobody else");
        await network.SendsAsync(rasa);
        await ona.Types("/partners");
        ona.DoesNotSee("Jan Kowalski");
        await jan.Types("/partners");
        jan.DoesNotSee("Ona Petraitė");
        (await network.IntroductionsAsync()).ShouldBeEmpty();

        await ona.Types("/mydata");
        FileOf(ona).ShouldContain(organisation ? "organisation_set_aside\": [\n" : "set_aside\": [\n");
        await jan.Types("/mydata");
        FileOf(jan).ShouldContain("\"set_aside\": []");
        FileOf(jan).ShouldContain("\"organisation_set_aside\": []");

        await ona.Types("/forget");
        await ona.Presses("Tęsti");
        await ona.Presses("Viską ištrinti dabar");
        await using var db = network.Read();
        (await db.Set<CrossBorderNetwork.Matching.SetAside>().CountAsync()).ShouldBe(0);
        (await db.Set<CrossBorderNetwork.Matching.OrganisationSetAside>().CountAsync()).ShouldBe(0);

        string FileOf(ScriptedMember member) => System.Text.Encoding.UTF8.GetString(
            network.Channel.Sent.Last(envelope => envelope.Address == member.Address && envelope.Message.File is not null).Message.File!.Content);
    }

    [Fact]
    public async Task Whom_only_a_translator_could_connect_is_asked_once_and_matched_at_once_after_a_yes()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona Petraitė", topics: ["music"]);
        var jan = await network.MemberAsync("Jan Kowalski", "PL", topics: ["music"], adjust: member => member.AcceptsTranslator = true);
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ona.Sees("Ar sutiktumėte susipažinti padedant vertėjui");
        jan.Sees("Po drugiej stronie granicy nikt jeszcze nie zna wspólnego języka");

        await ona.Presses("Taip, mielai");
        ona.Sees("Ieškome iš naujo");
        await network.LiveAsync(TimeSpan.FromMinutes(5));
        ona.Sees("Jan Kowalski");
        ona.Sees("Bendros kalbos nėra");

        await ona.Presses("Ne");
        await ona.Presses("Praleisti");
        await network.NextMonthAsync();
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ona.Count("Ar sutiktumėte susipažinti padedant vertėjui").ShouldBe(1);
    }

    [Fact]
    public async Task The_settings_are_one_tap_away_from_the_introduction_and_from_the_menu()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await network.MatchAsync();
        await network.SendsAsync(rasa);

        await ona.Presses("Mano nustatymai");
        ona.Sees("Kiek pažinčių: 1");
        await ona.Presses("Uždaryti");
        await ona.Types("/menu");
        await ona.Presses("Mėnesio pažintys");
        ona.Sees("Per vertėją: ne");
    }
}
