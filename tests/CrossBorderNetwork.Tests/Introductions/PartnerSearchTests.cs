using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Introductions;

public class PartnerSearchTests
{
    private static readonly Dictionary<string, string> Polish = new() { ["pl"] = "works" };

    [Fact]
    public async Task Next_shows_everybody_once_and_then_says_so()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        string[] names = ["Jan Kowalski", "Ewa Nowak", "Piotr Zieliński"];
        foreach (var name in names) await network.MemberAsync(name, "PL", languages: Polish);

        await ona.Types("/partners");
        foreach (var _ in names) await ona.Presses("Kitas pasiūlymas");

        ona.Sees("Kol kas tai visi pasiūlymai");
        foreach (var name in names) Occurrences(ona.Transcript, name).ShouldBe(1);
        await ona.Presses("Nuo pradžių");
        ona.Sees("Noriu susipažinti");
    }

    [Fact]
    public async Task Not_now_hides_a_person_for_30_days()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await ona.Types("/partners");

        await ona.Presses("Ne dabar");
        ona.Sees("nerodysime 30 dienų");
        network.Clock.Advance(TimeSpan.FromDays(29));
        await ona.Types("/partners");
        ona.DoesNotSee("Jan Kowalski");
        network.Clock.Advance(TimeSpan.FromDays(1));
        await ona.Types("/partners");
        ona.Sees("Jan Kowalski");
    }

    [Fact]
    public async Task Never_holds_in_both_directions_and_is_told_to_nobody()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.Types("/partners");

        await ona.Presses("Niekada nerodyti");
        ona.Sees("niekam nepranešime");
        await ona.Presses("Taip");
        network.Clock.Advance(TimeSpan.FromDays(400));

        await ona.Types("/partners");
        ona.DoesNotSee("Jan Kowalski");
        jan.Phone.Messages.ShouldBeEmpty();
        await jan.Types("/partners");
        jan.DoesNotSee("Ona");
    }

    [Fact]
    public async Task Whoever_is_set_aside_for_good_after_the_card_was_shown_cannot_ask_any_more()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await jan.Types("/partners");
        await jan.Presses("Chcę się poznać");
        await jan.Presses("Pomiń");
        await ona.Types("/partners");
        await ona.Presses("Niekada nerodyti");
        await ona.Presses("Taip");

        await jan.Presses("Tak, proszę zapytać");

        jan.Sees("nie możemy przedstawić tej osoby");
        ona.DoesNotSee("Jan Kowalski");
        await using var db = network.Read();
        (await db.Introductions.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task At_most_three_questions_are_open_at_a_time()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        for (var i = 1; i <= 4; i++) await network.MemberAsync($"Osoba {i}", "PL", languages: Polish);
        for (var i = 1; i <= 3; i++) await ona.AsksAsync();

        await ona.Types("/partners");
        await ona.Presses("Noriu susipažinti");

        ona.Sees("Jau laukiate 3 atsakymų");
        await using var db = network.Read();
        (await db.Introductions.CountAsync()).ShouldBe(3);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("hidden")]
    [InlineData("gone")]
    [InlineData("blocked")]
    public async Task Who_is_not_there_at_the_moment_of_asking_is_not_asked(string why)
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.Types("/partners");
        await ona.Presses("Noriu susipažinti");
        await ona.Presses("Praleisti");

        await LeaveAsync(network, jan, why);
        await ona.Presses("Taip, klauskite");

        ona.Sees("supažindinti negalime");
        await ona.Types("/partners");
        ona.DoesNotSee("Jan Kowalski");
        await using var db = network.Read();
        (await db.Introductions.CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("hidden")]
    [InlineData("blocked")]
    public async Task A_yes_to_somebody_who_is_not_there_waits(string why)
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();
        await LeaveAsync(network, ona, why);

        await jan.Presses("Tak, chcę się poznać");

        jan.Sees("W tej chwili nie można skontaktować się z tą osobą");
        jan.HasNeverSeen(Border.OnasContact);
        (await network.IntroductionAsync()).State.ShouldBe(IntroductionState.Asked);
    }

    [Fact]
    public async Task A_yes_to_somebody_who_left_says_so_kindly()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();
        var id = await ona.PersonIdAsync();
        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None))
        {
            await network.Services.GetRequiredService<Erase>().RunAsync(work, id, CancellationToken.None);
            await work.CommitAsync(CancellationToken.None);
        }

        await jan.Presses("Tak, chcę się poznać");

        jan.Sees("Tej znajomości już nie ma");
        (await network.Services.GetRequiredService<PartnerPool>().AssessAsync(id, await jan.PersonIdAsync(), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_may_not_be_found_is_told_how_to_change_that()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona", mayBeFound: false);
        await network.JanAsync();
        await ona.Types("/partners");
        ona.Sees("/privacy");
    }

    [Fact]
    public async Task Nobody_who_fits_is_explained()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.MemberAsync("Rasa");
        await rasa.Types("/partners");
        rasa.Sees("Kitoje sienos pusėje dar nėra ką pasiūlyti");

        await network.JanAsync();
        await rasa.Types("/partners");
        rasa.Sees("bendros kalbos su jais kol kas neturite");
    }

    [Fact]
    public async Task Through_a_volunteer_who_speaks_both_languages_two_people_can_meet()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.MemberAsync("Rasa");
        await network.JanAsync();
        await network.MemberAsync("Danuta", languages: new Dictionary<string, string> { ["lt"] = "works", ["pl"] = "works" }, isBridge: true);

        await rasa.Types("/partners");

        rasa.Sees("Jan Kowalski");
        rasa.Sees("Bendrautumėte per tarpininką");
    }

    [Fact]
    public async Task A_button_of_an_old_digest_leads_to_the_card_or_says_that_it_no_longer_holds()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        var token = $">partners/introduce/{await jan.PersonIdAsync()}";

        await ona.PressesToken(token);
        ona.Sees("Jan Kowalski");
        await LeaveAsync(network, jan, "hidden");
        await ona.PressesToken(token);
        ona.Sees("Šis pasiūlymas nebegalioja");
        await ona.PressesToken(">partners/introduce/999999");
        ona.Sees("Šis pasiūlymas nebegalioja");
        await ona.PressesToken($">introductions/accept/999999");
        ona.Sees("Šios pažinties nebėra");
    }

    [Fact]
    public async Task Nobody_can_answer_for_another()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await ona.AsksAsync();
        var id = (await network.IntroductionAsync()).Id;

        await ona.PressesToken($">introductions/accept/{id}");

        ona.Sees("Šios pažinties nebėra");
        ona.HasNeverSeen(Border.JansContact);
        (await network.IntroductionAsync()).State.ShouldBe(IntroductionState.Asked);
    }

    private static async Task LeaveAsync(TestNetwork network, ScriptedMember who, string why)
    {
        var id = await who.PersonIdAsync();
        if (why == "blocked")
        {
            await who.Sends(ActivityKind.Left);
            return;
        }
        await WriteAsync(network, async db =>
        {
            var member = await db.Members.SingleAsync(member => member.Id == id);
            if (why == "paused") member.PausedUntil = network.Clock.GetUtcNow().AddDays(14);
            if (why == "hidden") member.MayBeFound = false;
            if (why == "gone") db.Members.Remove(member);
        });
    }

    private static async Task WriteAsync(TestNetwork network, Func<NetworkDb, Task> change)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        await change(work.Db);
        await work.CommitAsync(CancellationToken.None);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
