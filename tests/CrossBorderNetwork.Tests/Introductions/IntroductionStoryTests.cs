using System.Text.Json.Nodes;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Introductions;

public class IntroductionStoryTests
{
    [Fact]
    public async Task A_Lithuanian_asks_a_Pole_says_yes_and_both_get_the_contact_and_a_first_message_in_their_language()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();

        await ona.Types("/partners");
        ona.Sees("Jan Kowalski");
        ona.Sees("lenkų (dirba šia kalba)");
        ona.Sees("Bendros temos: ");
        ona.Sees("Siūlo tai, ko ieškote: mainų vizitai.");
        ona.Sees("Bendra kalba: lenkų.");
        await ona.Presses("Noriu susipažinti");
        await ona.Types("Norėtume atvykti pavasarį.");
        await ona.Presses("Taip, klauskite");
        ona.Sees("Klausimas išsiųstas: Jan Kowalski");

        jan.Sees("Ktoś po drugiej stronie granicy chce nawiązać znajomość");
        jan.Sees("Ona Petraitė");
        jan.Sees("Vyturėlis");
        jan.Sees("Szuka oferowanych form współpracy: wizyty w ramach wymiany.");
        jan.Sees("Kilka słów od tej osoby (język litewski):\nNorėtume atvykti pavasarį.");
        ona.HasNeverSeen(Border.JansContact);
        jan.HasNeverSeen(Border.OnasContact);

        await jan.Presses("Tak, chcę się poznać");
        jan.Sees(Border.OnasContact);
        jan.Sees("Nazywam się Jan Kowalski");
        ona.Sees("Abi pusės sutiko");
        ona.Sees(Border.JansContact);
        ona.Sees("Nazywam się Ona Petraitė");

        await ona.Types("/introductions");
        ona.Sees("• Jan Kowalski, Augustavas");
        ona.Sees(Border.JansContact);
        await ona.Types("/partners");
        ona.DoesNotSee("Jan Kowalski");
    }

    [Fact]
    public async Task A_no_is_told_without_its_reason_and_leads_to_the_next_suggestion()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();

        await jan.Presses("Nie");
        jan.Sees("Za daleko");
        await jan.Presses("Za daleko");
        jan.Sees("Dziękujemy za odpowiedź");

        ona.Sees("Jan Kowalski šį kartą susipažinti negali");
        ona.HasNeverSeen("toli");
        (await network.IntroductionAsync()).ShouldSatisfyAllConditions(
            introduction => introduction.State.ShouldBe(IntroductionState.Declined),
            introduction => introduction.DeclineReason.ShouldBe("far"));
        var (jans, onas) = (await IntroductionInFileOfAsync(network, jan), await IntroductionInFileOfAsync(network, ona));
        ((string?)jans["decline_reason"]).ShouldBe("far");
        jans.ShouldContainKey("no_by");
        jans.ShouldNotContainKey("yes_by");
        onas.ShouldContainKey("yes_by");
        onas.ShouldNotContainKey("no_by");
        onas.ShouldNotContainKey("decline_reason");
        await network.MemberAsync("Ewa Nowak", "PL", languages: new Dictionary<string, string> { ["pl"] = "works" });
        await ona.Presses("Kitas pasiūlymas");
        ona.Sees("Ewa Nowak");
        Nobody_has_seen_a_contact(ona, jan);
    }

    [Fact]
    public async Task A_no_needs_no_reason()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();

        await jan.Presses("Nie");
        await jan.Presses("Pomiń");

        jan.Sees("Dziękujemy za odpowiedź");
        (await network.IntroductionAsync()).DeclineReason.ShouldBeNull();
    }

    [Fact]
    public async Task Later_asks_again_after_three_days_and_only_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();
        var later = jan.Press("Później");

        await jan.Presses("Później");
        jan.Sees("zapytamy ponownie za 3 dni");
        await network.PassAsync(TimeSpan.FromDays(2));
        jan.DoesNotSee("Zgodnie z prośbą");
        await network.PassAsync(TimeSpan.FromDays(1));
        jan.Sees("Zgodnie z prośbą pytamy ponownie");
        jan.Phone.Messages[^1].Buttons.Select(button => button.Label).ShouldBe(["Tak, chcę się poznać", "Nie", "Moje ustawienia"]);
        await jan.Does(later);
        jan.Sees("było już raz odłożone");
        await network.PassAsync(TimeSpan.FromDays(3));
        ona.Sees("Jan Kowalski neatsakė");
    }

    [Fact]
    public async Task Without_an_answer_there_is_one_reminder_and_then_it_lapses_kindly()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();

        await network.PassAsync(TimeSpan.FromHours(71));
        jan.DoesNotSee("Na odpowiedź wciąż czeka");
        await network.PassAsync(TimeSpan.FromHours(1));
        await network.RunJobAsync("introductions");
        jan.Phone.Messages.Count(message => message.Text.Contains("Na odpowiedź wciąż czeka", StringComparison.Ordinal)).ShouldBe(1);
        await network.PassAsync(TimeSpan.FromHours(72));
        await network.RunJobAsync("introductions");

        ona.Phone.Messages.Count(message => message.Text.Contains("Jan Kowalski neatsakė", StringComparison.Ordinal)).ShouldBe(1);
        (await network.IntroductionAsync()).State.ShouldBe(IntroductionState.Lapsed);
        await jan.Presses("Tak, chcę się poznać");
        jan.Sees("zostało zamknięte");
        Nobody_has_seen_a_contact(ona, jan);
    }

    [Fact]
    public async Task Who_asks_whom_was_asked_by_at_the_same_time_is_introduced_at_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await jan.Types("/partners");
        await jan.Presses("Chcę się poznać");
        await jan.Presses("Pomiń");
        await ona.AsksAsync();

        await jan.Presses("Tak, proszę zapytać");

        jan.Sees("ta osoba prosiła o to samo");
        jan.Sees(Border.OnasContact);
        ona.Sees(Border.JansContact);
        (await network.IntroductionAsync()).State.ShouldBe(IntroductionState.Accepted);
    }

    [Fact]
    public async Task Two_who_press_at_the_same_instant_make_one_introduction()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.Types("/partners");
        await ona.Presses("Noriu susipažinti");
        await ona.Presses("Praleisti");
        await jan.Types("/partners");
        await jan.Presses("Chcę się poznać");
        await jan.Presses("Pomiń");

        await network.AcceptAsync(ona.Press("Taip, klauskite"), jan.Press("Tak, proszę zapytać"));
        await network.SettleAsync();

        (await network.IntroductionAsync()).State.ShouldBe(IntroductionState.Accepted);
        ona.Sees(Border.JansContact);
        jan.Sees(Border.OnasContact);
    }

    [Fact]
    public async Task Pressing_twice_asks_once_and_accepts_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.Types("/partners");
        await ona.Presses("Noriu susipažinti");
        await ona.Presses("Praleisti");
        var ask = ona.Press("Taip, klauskite");
        await network.AcceptAsync(ask, ask);
        await network.SettleAsync();
        await ona.Does(ask);

        var yes = jan.Press("Tak, chcę się poznać");
        await network.AcceptAsync(yes, yes);
        await network.SettleAsync();
        await jan.Does(yes);
        jan.Sees("Zgodziły się obie strony");

        (await network.IntroductionAsync()).State.ShouldBe(IntroductionState.Accepted);
        jan.Phone.Messages.Count(message => message.Text.Contains("chce nawiązać znajomość", StringComparison.Ordinal)).ShouldBe(1);
        ona.Phone.Messages.Count(message => message.Text.Contains("Abi pusės sutiko", StringComparison.Ordinal)).ShouldBe(1);
        await using var db = network.Read();
        (await db.Set<CrossBorderNetwork.Members.Member>().Select(member => member.TimesFound).ToListAsync()).ShouldAllBe(times => times == 1);
    }

    private static async Task<JsonObject> IntroductionInFileOfAsync(TestNetwork network, ScriptedMember person)
    {
        await person.Types("/mydata");
        var file = network.Channel.Sent.Last(sent => sent.Message.File is not null).Message.File!.Content;
        return JsonNode.Parse(file)!["stored"]!["introduction"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
    }

    private static void Nobody_has_seen_a_contact(ScriptedMember ona, ScriptedMember jan)
    {
        ona.HasNeverSeen(Border.JansContact);
        jan.HasNeverSeen(Border.OnasContact);
    }
}
