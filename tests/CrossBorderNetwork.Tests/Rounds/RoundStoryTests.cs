using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Rounds;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Introductions;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Rounds;

public class RoundStoryTests
{
    private static readonly Dictionary<string, string> Polish = new() { ["pl"] = "works" };
    private static readonly Dictionary<string, string> Both = new() { ["lt"] = "works", ["pl"] = "converses" };

    [Fact]
    public async Task A_month_begins_a_coordinator_looks_and_sends_and_both_are_introduced_each_in_their_language()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();

        await network.MatchAsync();
        rasa.Sees("waits for your look");
        ona.HasNeverSeen("Jan");
        await rasa.Presses("Look at it");
        rasa.Sees("1 pair among 2 members");
        rasa.Sees("Lithuania: 1 of 1 get somebody (at best 1)");
        await rasa.Presses("The pairs");
        await rasa.Presses("Ona Petraitė – Jan Kowalski");
        rasa.Sees("They offer what you look for: exchange visits.");
        rasa.DoesNotSee(Border.OnasContact);
        await network.SendsAsync(rasa);
        rasa.Sees("everybody has been told");

        ona.Sees("Šį mėnesį siūlome susipažinti:");
        ona.Sees("Siūlo tai, ko ieškote: mainų vizitai.");
        jan.Sees("W tym miesiącu proponujemy znajomość:");
        jan.Sees("Szuka oferowanych form współpracy: wizyty w ramach wymiany.");
        await jan.Presses("Tak, chcę się poznać");
        jan.Sees("Gdy zgodzi się także druga strona");
        jan.HasNeverSeen(Border.OnasContact);
        ona.HasNeverSeen(Border.JansContact);
        await ona.Presses("Taip, supažindinkite");
        ona.Sees(Border.JansContact);
        jan.Sees(Border.OnasContact);

        await rasa.Types("/round");
        rasa.Sees("1 pair was introduced: 1 said yes on both sides");
    }

    [Fact]
    public async Task A_month_has_one_round_whoever_begins_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await network.OnaAsync();
        await network.JanAsync();

        await rasa.Types("/round");
        var begin = rasa.Press("Begin this month's round");
        await network.AcceptAsync(begin, begin);
        await network.SettleAsync();
        await network.MatchAsync();
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        await network.LiveAsync(TimeSpan.FromHours(2));

        await using var db = network.Read();
        (await db.Rounds.SingleAsync()).ShouldSatisfyAllConditions(
            round => round.Month.ShouldBe("2026-10"),
            round => round.StartedBy.ShouldNotBeNull(),
            round => round.State.ShouldBe(RoundState.Sent),
            round => round.Value.ShouldBeLessThanOrEqualTo(round.Bound));
        (await network.IntroductionsAsync()).Count.ShouldBe(1);
        (await db.Set<CrossBorderNetwork.Members.AuditEntry>().Select(entry => entry.Act).ToListAsync()).ShouldBe(["round.start", "round.approve"]);
    }

    [Fact]
    public async Task A_round_begins_by_itself_only_on_a_working_day_of_both_countries()
    {
        // All Saints' 2026 is a Sunday; Monday, 2 November is a holiday in Lithuania.
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions { Now = new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero) });
        await network.OnaAsync();
        await network.JanAsync();

        await network.MatchAsync();
        await using (var db = network.Read()) (await db.Rounds.AnyAsync()).ShouldBeFalse();
        network.Clock.Advance(TimeSpan.FromHours(21));
        await network.MatchAsync();
        await using (var db = network.Read()) (await db.Rounds.AnyAsync()).ShouldBeFalse();
        network.Clock.Advance(TimeSpan.FromHours(2));
        await network.MatchAsync();

        await using (var db = network.Read()) (await db.Rounds.SingleAsync()).Month.ShouldBe("2026-11");
    }

    [Fact]
    public async Task Without_a_look_the_coordinators_are_reminded_once_and_then_it_goes_out_by_itself()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await network.MatchAsync();

        await network.LiveAsync(TimeSpan.FromDays(2));
        await network.LiveAsync(TimeSpan.FromDays(1));
        rasa.Count("still waits for your look").ShouldBe(1);
        ona.HasNeverSeen("Jan");
        await network.LiveAsync(TimeSpan.FromDays(2));

        ona.Sees("Jan Kowalski");
    }

    [Fact]
    public async Task Who_is_declined_is_matched_again_at_once_with_whoever_was_left_out()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        var ewa = await network.MemberAsync("Ewa Nowak", "PL", languages: Polish, topics: ["music"]);
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ona.Sees("Jan Kowalski");
        ewa.Sees("tym razem nikt nie został");

        await jan.Presses("Nie");
        await jan.Presses("Za daleko");
        ona.Sees("Jau ieškome Jums kito žmogaus");
        ona.HasNeverSeen("toli");
        await network.LiveAsync(TimeSpan.FromMinutes(5));

        ona.Sees("Ewa Nowak");
        ewa.Sees("Ona Petraitė");
        (await network.SeatAsync(ewa)).LeftOut.ShouldBeNull();
        await network.LiveAsync(TimeSpan.FromMinutes(5));
        (await network.IntroductionsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_hears_nothing_is_matched_again_within_three_days_and_the_silent_one_is_left_in_peace()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        var ewa = await network.MemberAsync("Ewa Nowak", "PL", languages: Polish, topics: ["music"]);
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        await ona.Presses("Taip, supažindinkite");

        await network.LiveAsync(TimeSpan.FromHours(48));
        await network.LiveAsync(TimeSpan.FromHours(1));
        jan.Count("Na odpowiedź wciąż czeka").ShouldBe(1);
        ona.Count("Jūsų atsakymo tebelaukia").ShouldBe(0);
        await network.LiveAsync(TimeSpan.FromHours(23));

        ona.Sees("Jan Kowalski neatsakė");
        ona.Sees("Ewa Nowak");
        ewa.Sees("Ona Petraitė");
        var seen = jan.Phone.Messages.Count;
        await network.LiveAsync(TimeSpan.FromDays(3));
        jan.Phone.Messages.Count.ShouldBe(seen);
    }

    [Fact]
    public async Task Later_asks_this_one_again_and_reminds_the_other_once()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await network.MatchAsync();
        await network.SendsAsync(rasa);

        await ona.Presses("Vėliau");
        await network.LiveAsync(TimeSpan.FromDays(3));

        ona.Sees("Prašėte paklausti vėliau");
        jan.Sees("Na odpowiedź wciąż czeka");
        await ona.Presses("Taip, supažindinkite");
        await jan.Presses("Tak, chcę się poznać");
        (await network.IntroductionsAsync()).ShouldHaveSingleItem().State.ShouldBe(IntroductionState.Accepted);
    }

    [Fact]
    public async Task Who_was_left_out_is_told_and_takes_precedence_next_month()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var jan = await network.JanAsync();
        var ona = await network.MemberAsync("Ona Petraitė", languages: Both, topics: ["outdoor", "music"], seeks: ["visit"]);
        var ieva = await network.MemberAsync("Ieva Rimkutė", languages: Both, topics: ["steam"]);
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ieva.Sees("Kitą mėnesį pirmenybę teiksime Jums");
        ieva.Count("Kitą mėnesį").ShouldBe(1);
        await jan.Presses("Tak, chcę się poznać");
        await ona.Presses("Taip, supažindinkite");
        (await network.SeatAsync(ieva)).RoundsWaited.ShouldBe(0);

        await network.NextMonthAsync();
        await network.MemberAsync("Lina Urbonaitė", languages: Both, topics: ["steam"]);
        await network.MatchAsync();
        await network.SendsAsync(rasa);

        (await network.SeatAsync(ieva)).ShouldSatisfyAllConditions(seat => seat.RoundsWaited.ShouldBe(1), seat => seat.LeftOut.ShouldBeNull());
        ieva.Sees("Jan Kowalski");
    }

    [Fact]
    public async Task Three_rounds_without_an_answer_bring_one_kind_question_and_peace_until_the_member_comes_back()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.OnaAsync();
        for (var month = 0; month < 3; month++)
        {
            await network.MemberAsync($"Jan {"ABC"[month]}", "PL", languages: Polish);
            await network.MatchAsync();
            await network.SendsAsync(rasa);
            ona.Sees($"Jan {"ABC"[month]}");
            ona.HasNeverSeen("Jau tris kartus");
            await network.LiveAsync(TimeSpan.FromDays(3));
            await network.NextMonthAsync();
        }
        ona.Sees("Jau tris kartus siūlėme");
        ona.Count("Jau tris kartus").ShouldBe(1);

        await network.MemberAsync("Jan D", "PL", languages: Polish);
        await network.MatchAsync();
        await network.SendsAsync(rasa);
        ona.HasNeverSeen("Jan D");
        await network.NextMonthAsync();
        await ona.Presses("Noriu likti");
        await network.MatchAsync();
        await network.SendsAsync(rasa);

        ona.Sees("Jan ");
    }
}
