using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Introductions;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Cooperations;

public class CooperationTests
{
    [Fact]
    public async Task What_one_side_notes_the_other_reads_in_the_own_language()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();

        await ona.BeginsAsync("Jan Kowalski", "Vizitas");
        await ona.Presses("Ne");
        ona.Sees("Gerai, niekam nepasakosime.");
        await ona.Presses("+ Medžiaga");
        await ona.Presses("Kitą dieną");
        await ona.Types("2026-10-01");

        jan.Sees("Ona Petraitė informuje o wspólnym działaniu.");
        await jan.Presses("Zobacz");
        jan.Sees("Vyturėlis – Jan Kowalski");
        jan.Sees("• 5.10.2026: wizyta (Ona Petraitė)");
        jan.Sees("• 1.10.2026: wspólne materiały (Ona Petraitė)");
    }

    [Fact]
    public async Task Organisations_that_cooperate_have_one_history_whoever_was_introduced()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.MemberAsync("Jan Kowalski", "PL", organisation: "Skowronek", topics: ["music", "outdoor"], offers: ["visit"]);
        await ona.AsksAsync();
        await jan.Presses("Tak, chcę się poznać");
        await ona.BeginsAsync("Jan Kowalski", "Vizitas");
        await ona.Presses("Ne");
        var rasa = await network.MemberAsync("Rasa Rimkutė", organisation: "Vyturėlis", languages: new Dictionary<string, string> { ["lt"] = "works", ["pl"] = "converses" }, topics: ["music"]);
        var ewa = await network.MemberAsync("Ewa Nowak", "PL", organisation: "Skowronek", topics: ["music"]);
        await jan.Types("/pause");
        await jan.Presses("Miesiąc");
        await rasa.AsksAsync();
        await ewa.Presses("Tak, chcę się poznać");

        await rasa.BeginsAsync("Ewa Nowak", "Bendras projektas");
        await rasa.Presses("Ne");

        rasa.Sees("vizitas (Ona Petraitė)");
        await using var db = network.Read();
        (await db.Cooperations.CountAsync()).ShouldBe(1);
        (await db.CooperationMembers.CountAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task It_is_told_only_while_both_sides_consent_and_the_ledger_knows_each_change()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        var rasa = await network.MemberAsync("Rasa Rimkutė");
        await network.AppointAsync(rasa, "LT");
        foreach (var _ in Enumerable.Range(0, 4)) await network.IntroduceAsync();

        await ona.BeginsAsync("Jan Kowalski", "Vizitas");
        await ona.Presses("Taip, galite");
        await StoriesAsync(network, rasa);
        rasa.Sees("Kol kas nėra nieko");

        await jan.Presses("Zobacz");
        await jan.Presses("Można opowiadać");
        await jan.Presses("Tak, można");
        jan.Sees("Obie strony zgadzają się");
        await StoriesAsync(network, rasa);
        rasa.Sees("Vyturėlis – Jan Kowalski (nuo 2026-10-05): vizitas");

        await ona.Types("/cooperations");
        await ona.Presses("Jan Kowalski");
        await ona.Presses("Nebeleisti pasakoti");
        await StoriesAsync(network, rasa);
        rasa.Sees("Kol kas nėra nieko");
        await using var db = network.Read();
        var me = await ona.PersonIdAsync();
        (await db.Consents.Where(c => c.MemberId == me && c.Purpose == "telling").OrderBy(c => c.Id).Select(c => c.Given).ToListAsync()).ShouldBe([true, false]);
    }

    [Fact]
    public async Task It_outlives_whoever_is_forgotten_and_names_them_no_more()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await ona.BeginsAsync("Jan Kowalski", "Pasirašytas susitarimas");
        await ona.Types("2026-10-01");
        await ona.Presses("Taip");
        await ona.Presses("Praleisti");
        await jan.Presses("Tak, potwierdzam");

        await jan.Types("/forget");
        await jan.Presses("Dalej");
        await jan.Presses("Usuń wszystko teraz");
        await ona.Types("/cooperations");
        await ona.Presses("buvęs narys ar narė");

        ona.Sees("susitarimas, šalys: Vyturėlis ir –");
        await using var db = network.Read();
        var step = await db.CooperationSteps.SingleAsync();
        (step.PartyPl, step.AnsweredById, step.State).ShouldBe((null, null, StepState.Confirmed));
        (await db.Cooperations.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_stranger_to_a_cooperation_can_neither_read_nor_change_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await ona.BeginsAsync("Jan Kowalski", "Vizitas");
        var see = jan.Press("Zobacz").Token!;
        var ewa = await network.MemberAsync("Ewa Nowak", "PL");

        await ewa.PressesToken(see);
        ewa.Sees("Tego wpisu już nie ma.");
        await ewa.PressesToken(see.Replace("/see/", "/agreement/", StringComparison.Ordinal));
        ewa.Sees("Tego wpisu już nie ma.");
        await using var db = network.Read();
        (await db.CooperationMembers.CountAsync()).ShouldBe(2);
    }

    private static async Task StoriesAsync(TestNetwork network, ScriptedMember coordinator)
    {
        await network.RunJobAsync("funnel");
        await coordinator.Types("/funnel");
        await coordinator.Presses("Apie ką galima pasakoti");
    }
}
