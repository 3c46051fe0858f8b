using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Broadcasts;

public sealed class WritingTests
{
    [Fact]
    public async Task Each_member_gets_it_in_the_own_language_exactly_as_previewed()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");

        await rasa.Writes(Desk.Lithuanian, Desk.Polish);
        await rasa.Previews();
        var preview = rasa.Phone.News.Single(message => message.Text.StartsWith("Taip matys skaitantys lenkiškai · iš viso: 1", StringComparison.Ordinal));
        rasa.Phone.Messages[^1].Text.ShouldContain("Skaitytojų: 2 (lietuviškai – 1, lenkiškai – 1, angliškai – 0)");
        await rasa.Presses("Siųsti dabar");
        jan.Screen.ShouldBeEmpty();
        await network.GoesOutAsync();

        var received = jan.Phone.Messages.ShouldHaveSingleItem();
        received.Text.ShouldBe($"📣 Komunikat sieci\n\n{Desk.Polish}\n\nWspółfinansowane przez Unię Europejską");
        received.Buttons.Select(button => button.Label).ShouldBe(["Jakie wiadomości otrzymywać"]);
        preview.Text.ShouldEndWith("\n\n" + received.Text);
        preview.Buttons.ShouldBe(received.Buttons);
        rasa.Sees(Desk.Lithuanian);
        (await network.ActsAsync()).ShouldBe(["announce.draft", "announce.send"]);
    }

    [Fact]
    public async Task What_was_written_bold_or_linked_arrives_so()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        RichText written = new([new Run("Kviečiame ", RunStyle.Bold | RunStyle.Underline), new Run("čia", Link: "https://example.org/"), new Run(" 5 < 6 & *ne*")]);
        await rasa.Types("/announce");
        await rasa.Does(rasa.Activity(ActivityKind.Message) with { Text = written.ToString(), Formatted = written });
        await rasa.Presses("Praleisti");
        await rasa.Presses("Praleisti");
        await rasa.Presses("Tinklo naujienos");
        await rasa.Previews();
        await rasa.Presses("Siųsti dabar");
        await network.GoesOutAsync();

        var sent = network.Channel.Sent.Single(envelope => envelope.Address == ona.Address).Message.Text;
        foreach (var run in written.Runs) sent.Runs.ShouldContain(run);
    }

    [Fact]
    public async Task Where_a_channel_tells_no_looks_they_are_written_with_signs_and_other_signs_stay()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends("**Svarbu:** ateikite __laiku__. 2 ** 3, snake__case__x, https://example.org/__a__, *ne*");
        await network.GoesOutAsync();

        var sent = network.Channel.Sent.Single(envelope => envelope.Address == ona.Address).Message.Text;
        sent.Runs.ShouldContain(new Run("Svarbu:", RunStyle.Bold));
        sent.Runs.ShouldContain(new Run("laiku", RunStyle.Italic));
        sent.Runs.ShouldContain(new Run("https://example.org/__a__", Link: "https://example.org/__a__"));
        ona.Sees("Svarbu: ateikite laiku. 2 ** 3, snake__case__x, https://example.org/__a__, *ne*");
    }

    [Fact]
    public async Task A_written_out_address_is_a_link_for_everybody_and_the_sentence_keeps_its_full_stop()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends("Programa (https://example.org/a?b=1,2). Ne nuoroda: javascript:alert");
        await network.GoesOutAsync();

        var sent = network.Channel.Sent.Single(envelope => envelope.Address == ona.Address).Message.Text;
        sent.Runs.Where(run => run.Link is not null).ShouldHaveSingleItem().ShouldBe(new Run("https://example.org/a?b=1,2", Link: "https://example.org/a?b=1,2"));
        ona.Sees("Programa (https://example.org/a?b=1,2). Ne nuoroda: javascript:alert");
    }

    [Fact]
    public async Task What_a_coordinator_did_stays_in_the_log_without_the_person_when_the_coordinator_is_forgotten()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Sends(Desk.Lithuanian);
        await network.GoesOutAsync();
        await rasa.Types("/forget");
        await rasa.Presses("Tęsti");
        await rasa.Presses("Viską ištrinti dabar");
        await network.SettleAsync();

        ona.Sees(Desk.Lithuanian);
        await using var db = network.Read();
        (await db.Audit.Select(entry => entry.Act).ToListAsync(Desk.Ct)).ShouldBe(["announce.draft", "announce.send"]);
        (await db.Audit.CountAsync(entry => entry.PersonId != 0, Desk.Ct)).ShouldBe(0);
        (await db.Broadcasts.SingleAsync(Desk.Ct)).AuthorId.ShouldBe(0);
        (await db.Audit.Select(entry => entry.Subject).Distinct().SingleAsync(Desk.Ct)).ShouldBe("broadcast:1");
    }

    [Fact]
    public async Task A_glance_at_what_goes_does_not_repeat_the_question_of_the_draft()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await rasa.Sends(Desk.Lithuanian);
        await rasa.Types("/announce");
        rasa.Sees("1 iš 6");

        await rasa.PressesToken(">desk/look/1");
        rasa.Sees("Pranešimas bus išsiųstas");
        rasa.DoesNotSee("1 iš 6");
        await rasa.Types("Kitas pranešimas.");

        rasa.Sees("2 iš 6");
    }

    [Fact]
    public async Task A_reader_whose_language_is_missing_gets_the_next_one_marked_as_such_and_the_coordinator_is_told()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");

        await rasa.Writes(Desk.Lithuanian);
        await rasa.Previews();
        rasa.Sees("Trūksta teksto šiomis kalbomis: lenkų ir anglų");
        await rasa.Presses("Siųsti dabar");
        await network.GoesOutAsync();

        jan.Sees(Desk.Lithuanian);
        jan.Sees("(Tekst w języku litewskim.)");
    }

    [Fact]
    public async Task Nothing_is_sent_without_a_text_or_without_readers_or_when_it_does_not_fit()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();

        await rasa.Writes("");
        rasa.Sees("reikia teksto bent viena kalba");
        await rasa.Types(string.Concat(Enumerable.Repeat("🎈", 3000)));
        await rasa.Presses("Praleisti");
        await rasa.Presses("Praleisti");
        await rasa.Presses("Tinklo naujienos");
        await rasa.Previews();
        rasa.Sees("netelpa į vieną žinutę (lietuvių)");
        await rasa.Presses("Tekstą lietuviškai");
        await rasa.Types(Desk.Lithuanian);
        await rasa.Presses("Pakeisti");
        await rasa.Presses("Skaitytojus");
        await rasa.Presses("Šalis");
        await rasa.Presses("Lenkijos");
        await rasa.Previews();
        rasa.Sees("Pranešimo niekas negautų");

        (await network.OnlyBroadcastAsync()).State.ShouldBe(BroadcastState.Draft);
    }

    [Fact]
    public async Task A_draft_is_taken_up_after_a_restart_and_long_after_the_conversation_was_dropped()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        await rasa.Types("/announce");
        await rasa.Types(Desk.Lithuanian);
        await network.RestartAsync();

        await rasa.Types(Desk.Polish);
        rasa.Sees("3 iš 6");
        await network.KillAsync();
        await network.RestartAsync();
        await network.AdvanceAsync(TimeSpan.FromDays(60));
        await rasa.Types("/announce");
        rasa.Sees("Turite nebaigtų pranešimų");
        await rasa.Presses("Kviečiame");

        rasa.Sees(Desk.Lithuanian);
        rasa.Sees("Siųsti?");
        (await network.OnlyBroadcastAsync()).Texts.Plain("pl").ShouldBe(Desk.Polish);
    }

    [Fact]
    public async Task A_text_can_be_changed_after_the_preview_without_writing_the_others_again()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");
        await rasa.Writes("Kviečeme!", "Zapraszmy");
        await rasa.Previews();

        await rasa.Presses("Pakeisti");
        await rasa.Presses("Tekstą lietuviškai");
        await rasa.Types(Desk.Lithuanian);
        rasa.DoesNotSee("Kviečeme!");
        await rasa.Presses("Pakeisti");
        await rasa.Presses("Tekstą lenkiškai");
        await rasa.Presses("Praleisti");
        await rasa.Presses("Siųsti dabar");
        await network.GoesOutAsync();

        jan.Sees(Desk.Lithuanian);
        (await network.OnlyBroadcastAsync()).Texts.Present.ShouldBe(["lt"]);
    }

    [Fact]
    public async Task A_test_goes_to_the_author_alone_and_its_button_counts_nothing()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");
        await rasa.Writes(Desk.Lithuanian, Desk.Polish);
        await rasa.Presses("Toliau");
        await rasa.Presses("„Perskaičiau“");
        await rasa.Presses("Baigta");

        await rasa.Presses("Pirmiau man");
        rasa.Phone.News.Count(message => message.Text.StartsWith("📣", StringComparison.Ordinal)).ShouldBe(2);
        await rasa.Presses("✓ Perskaičiau");
        rasa.Sees("Tai peržiūra");
        rasa.Sees("Siųsti?");

        jan.Screen.ShouldBeEmpty();
        await using var db = network.Read();
        (await db.BroadcastReads.CountAsync(Desk.Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task Somebody_who_is_no_coordinator_is_denied_by_command_and_by_button()
    {
        await using var network = await Desk.StartAsync();
        var jan = await network.MemberAsync("Jan", side: "PL");

        await jan.Types("/announce");
        jan.Sees("Komunikaty wysyłają tylko koordynatorzy");
        await jan.PressesToken(">desk/stop/1");
        jan.Sees("To mogą robić tylko koordynatorzy");

        (await network.ActsAsync()).ShouldBe(["denied:announce", "denied:announcements"]);
    }

    [Fact]
    public async Task Rights_that_are_withdrawn_while_somebody_writes_end_the_writing_and_the_sending()
    {
        await using var network = await Desk.StartAsync();
        var rasa = await network.CoordinatorAsync();
        var ona = await network.MemberAsync("Ona");
        await rasa.Writes(Desk.Lithuanian);
        await rasa.Previews();
        await network.WithdrawRightsAsync(rasa);

        await rasa.Presses("Siųsti dabar");
        rasa.Sees("siunčia tik tinklo koordinatoriai");
        await network.GoesOutAsync();

        ona.Screen.ShouldBeEmpty();
        (await network.ActsAsync()).ShouldBe(["announce.draft", "denied:announce.send"]);
    }
}
