using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Digests;

public sealed class DigestDialogTests
{
    [Fact]
    public async Task A_preview_shows_the_digest_of_now_and_does_not_count()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection(DigestNetwork.Item("Seminaras", 0.9, null, "Dalyvausiu")));
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);

        await ona.Types("/digest");
        ona.Sees("2026 m. spalio 12 d., pirmadienis, 08:00");
        await ona.Presses("Parodyti");
        ona.Sees("1. Seminaras");
        ona.Sees("1 · Dalyvausiu");
        ona.Phone.Messages[^1].Text.ShouldContain("Ką norėtumėte daryti?");
        (await network.SentAsync()).ShouldBeEmpty();

        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");
        (await network.SentAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_empty_preview_says_so()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection());
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);

        await ona.Types("/digest");
        await ona.Presses("Parodyti");

        ona.Sees("Dabar joje nieko nebūtų");
    }

    [Fact]
    public async Task Who_had_this_weeks_digest_and_chooses_a_later_day_gets_the_next_one_next_week()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection(DigestNetwork.Item("Seminaras")));
        var ona = await network.MemberAsync("Ona", nextDigestAt: DigestNetwork.Monday);
        await network.AdvanceAsync(DigestNetwork.Monday - DigestNetwork.Tuesday);
        await network.RunJobAsync("digest");

        await ona.Types("/digest");
        await ona.Presses("Keisti dieną");
        await ona.Presses("Penktadienis");
        await ona.Presses("9");

        ona.Sees("2026 m. spalio 23 d., penktadienis, 09:00");
    }

    [Fact]
    public async Task Who_wants_no_digest_is_told_where_to_switch_it_on()
    {
        await using var network = await DigestNetwork.StartAsync(new FixedSection());
        var jan = await network.MemberAsync("Jan", side: "PL", wantsDigest: false);

        await jan.Types("/digest");

        jan.Sees("Przegląd tygodnia jest wyłączony");
    }
}
