using CrossBorderNetwork.Data;
using CrossBorderNetwork.Events;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Events;

public sealed class NewEventTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_missing_language_is_named_before_publishing_and_its_readers_see_the_next_one_marked()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona", "LT");

        await DraftAsync(jan);

        // The question stands below what it asks about.
        jan.Phone.Messages[^1].Text.ShouldContain("Brakuje tekstu w językach: litewski.");
        jan.Sees("(Tekstas anglų kalba.)");
        jan.Sees("Osoby czytające po polsku zobaczą:\n\nPiknik rodzinny");
        await jan.Presses("Opublikuj mimo to");
        jan.Sees("Opublikowano");

        await ona.Types("/events");
        await ona.Presses("Family picnic");
        ona.Sees("Family picnic\n\nGames for whole families.\n(Tekstas anglų kalba.)");
        // Eleven in Warsaw is noon in Vilnius.
        ona.Sees("2026 m. gruodžio 5 d., šeštadienis, 12:00–15:00");
        await using var db = network.Read();
        var published = await db.Events.SingleAsync(Ct);
        published.StartsAt.ShouldBe(new DateTimeOffset(2026, 12, 5, 10, 0, 0, TimeSpan.Zero));
        published.IsPublic.ShouldBeTrue();
        published.OrganisersLt.ShouldBe(["Birštono „Vyturėlis“", "Birštono savivaldybė"]);
        published.OrganisersPl.ShouldBe(["Gmina Korycin"]);
        published.IsJoint.ShouldBeTrue();
        var note = await db.Audit.SingleAsync(Ct);
        (note.Act, note.Subject, note.PersonId).ShouldBe(("event.publish", published.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), await jan.PersonIdAsync()));
    }

    [Fact]
    public async Task The_missing_language_can_be_added_at_the_preview()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona", "LT");
        await DraftAsync(jan);

        await jan.Presses("Dodaj brakujący język");
        await jan.Types("Šeimų piknikas");
        await jan.Types("Žaidimai visai šeimai.");
        jan.DoesNotSee("Brakuje tekstu");
        await jan.Presses("Opublikuj");

        await ona.Types("/events");
        await ona.Presses("Šeimų piknikas");
        ona.Sees("Žaidimai visai šeimai.");
        ona.DoesNotSee("Tekstas");
    }

    [Fact]
    public async Task One_answer_can_be_changed_without_giving_the_others_again()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await DraftAsync(jan);

        await jan.Presses("Zmień coś");
        await jan.Presses("Termin");
        await jan.Types("6 grudnia 10:00");
        await jan.Presses("Kilka dni");
        await jan.Types("6 grudnia 9:00");
        jan.Sees("nie może skończyć się, zanim się zacznie");
        await jan.Types("8 grudnia 16:00");
        jan.Sees("niedziela, 6 grudnia 2026, 10:00 – wtorek, 8 grudnia 2026, 16:00");
        await jan.Presses("Opublikuj mimo to");

        await using var db = network.Read();
        (await db.Events.SingleAsync(Ct)).EndsAt.ShouldBe(new DateTimeOffset(2026, 12, 8, 15, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_draft_waits_while_its_author_looks_at_something_else()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await DraftAsync(jan);

        await jan.Types("/events");
        jan.Sees("Obecnie nie ma zaplanowanych wydarzeń");
        await jan.Types("/newevent");
        jan.Sees("Wracamy do miejsca");
        await jan.Presses("Opublikuj mimo to");

        jan.Sees("Opublikowano");
    }

    [Fact]
    public async Task A_discarded_draft_leaves_nothing()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await DraftAsync(jan);

        await jan.Presses("Odrzuć");

        jan.Sees("Nic nie opublikowano");
        await using var db = network.Read();
        (await db.Events.AnyAsync(Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_event_without_any_title_is_not_drafted()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");

        await jan.Types("/newevent");
        for (var language = 0; language < 3; language++) await jan.Presses("Pomiń");

        jan.Sees("musi mieć tytuł przynajmniej w jednym języku");
    }

    [Fact]
    public async Task A_draft_whose_hour_has_passed_is_not_published()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await DraftAsync(jan, when: "7 października 11:00");

        await network.AdvanceAsync(TimeSpan.FromDays(3));
        await jan.Presses("Opublikuj mimo to");
        jan.Sees("Ten termin już minął");
        await jan.Types("5 grudnia 11:00");
        await jan.Presses("Pomiń");
        await jan.Presses("Opublikuj mimo to");

        jan.Sees("Opublikowano");
    }

    [Fact]
    public async Task Whoever_is_no_coordinator_is_denied_and_it_is_noted()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona", "LT");

        await ona.Types("/newevent");

        ona.Sees("skelbti gali tik koordinatoriai");
        await using var db = network.Read();
        var note = await db.Audit.SingleAsync(Ct);
        (note.Act, note.PersonId).ShouldBe(("denied:event.publish", await ona.PersonIdAsync()));
    }

    [Fact]
    public async Task A_coordinator_who_is_dismissed_while_drafting_publishes_nothing()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await DraftAsync(jan);
        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(Ct))
        {
            await work.Db.Coordinators.ExecuteDeleteAsync(Ct);
            await work.CommitAsync(Ct);
        }

        await jan.Presses("Opublikuj mimo to");

        jan.Sees("mogą ogłaszać tylko koordynatorzy");
        await using var db = network.Read();
        (await db.Events.AnyAsync(Ct)).ShouldBeFalse();
        (await db.Audit.SingleAsync(Ct)).Act.ShouldBe("denied:event.publish");
    }

    /// <summary>A picnic with Polish and English texts, up to its preview.</summary>
    private static async Task DraftAsync(ScriptedMember jan, string when = "5 grudnia 11:00")
    {
        await jan.Types("/newevent");
        await jan.Presses("Pomiń");
        await jan.Types("Piknik rodzinny");
        await jan.Types("Zabawy dla całych rodzin.");
        await jan.Types("Family picnic");
        await jan.Types("Games for whole families.");
        await jan.Types(when);
        await jan.Presses("3 godziny");
        await jan.Presses("Na miejscu");
        await jan.Types("Korycin, ul. Knyszyńska 2");
        await jan.Presses("Otwarte");
        await jan.Types("Birštono „Vyturėlis“; Birštono savivaldybė");
        await jan.Types("Gmina Korycin");
        await jan.Presses("Pomiń");
        await jan.Presses("Pomiń");
    }
}
