using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Broadcasts;

public sealed class AnnouncementTests
{
    private const string Lithuanian = "Kviečiame į *susitikimą* Birštone.";
    private const string Polish = "Zapraszamy na spotkanie w Birsztanach.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_member_gets_it_in_the_own_language_exactly_as_previewed()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);
        var jan = await network.MemberAsync("Jan", side: "PL");

        await WriteAsync(rasa, Lithuanian, Polish, "");
        await rasa.Presses("Abiejų šalių");
        await rasa.Presses("Praleisti");
        var preview = rasa.Phone.News.Single(message => message.Text.StartsWith("Taip matys skaitantys lenkiškai · iš viso: 1", StringComparison.Ordinal));
        rasa.Phone.Messages[^1].Text.ShouldContain("Skaitytojų: 2 (lietuviškai – 1, lenkiškai – 1, angliškai – 0)");
        jan.Screen.ShouldBeEmpty();
        await rasa.Presses("Siųsti dabar");

        var received = jan.Phone.Messages.ShouldHaveSingleItem().Text;
        received.ShouldBe($"📣 Komunikat sieci\n\n{Polish}\n\nRezygnacja z komunikatów: /consents\n\nWspółfinansowane przez Unię Europejską");
        preview.Text.ShouldEndWith("\n\n" + received);
        rasa.Sees(Lithuanian);
        await using var db = network.Read();
        (await db.Audit.SingleAsync(entry => entry.Act == "announce.send", Ct)).Subject.ShouldBe("broadcast:1");
    }

    [Fact]
    public async Task A_reader_whose_language_is_missing_gets_the_next_one_marked_as_such_and_the_coordinator_is_told()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);
        var jan = await network.MemberAsync("Jan", side: "PL");

        await WriteAsync(rasa, Lithuanian, "", "");
        await rasa.Presses("Lenkijos");
        await rasa.Presses("Praleisti");
        rasa.Sees("Trūksta teksto šia kalba: lenkų ir anglų");
        await rasa.Presses("Siųsti dabar");

        jan.Sees(Lithuanian);
        jan.Sees(network.Content.Text("common", "other-language", "pl", new() { ["used"] = "lt" }).ToString());
    }

    [Fact]
    public async Task Only_the_chosen_side_and_roles_get_it_and_only_who_wants_announcements_and_can_be_reached()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);
        var head = await network.MemberAsync("Ona", role: "head");
        ScriptedMember[] others =
        [
            await network.MemberAsync("Jonas"),
            await network.MemberAsync("Ewa", side: "PL", role: "head"),
            await network.MemberAsync("Rūta", role: "head", wantsAnnouncements: false),
            await network.MemberAsync("Ieva", role: "head", adjust: member => member.PausedUntil = network.Clock.GetUtcNow().AddDays(3)),
        ];
        var gone = await network.MemberAsync("Aldona", role: "head");
        await gone.Sends(ActivityKind.Left);

        await WriteAsync(rasa, Lithuanian, Polish, "Please come.");
        await rasa.Presses("Lietuvos");
        await rasa.Presses("Įstaigos vadovas");
        await rasa.Presses("Baigta");
        rasa.Sees("Skaitytojų: 1 ");
        rasa.DoesNotSee("Trūksta");
        await rasa.Presses("Siųsti dabar");

        head.Sees(Lithuanian);
        foreach (var other in others) other.Screen.ShouldBeEmpty();
        gone.DoesNotSee(Lithuanian);
    }

    [Fact]
    public async Task A_member_with_two_conversations_gets_it_once_where_the_member_was_last()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);
        var phone = await network.MemberAsync("Ona");
        var laptop = network.Person("Ona", language: "lt");
        await laptop.Types("/help");
        await JoinAsync(network, laptop, await phone.PersonIdAsync());
        await network.AdvanceAsync(TimeSpan.FromMinutes(1));
        await laptop.Types("/help");

        await WriteAsync(rasa, Lithuanian, "", "");
        await rasa.Presses("Lietuvos");
        await rasa.Presses("Praleisti");
        await rasa.Presses("Siųsti dabar");

        laptop.Sees(Lithuanian);
        phone.Screen.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_author_is_told_once_what_became_of_it()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);
        var jan = await network.MemberAsync("Jan", side: "PL");
        var ewa = await network.MemberAsync("Ewa", side: "PL");
        await network.MemberAsync("Adam", side: "PL");
        network.Channel.FailNext(new SendResult.Unreachable("blocked"), jan.Address);
        network.Channel.FailNext(new SendResult.Refused("bad request"), ewa.Address);

        await WriteAsync(rasa, "", Polish, "");
        await rasa.Presses("Lenkijos");
        await rasa.Presses("Praleisti");
        await rasa.Presses("Siųsti dabar");
        await network.RunJobAsync("broadcast-report");
        await network.RunJobAsync("broadcast-report");

        var report = rasa.Phone.Messages.Where(message => message.Text.StartsWith("Pranešimo siuntimas baigtas.", StringComparison.Ordinal)).ShouldHaveSingleItem();
        report.Text.ShouldContain($"„{Polish}“");
        report.Text.ShouldContain("Pristatyta: 1 iš 3\nNepasiekiami: 1\nNepavyko: 1\nSustabdyta: 0");
    }

    [Fact]
    public async Task Stopping_cancels_what_waits_and_a_second_press_says_that_nothing_is_left()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network, wantsAnnouncements: false);
        for (var i = 0; i < 20; i++) await network.MemberAsync($"Narys {i}");
        var wire = new TaskCompletionSource();
        network.Channel.Before = envelope => envelope.Address == rasa.Address ? Task.CompletedTask : wire.Task;
        await WriteAsync(rasa, Lithuanian, "", "");
        await rasa.Presses("Lietuvos");
        await rasa.Presses("Praleisti");

        await network.AcceptAsync(rasa.Press("Siųsti dabar"));
        await UntilAsync(() => rasa.Buttons.Contains("Stabdyti"));
        var stop = rasa.Press("Stabdyti");
        await network.AcceptAsync(rasa.Press("Kaip vyksta siuntimas?"));
        await UntilAsync(() => rasa.Screen.Contains("Laukia: 20", StringComparison.Ordinal));
        await network.AcceptAsync(stop);
        await UntilAsync(() => rasa.Screen.Contains("Sustabdyta. Nebus", StringComparison.Ordinal));
        wire.SetResult();
        await network.SettleAsync();
        await rasa.Does(stop);
        rasa.Sees("Nebėra ką stabdyti");

        await network.RunJobAsync("broadcast-report");
        await using var db = network.Read();
        var result = (await db.Broadcasts.SingleAsync(Ct)).Result;
        result.Cancelled.ShouldBeGreaterThan(0);
        result.ShouldBe(new Tally(20 - result.Cancelled, 0, 0, 0, result.Cancelled));
        network.Channel.Sent.Count(envelope => envelope.Message.Text.ToString().Contains(Lithuanian, StringComparison.Ordinal) && envelope.Address != rasa.Address)
            .ShouldBe(result.Delivered);
    }

    [Fact]
    public async Task Somebody_who_is_no_coordinator_is_denied_by_command_and_by_button()
    {
        await using var network = await StartAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");

        await jan.Types("/announce");
        jan.Sees("Komunikaty wysyłają tylko koordynatorzy");
        await jan.PressesToken(">announce/stop/1");
        jan.Sees("Komunikaty wysyłają tylko koordynatorzy");

        await using var db = network.Read();
        (await db.Audit.CountAsync(entry => entry.Act == "denied:announce", Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task A_text_can_be_changed_after_the_preview_without_writing_the_others_again()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);
        await WriteAsync(rasa, "Kviečeme!", Polish, "");
        await rasa.Presses("Abiejų šalių");
        await rasa.Presses("Praleisti");

        await rasa.Presses("Pakeisti");
        await rasa.Presses("Tekstą lietuviškai");
        await rasa.Types(Lithuanian);
        rasa.Sees("Trūksta teksto šia kalba: anglų");
        await rasa.Presses("Siųsti dabar");

        rasa.Sees(Lithuanian);
        rasa.DoesNotSee("Kviečeme!");
    }

    [Fact]
    public async Task Nothing_is_sent_without_a_text_or_without_readers_or_when_it_does_not_fit()
    {
        await using var network = await StartAsync();
        var rasa = await CoordinatorAsync(network);

        await WriteAsync(rasa, "", "", "");
        await rasa.Presses("Lenkijos");
        await rasa.Presses("Praleisti");
        rasa.Sees("reikia teksto bent viena kalba");
        await WriteAsync(rasa, string.Concat(Enumerable.Repeat("🎈", 3000)), "", "", start: false);
        await rasa.Presses("Lenkijos");
        await rasa.Presses("Praleisti");
        rasa.Sees("netelpa į vieną žinutę (lietuvių)");
        await rasa.Presses("Tekstą lietuviškai");
        await rasa.Types(Lithuanian);
        rasa.Sees("Pranešimo niekas negautų");

        await using var db = network.Read();
        (await db.Broadcasts.CountAsync(Ct)).ShouldBe(0);
    }

    private static Task<TestNetwork> StartAsync() => TestNetwork.StartAsync(new TestNetworkOptions
    {
        Settings = new Dictionary<string, string?>
        {
            ["Network:CoFundingLine:lt"] = "Bendrai finansuoja Europos Sąjunga",
            ["Network:CoFundingLine:pl"] = "Współfinansowane przez Unię Europejską",
        },
    });

    private static async Task<ScriptedMember> CoordinatorAsync(TestNetwork network, bool wantsAnnouncements = true)
    {
        var rasa = await network.MemberAsync("Rasa", wantsAnnouncements: wantsAnnouncements);
        await network.AppointAsync(rasa, "LT");
        return rasa;
    }

    /// <summary>Writes the three texts; an empty one is skipped.</summary>
    private static async Task WriteAsync(ScriptedMember rasa, string lithuanian, string polish, string english, bool start = true)
    {
        if (start) await rasa.Types("/announce");
        foreach (var text in new[] { lithuanian, polish, english }) await (text.Length > 0 ? rasa.Types(text) : rasa.Presses("Praleisti"));
    }

    private static async Task JoinAsync(TestNetwork network, ScriptedMember other, long personId)
    {
        await using var db = network.Read();
        var conversation = await db.Conversations.SingleAsync(c => c.Address == other.Address, Ct);
        conversation.PersonId = personId;
        await db.SaveChangesAsync(Ct);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}
