using CrossBorderNetwork.Events;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Texts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Broadcasts;

public class AudienceTests
{
    [Fact]
    public async Task Only_those_who_want_it_and_can_be_reached_get_it()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        ScriptedMember[] others =
        [
            await network.MemberAsync("Rūta", wantsAnnouncements: false),
            await network.MemberAsync("Ieva", adjust: member => member.PausedUntil = network.Clock.GetUtcNow().AddDays(3)),
            await network.MemberAsync("Eglė", adjust: member => member.MutedKinds = ["events", "news"]),
        ];
        var gone = await network.MemberAsync("Aldona");
        await gone.Sends(ActivityKind.Left);

        await rasa.Sends(Desk.Lithuanian);
        await network.GoesOutAsync();

        ona.Sees(Desk.Lithuanian);
        foreach (var other in others) other.Screen.ShouldBeEmpty();
        gone.DoesNotSee(Desk.Lithuanian);
    }

    [Fact]
    public async Task Each_facet_narrows_the_readers_and_all_of_them_together_still_more()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await network.MemberAsync("Ona", role: "head", topics: ["music"], organisation: "Lakštingala", languages: new Dictionary<string, string> { ["lt"] = "works", ["en"] = "converses" });
        await network.MemberAsync("Jonas", role: "head", topics: ["music", "play"], municipality: "LT02");
        await network.MemberAsync("Jan", side: "PL", topics: ["play"], languages: new Dictionary<string, string> { ["pl"] = "works", ["en"] = "works" });
        await network.MemberAsync("Ewa", side: "PL", role: "head", topics: ["outdoor"]);
        await AddEventAsync(network, "Chorų diena", "Jan");
        await rasa.Writes(Desk.Lithuanian);

        await Narrows("Šalis", "Lenkijos", 2, "Šalis: Lenkija");
        await Ticks("Vaidmuo", ["Įstaigos vadovas"], 3, "Vaidmuo: Įstaigos vadovas (-ė)");
        await Ticks("Tema", ["Muzika"], 2, "Tema: ");
        await Ticks("Mokama kalba", ["anglų"], 2, "Kalba: anglų");
        await Types("Savivaldybė", network.Content.Label("municipalities", "LT02", "lt"), null, 1);
        await Types("Įstaiga", "lakst", "Lakštingala", 1);
        await Narrows("Renginio dalyviai", "Chorų diena", 1, "Renginio dalyviai: Chorų diena");

        await rasa.Presses("Šalis");
        await rasa.Presses("Lietuvos");
        await rasa.Presses("Vaidmuo");
        await rasa.Presses("Įstaigos vadovas");
        await rasa.Presses("Baigta");
        await rasa.Presses("Mokama kalba");
        await rasa.Presses("anglų");
        await rasa.Presses("Baigta");
        rasa.Sees("Skaitytojų: 1 (lietuviškai – 1");
        await rasa.Presses("Tema");
        await rasa.Types("žaidimas");
        await rasa.Presses("Baigta");
        rasa.Sees("Skaitytojų: 0 ");

        async Task Narrows(string facet, string choice, int readers, string line)
        {
            await rasa.Presses(facet);
            await rasa.Presses(choice);
            await ShowsAsync(readers, line);
        }

        async Task Ticks(string facet, string[] choices, int readers, string line)
        {
            await rasa.Presses(facet);
            foreach (var choice in choices) await rasa.Types(choice);
            await rasa.Presses("Baigta");
            await ShowsAsync(readers, line);
        }

        async Task Types(string facet, string typed, string? choice, int readers)
        {
            await rasa.Presses(facet);
            await rasa.Types(typed);
            if (choice is not null) await rasa.Presses(choice);
            await ShowsAsync(readers, choice ?? typed);
        }

        async Task ShowsAsync(int readers, string line)
        {
            rasa.Sees(line);
            rasa.Sees($"Skaitytojų: {readers} ");
            await rasa.Presses("Vėl visiems");
            rasa.Sees("Skaitytojų: 5 ");
        }
    }

    [Fact]
    public async Task A_member_with_two_conversations_gets_it_once_where_the_member_was_last()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var phone = await network.MemberAsync("Ona");
        var laptop = network.Person("Ona", language: "lt");
        await laptop.Types("/help");
        var person = await phone.PersonIdAsync();
        await using (var db = network.Read())
            await db.Conversations.Where(c => c.Address == laptop.Address).ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonId, person), Desk.Ct);
        await network.AdvanceAsync(TimeSpan.FromMinutes(1));
        await laptop.Types("/help");

        await rasa.Sends(Desk.Lithuanian);
        await network.GoesOutAsync();

        laptop.Sees(Desk.Lithuanian);
        phone.Screen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_opts_out_while_it_goes_gets_nothing_more_of_it()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);
        var wire = network.HoldTheWire(but: rasa);
        for (var i = 0; i < 20; i++) await network.MemberAsync($"Narys {i}");
        var last = await network.MemberAsync("Paskutinis");
        await network.AdvanceQuietlyAsync(TimeSpan.FromSeconds(61));
        // Those before are on the wire; this one waits, and answers at once.
        network.Channel.Before = envelope => envelope.Address == last.Address || envelope.Address == rasa.Address ? Task.CompletedTask : wire.Task;
        await network.AcceptAsync(last.Activity(ActivityKind.Message) with { Text = "/notifications" });
        await Desk.UntilAsync(() => last.Screen.Contains("Kokias žinutes galime Jums siųsti?", StringComparison.Ordinal));
        await network.AcceptAsync(last.Press("✓ Tinklo naujienos"));
        await Desk.UntilAsync(() => last.Buttons.Contains("Tinklo naujienos"));
        await network.AcceptAsync(last.Press("Baigta"));
        await Desk.UntilAsync(() => last.Screen.Contains("Įrašyta.", StringComparison.Ordinal));
        wire.SetResult();
        await network.SettleAsync();

        ona.Sees(Desk.Lithuanian);
        last.HasNeverSeen(Desk.Lithuanian);
        await network.RunJobAsync("broadcasts");
        var result = (await network.OnlyBroadcastAsync()).Result;
        result.Cancelled.ShouldBe(1);
        result.Total.ShouldBe(23);
    }

    private static async Task AddEventAsync(TestNetwork network, string title, string participant)
    {
        await using var db = network.Read();
        var member = await db.Members.SingleAsync(m => m.Name == participant, Desk.Ct);
        var added = new NetworkEvent
        {
            Title = new LocalizedText([KeyValuePair.Create("lt", title)]), Description = LocalizedText.Empty, StartsAt = network.Clock.GetUtcNow().AddDays(9),
            IsPublic = true, AuthorId = member.Id, PublishedAt = network.Clock.GetUtcNow(),
        };
        db.Add(added);
        await db.SaveChangesAsync(Desk.Ct);
        db.Add(new SignUp { EventId = added.Id, MemberId = member.Id, State = SignUpState.Going, Since = network.Clock.GetUtcNow() });
        await db.SaveChangesAsync(Desk.Ct);
    }
}
