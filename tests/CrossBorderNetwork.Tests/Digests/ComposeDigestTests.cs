using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Digests;

public class ComposeDigestTests
{
    [Fact]
    public async Task A_digest_holds_the_seven_items_that_matter_most_deadlines_of_the_week_first()
    {
        var monday = DigestNetwork.Monday;
        await using var network = await DigestNetwork.StartAsync(new FixedSection(
        [
            .. Enumerable.Range(1, 7).Select(i => DigestNetwork.Item($"Fit {i}", fit: i / 10.0)),
            DigestNetwork.Item("Closes on Friday", fit: 0.1, deadline: monday.AddDays(4)),
            DigestNetwork.Item("Closes tomorrow", fit: 0, deadline: monday.AddDays(1)),
            DigestNetwork.Item("Closes in a month", fit: 0.65, deadline: monday.AddDays(30)),
            DigestNetwork.Item("Closed yesterday", fit: 1, deadline: monday.AddDays(-1)),
        ]));
        var ona = await network.MemberAsync("Ona", nextDigestAt: monday);

        await network.AdvanceAsync(monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        Text(ona).ShouldBe(
            """
            Jūsų savaitės naujienos
            2026 m. spalio 12 d., pirmadienis

            1. Closes tomorrow

            2. Closes on Friday

            3. Fit 7

            4. Closes in a month

            5. Fit 6

            6. Fit 5

            7. Fit 4

            Kita diena ar valanda: /digest

            Bendrai finansuoja Europos Sąjunga
            """);
    }

    [Fact]
    public async Task Each_item_has_its_own_row_of_at_most_two_buttons_that_carry_its_number()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection(
            DigestNetwork.Item("Seminaras", 0.9, null, "Dalyvausiu", "Plačiau", "Trečias"), DigestNetwork.Item("Naujiena", 0.5), DigestNetwork.Item("Kvietimas", 0.4, null, "Domina")));
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);

        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        ona.Buttons.ShouldBe(["1 · Dalyvausiu", "1 · Plačiau", "3 · Domina", "Kokius pranešimus gauti"]);
    }

    [Fact]
    public async Task A_digest_too_long_for_one_message_is_split_and_has_its_buttons_at_the_end()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection(
            DigestNetwork.Item(string.Join(' ', Enumerable.Repeat("ilgas", 600)), 0.9, null, "Domina"), DigestNetwork.Item(string.Join(' ', Enumerable.Repeat("tekstas", 400)))));
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);

        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        var messages = network.Channel.Sent.Select(envelope => envelope.Message).ToList();
        messages.Count.ShouldBe(2);
        messages.ShouldAllBe(message => message.Text.ToString().Length <= 4096);
        messages[0].Buttons.ShouldBeEmpty();
        messages[1].Buttons[0].ShouldHaveSingleItem().Label.ShouldBe("1 · Domina");
        ona.Sees("Jūsų savaitės naujienos");
        ona.Sees("Bendrai finansuoja");
    }

    [Fact]
    public async Task A_week_without_an_item_sends_nothing()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection());
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);

        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        network.Channel.Sent.ShouldBeEmpty();
        await using var db = network.Read();
        (await db.Members.FindAsync([await ona.PersonIdAsync()], TestContext.Current.CancellationToken))!.NextDigestAt.ShouldBe(DigestNetwork.Monday.AddDays(7));
    }

    [Fact]
    public async Task A_section_that_fails_does_not_silence_the_others()
    {
        await using var network = await DigestNetwork.StartAsync(
            new FixedSection("broken", _ => throw new InvalidOperationException("Ona Petraitė")), new FixedSection(DigestNetwork.Item("Seminaras")));
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);

        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        ona.Sees("1. Seminaras");
        network.Log.Lines.ShouldContain(line => line.Contains("The digest section broken failed", StringComparison.Ordinal));
        network.Log.Lines.ShouldNotContain(line => line.Contains("Petraitė", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_digest_is_in_the_language_of_the_readers_conversation()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection("own", reader => [DigestNetwork.Item("for " + reader.Language)]));
        var jan = await network.MemberAsync("Jan", side: "PL", nextDigestAt: DigestNetwork.Monday);

        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        jan.Sees("Przegląd tygodnia");
        jan.Sees("poniedziałek, 12 października 2026");
        jan.Sees("1. for pl");
    }

    private static string Text(ScriptedMember member) => member.Phone.Messages.ShouldHaveSingleItem().Text;
}
