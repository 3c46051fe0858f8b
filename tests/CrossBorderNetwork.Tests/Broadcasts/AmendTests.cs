using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Broadcasts;

public class AmendTests
{
    [Fact]
    public async Task A_correction_reaches_every_delivered_copy_that_was_sent_with_that_text()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        var lithuanian = await PeopleAsync(network, 12, "LT", "lt");
        var polish = await PeopleAsync(network, 3, "PL", "pl");
        // Without an English text they got another one, and it is corrected with that.
        var english = await PeopleAsync(network, 3, "LT", "en");
        var gone = lithuanian[5];
        network.Channel.FailNext(new SendResult.Unreachable("blocked"), gone.Address);
        await SentAsync(network, rasa, Desk.Lithuanian, Desk.Polish);
        // Who reads in another language by now keeps the copy that was sent.
        await polish[0].Types("/language");
        await polish[0].Presses("Lietuvių");

        await rasa.Presses("Pataisyti tekstą");
        await rasa.Presses("lietuvių");
        await rasa.Types("Kviečiame į Birštoną gegužės 5 d.");
        rasa.Sees("Kviečiame į Birštoną gegužės 5 d.");
        await rasa.Presses("Taip, pataisyti");
        rasa.Sees("Taisomų žinučių: 14");

        foreach (var reader in lithuanian.Except([gone]).Concat(english))
        {
            reader.Screen.ShouldContain("Kviečiame į Birštoną gegužės 5 d.");
            reader.Screen.ShouldNotContain(Desk.Lithuanian);
            reader.Phone.Messages.ShouldHaveSingleItem();
        }
        gone.Screen.ShouldBeEmpty();
        foreach (var reader in polish) reader.Screen.ShouldContain(Desk.Polish);
        (await network.OnlyBroadcastAsync()).Result.Delivered.ShouldBe(17);
        (await network.ActsAsync())[^1].ShouldBe("announce.correct");
    }

    [Fact]
    public async Task A_withdrawal_takes_every_copy_of_the_last_two_days_away_and_tells_the_readers_of_older_ones()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        var young = await PeopleAsync(network, 9, "LT", "lt");
        var old = await PeopleAsync(network, 2, "PL", "pl");
        await SentAsync(network, rasa, Desk.Lithuanian, Desk.Polish);
        await using (var db = network.Read())
        {
            var before = network.Clock.GetUtcNow().AddHours(-49);
            await db.Outbox.Where(e => e.Source == "broadcast:1" && e.Key!.StartsWith("broadcast:1:pl:")).ExecuteUpdateAsync(set => set.SetProperty(e => e.EndedAt, before), Desk.Ct);
        }

        await rasa.Presses("Atšaukti pranešimą");
        rasa.Sees("Jį gavo 11 skaitytojų");
        rasa.Sees("Žinučių, kurios dings: 9");
        rasa.Sees("Senesnių nei 48 val., todėl „Telegram“ jas palieka: 2");
        await rasa.Presses("Taip, atšaukti");
        rasa.Sees("Šalinama žinučių: 9. Pranešta, kad nebegalioja: 2.");

        foreach (var reader in young) reader.Screen.ShouldBeEmpty();
        foreach (var reader in old)
        {
            reader.Screen.ShouldContain(Desk.Polish);
            reader.Screen.ShouldContain("Wcześniejszy komunikat jest nieaktualny: „Zapraszamy");
        }
        await rasa.PressesToken(">desk/withdraw/1");
        rasa.Sees("jau atšauktas");
        await rasa.PressesToken(">desk/correct/1");
        rasa.Sees("jau atšauktas");
    }

    [Fact]
    public async Task Where_nothing_can_be_edited_or_deleted_the_readers_are_told_honestly()
    {
        await using var network = await Desk.StartAsync(canEdit: false);
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        var ona = await network.MemberAsync("Ona");
        await SentAsync(network, rasa, Desk.Lithuanian);

        await rasa.Presses("Pataisyti tekstą");
        await rasa.Presses("lietuvių");
        await rasa.Types("Kitas tekstas.");
        await rasa.Presses("Taip, pataisyti");
        ona.Sees("Pataisyta: šis tekstas pakeičia ankstesnį pranešimą.");
        ona.Sees("Kitas tekstas.");
        await rasa.PressesToken(">desk/withdraw/1");
        rasa.Sees("Interneto pokalbyje, kur žinučių pašalinti negalima: 1");
        await rasa.Presses("Taip, atšaukti");

        ona.Sees("Ankstesnis pranešimas nebegalioja: „Kitas tekstas.“");
    }

    [Fact]
    public async Task While_it_goes_nothing_is_corrected_and_without_rights_never()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        var ona = await network.MemberAsync("Ona");
        var wire = network.HoldTheWire(but: rasa);
        await rasa.Sends(Desk.Lithuanian);
        await network.AdvanceQuietlyAsync(TimeSpan.FromSeconds(61));
        await network.AcceptAsync(rasa.Activity(ActivityKind.Press) with { Token = ">desk/correct/1" });
        await Desk.UntilAsync(() => rasa.Screen.Contains("Tai galima, kai siuntimas baigtas", StringComparison.Ordinal));
        wire.SetResult();
        await network.SettleAsync();
        await network.RunJobAsync("broadcasts");

        await rasa.Presses("Pataisyti tekstą");
        await rasa.Presses("lietuvių");
        await rasa.Types("Kitas tekstas.");
        await network.WithdrawRightsAsync(rasa);
        await rasa.Presses("Taip, pataisyti");

        rasa.Sees("Tai gali tik tinklo koordinatoriai");
        ona.Screen.ShouldNotContain("Kitas tekstas.");
        (await network.ActsAsync())[^1].ShouldBe("denied:announce.correct");
    }

    [Fact]
    public async Task Who_has_read_it_is_counted_once_and_still_when_forgotten()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync(wantsAnnouncements: false);
        var people = await PeopleAsync(network, 3, "LT", "lt");
        await rasa.Writes(Desk.Lithuanian);
        await rasa.Presses("Toliau");
        await rasa.Presses("„Perskaičiau“");
        await rasa.Presses("Baigta");
        await rasa.Presses("Siųsti dabar");
        await network.GoesOutAsync();
        await network.RunJobAsync("broadcasts");
        foreach (var reader in people.Take(2)) await reader.Presses("✓ Perskaičiau");
        await people[0].Presses("✓ Perskaičiau");
        people[0].Sees("Jau pranešėte");

        await rasa.Presses("Kas perskaitė");
        rasa.Sees("Perskaitė: 2 iš 3");
        rasa.Sees("lt 1");
        await people[1].Types("/forget");
        await people[1].Presses("Tęsti");
        await people[1].Presses("Viską ištrinti dabar");
        await network.SettleAsync();
        await rasa.Presses("Kas perskaitė");
        rasa.Sees("Perskaitė: 2 iš 3");
        rasa.DoesNotSee("lt 1\n");
    }

    private static async Task<List<ScriptedMember>> PeopleAsync(TestNetwork network, int count, string side, string language)
    {
        var people = new List<ScriptedMember>();
        for (var i = 0; i < count; i++) people.Add(await network.MemberAsync($"{language} {i}", side, language));
        return people;
    }

    private static async Task SentAsync(TestNetwork network, ScriptedMember rasa, string lithuanian, string polish = "")
    {
        await rasa.Sends(lithuanian, polish);
        await network.GoesOutAsync();
        await network.RunJobAsync("broadcasts");
        rasa.Sees("Pranešimo siuntimas baigtas.");
    }
}
