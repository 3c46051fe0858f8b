using CrossBorderNetwork.Calls;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Calls;

public class InterestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_contact_is_shown_to_the_author_only_after_a_sentence_that_says_so()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona Petraitė", contact: "ona@example.org", organisation: "Birštono „Vyturėlis“");
        var rasa = await network.MemberAsync("Rasa", contact: "rasa@example.org");
        var id = await network.AddCallAsync(jan);

        await rasa.OpensCall(id);
        await rasa.Presses("Domina");
        await rasa.Presses("Ne");
        await ona.OpensCall(id);
        await ona.Presses("Domina");
        ona.Sees("autorius matys Jūsų vardą, organizaciją ir kontaktą (ona@example.org)");
        (await network.InterestsAsync()).ShouldBeEmpty();
        await ona.Presses("Taip, ir parašyti");
        await ona.Types("Norėtume *atvykti* pavasarį.");
        ona.Sees("Dabar autorius mato");

        jan.Sees("Zgłoszono zainteresowanie");
        jan.DoesNotSee("ona@example.org");
        await jan.OpensCall(id);
        jan.Sees("Zainteresowanych: 1");
        await jan.Presses("Kto jest zainteresowany");
        jan.Sees("1. Ona Petraitė, Birštono „Vyturėlis“, ona@example.org\nNorėtume *atvykti* pavasarį.");
        jan.HasNeverSeen("rasa@example.org");
    }

    [Fact]
    public async Task Showing_interest_twice_counts_once_and_the_author_is_told_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona");
        var id = await network.AddCallAsync(jan);

        await ona.PressesToken($">calls/interested/{id}");
        await ona.Presses("Taip");
        await ona.PressesToken($">calls/interested/{id}");
        ona.Sees("jau parodėte");
        (await network.InterestsAsync()).Count.ShouldBe(1);

        await ona.Presses("Nebedomina");
        ona.Sees("Autorius Jūsų vardo ir kontakto nebemato");
        (await network.InterestsAsync()).ShouldBeEmpty();
        await ona.Presses("Domina");
        await ona.Presses("Taip");

        jan.TimesShown("Zgłoszono zainteresowanie").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_but_the_author_sees_who_is_interested_or_closes_the_call()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var jonas = await network.CoordinatorAsync("Jonas", "LT");
        var id = await network.AddCallAsync(jan);
        await jonas.OpensCall(id);
        jonas.Buttons.ShouldNotContain("Kas susidomėjo");
        jonas.Buttons.ShouldNotContain("Baigti kvietimą");

        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct))
        {
            var outcome = await network.Services.GetRequiredService<CloseCall>().RunAsync(work, await jonas.PersonIdAsync(), id, CallOutcome.NobodyFound, Ct);
            outcome.ShouldBe(CloseOutcome.NotYours);
            await work.CommitAsync(Ct);
        }

        (await network.CallAsync(id)).Outcome.ShouldBeNull();
        await using var db = network.Read();
        (await db.Audit.SingleAsync(Ct)).Act.ShouldBe("denied:call.close");
    }

    [Fact]
    public async Task The_author_closes_the_call_with_what_came_of_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona");
        var id = await network.AddCallAsync(jan);

        await jan.OpensCall(id);
        await jan.Presses("Zamknij ogłoszenie");
        await jan.Presses("Znaleziono partnera");

        jan.Sees("Ogłoszenie zamknięte: znaleziono partnera");
        (await network.CallAsync(id)).Outcome.ShouldBe(CallOutcome.PartnerFound);
        await ona.PressesToken($">calls/interested/{id}");
        ona.Sees("Kvietimas baigtas");
        (await network.InterestsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_ends_with_its_last_day_and_the_author_is_asked_once_what_came_of_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona");
        // The sixth ends in Vilnius at nine in the evening of UTC.
        var id = await network.AddCallAsync(jan, lastDay: new DateOnly(2026, 10, 6));
        await ona.PressesToken($">calls/interested/{id}");
        await ona.Presses("Taip");

        network.Clock.SetUtcNow(new DateTimeOffset(2026, 10, 6, 20, 59, 0, TimeSpan.Zero));
        await network.RunJobAsync("call-expiry");
        (await network.CallAsync(id)).Outcome.ShouldBeNull();
        network.Clock.SetUtcNow(new DateTimeOffset(2026, 10, 6, 21, 0, 0, TimeSpan.Zero));
        await ona.OpensCall(id);
        ona.Sees("Kvietimo terminas pasibaigė");
        await network.RunJobAsync("call-expiry");
        jan.HasNeverSeen("Minął termin");
        await network.AdvanceAsync(TimeSpan.FromHours(10));
        await network.RunJobAsync("call-expiry");

        jan.Sees("Minął termin ogłoszenia: Kvietimas");
        jan.Sees("Zgłosiła się 1 osoba");
        jan.TimesShown("Minął termin").ShouldBe(1);
        (await network.CallAsync(id)).Outcome.ShouldBe(CallOutcome.Expired);
        await jan.Presses("Otwórz ogłoszenie");
        await jan.Presses("Zamknij ogłoszenie");
        await jan.Presses("Nie znaleziono partnera");
        (await network.CallAsync(id)).Outcome.ShouldBe(CallOutcome.NobodyFound);
    }

    [Fact]
    public async Task A_call_whose_author_was_forgotten_is_over()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona");
        var id = await network.AddCallAsync(jan);

        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct))
        {
            await network.Services.GetRequiredService<Erase>().RunAsync(work, await jan.PersonIdAsync(), Ct);
            await work.CommitAsync(Ct);
        }
        await ona.Types("/calls");
        ona.Sees("kvietimų nėra");
        await ona.PressesToken($">calls/interested/{id}");

        ona.Sees("Kvietimas baigtas");
        (await network.InterestsAsync()).ShouldBeEmpty();
    }
}
