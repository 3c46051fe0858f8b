using CrossBorderNetwork.Calls;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Events;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Calls;

public sealed class NewCallTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_goes_from_draft_over_preview_to_the_members()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona", "LT");

        await jan.Types("/newcall");
        await jan.Presses("Partner do projektu");
        await jan.Presses("Pomiń");
        await jan.Types("Szukamy partnera");
        await jan.Types("Projekt o edukacji w terenie.");
        await jan.Presses("Pomiń");
        await jan.Types("logopedia");
        await jan.Presses("Gotowe");
        await jan.Presses("Dyrektor");
        await jan.Presses("Gotowe");
        await jan.Presses("Litwa");
        await jan.Presses("Gotowe");
        await jan.Types("5 grudnia");
        jan.Sees("Brakuje tekstu w językach: litewski i angielski.");
        jan.Sees("Kam skirta: įstaigos vadovas (-ė)");
        await jan.Presses("Zmień coś");
        await jan.Presses("Kto jest poszukiwany");
        await jan.Presses("✓ Dyrektor");
        await jan.Presses("Nauczyciel");
        await jan.Presses("Gotowe");
        await jan.Presses("Gotowe");
        await jan.Presses("Opublikuj mimo to");
        jan.Sees("Opublikowano");

        await ona.Types("/calls");
        ona.Sees("Šiuo metu galioja 1 kvietimas");
        await ona.Presses("Szukamy partnera");
        ona.Sees("Szukamy partnera · Projekto partneris\n\nProjekt o edukacji w terenie.\n(Tekstas lenkų kalba.)");
        ona.Sees("Galioja iki: 2026 m. gruodžio 5 d., šeštadienis");
        ona.Sees("Kam skirta: pedagogas (-ė)");
        ona.Sees("Kvietimą skelbia: Jan");
        await using var db = network.Read();
        var call = await db.Calls.SingleAsync(Ct);
        // The fifth ends at midnight in Warsaw.
        call.ClosesAt.ShouldBe(new DateTimeOffset(2026, 12, 5, 23, 0, 0, TimeSpan.Zero));
        (call.Type, call.Sides, call.Topics).ShouldBe(("partner", call.Sides, call.Topics));
        call.Sides.ShouldBe(["LT"]);
        call.Topics.ShouldBe(["speech"]);
        (await db.Audit.SingleAsync(Ct)).Act.ShouldBe("call.publish");
    }

    [Fact]
    public async Task Whoever_is_no_coordinator_is_denied_and_it_is_noted()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona");

        await ona.Types("/newcall");

        ona.Sees("skelbti gali tik koordinatoriai");
        await using var db = network.Read();
        (await db.Audit.SingleAsync(Ct)).Act.ShouldBe("denied:call.publish");
    }

    [Fact]
    public async Task A_draft_whose_last_day_has_passed_is_not_published()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        await jan.Types("/newcall");
        await jan.Presses("Wizyta");
        await jan.Presses("Pomiń");
        await jan.Types("Wizyta studyjna");
        for (var i = 0; i < 5; i++) await jan.Presses("Pomiń");
        await jan.Types("7 października");

        await network.AdvanceAsync(TimeSpan.FromDays(3));
        await jan.Presses("Opublikuj mimo to");

        jan.Sees("Ten dzień już minął");
        await using var db = network.Read();
        (await db.Calls.AnyAsync(Ct)).ShouldBeFalse();
    }
}
