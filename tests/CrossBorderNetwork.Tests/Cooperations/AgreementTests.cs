using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Cooperations;

public class AgreementTests
{
    [Fact]
    public async Task It_counts_once_the_other_side_has_confirmed_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await NoteAsync(ona);
        ona.Sees("kita pusė dar neatsakė: https://example.org/agreement");
        (await CountAsync(network)).ShouldBe(0);

        jan.Sees("Ona Petraitė informuje o podpisanym porozumieniu.");
        jan.Sees("czwartek, 1 października 2026");
        jan.Sees("Litwa: Vyturėlis");
        jan.Sees("https://example.org/agreement");
        var yes = jan.Press("Tak, potwierdzam");
        await network.AcceptAsync(yes, yes);
        await network.SettleAsync();
        await jan.Does(yes);

        jan.Sees("Porozumienie jest potwierdzone");
        ona.Count("Jan Kowalski patvirtina susitarimą").ShouldBe(1);
        (await CountAsync(network)).ShouldBe(1);
        await using var db = network.Read();
        (await db.CooperationSteps.SingleAsync()).ShouldSatisfyAllConditions(
            step => step.State.ShouldBe(StepState.Confirmed),
            step => step.Day.ShouldBe(new DateOnly(2026, 10, 1)),
            step => step.PartyLt.ShouldBe("Vyturėlis"),
            step => step.PartyPl.ShouldBe("Jan Kowalski"));
    }

    [Fact]
    public async Task Rejected_it_stands_so_in_the_history_and_does_not_count()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await NoteAsync(ona);

        await jan.Presses("Nie");

        jan.Sees("nie jest liczone");
        ona.Sees("Jan Kowalski nepatvirtina susitarimo");
        await ona.Presses("Peržiūrėti");
        ona.Sees("kita pusė nepatvirtino");
        (await CountAsync(network)).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_confirms_the_own_agreement()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await NoteAsync(ona);

        await ona.PressesToken(jan.Press("Tak, potwierdzam").Token!);

        ona.Sees("Į tai jau atsakyta.");
        (await CountAsync(network)).ShouldBe(0);
    }

    [Fact]
    public async Task A_day_to_come_and_an_address_without_encryption_are_refused_in_words_and_the_same_agreement_is_noted_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await ona.BeginsAsync("Jan Kowalski", "Pasirašytas susitarimas");
        await ona.Types("2026-12-01");
        ona.Sees("Ši diena dar neatėjo.");
        await ona.Types("spalio 1");
        await ona.Presses("Kiti pavadinimai");
        await ona.Types("=HYPERLINK(\"x\")");
        await ona.Types("Gmina Korycin");
        await ona.Types("http://example.org/a");
        ona.Sees("Adresas turi prasidėti https://.");
        await ona.Types("https://example.org/a");
        ona.Sees("=HYPERLINK");

        await ona.Presses("+ Pasirašytas susitarimas");
        await ona.Types("2026-10-01");
        await ona.Presses("Taip");
        await ona.Presses("Praleisti");
        ona.Sees("Tos dienos susitarimas jau užrašytas.");
        jan.Count("informuje o podpisanym porozumieniu").ShouldBe(1);
    }

    private static async Task NoteAsync(ScriptedMember ona)
    {
        await ona.BeginsAsync("Jan Kowalski", "Pasirašytas susitarimas");
        await ona.Types("2026-10-01");
        await ona.Presses("Taip");
        await ona.Types("https://example.org/agreement");
    }

    private static async Task<int> CountAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.FunnelCounts.Where(c => c.View == FunnelView.Month && c.Stage == FunnelStage.Agreement).SumAsync(c => c.Count);
    }
}
