using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Introductions;

public sealed class InterpreterTests
{
    private const string DanutasContact = "danuta@example.org";
    private static readonly Dictionary<string, string> Both = new() { ["lt"] = "works", ["pl"] = "works" };

    [Fact]
    public async Task Two_without_a_common_language_get_the_contact_of_a_volunteer_who_agreed()
    {
        await using var network = await TestNetwork.StartAsync();
        var danuta = await network.MemberAsync("Danuta", languages: Both, isBridge: true);
        var (rasa, jan) = await AcceptedAsync(network);

        jan.Sees("Poprosimy o pomoc osobę, która zna oba języki");
        danuta.Sees("• Rasa\n• Jan");
        danuta.HasNeverSeen("jan@example.org");
        rasa.HasNeverSeen(DanutasContact);
        var help = danuta.Press("Galiu padėti");
        await network.AcceptAsync(help, help);
        await network.SettleAsync();

        rasa.Sees(DanutasContact);
        jan.Sees(DanutasContact);
        rasa.Phone.Messages.Count(message => message.Text.Contains(DanutasContact, StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task After_a_no_or_no_answer_the_next_volunteer_is_asked_and_at_last_the_two_are_told()
    {
        await using var network = await TestNetwork.StartAsync();
        var danuta = await network.MemberAsync("Danuta", languages: Both, isBridge: true);
        var irena = await network.MemberAsync("Irena", languages: Both, isBridge: true);
        var (rasa, jan) = await AcceptedAsync(network);
        irena.DoesNotSee("Galiu padėti");

        await danuta.Presses("Šį kartą ne");
        danuta.Sees("Ačiū, kad pranešėte");
        irena.Sees("Galiu padėti");
        await network.PassAsync(TimeSpan.FromHours(72));

        rasa.Sees("Šiuo metu nėra kas padėtų išversti");
        jan.Sees("W tej chwili nikt nie może pomóc w tłumaczeniu");
        await irena.Presses("Galiu padėti");
        irena.Sees("jau išspręstas");
        await using var db = network.Read();
        (await db.Interpretings.ToListAsync()).ShouldAllBe(interpreting => interpreting.State == InterpretingState.Declined && interpreting.DueAt == null);
    }

    private static async Task<(ScriptedMember Rasa, ScriptedMember Jan)> AcceptedAsync(TestNetwork network)
    {
        var rasa = await network.MemberAsync("Rasa");
        var jan = await network.MemberAsync("Jan", "PL");
        await rasa.AsksAsync();
        jan.Sees("Brak wspólnego języka");
        await jan.Presses("Tak, chcę się poznać");
        return (rasa, jan);
    }
}
