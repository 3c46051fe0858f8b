using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Calls;

public sealed class CallsSectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_new_calls_that_fit_and_those_that_close_this_week_first()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona", role: "teacher", topics: ["outdoor", "music"]);
        await network.AddCallAsync(jan, "Senas", topics: ["outdoor"]);
        await network.AddCallAsync(jan, "Senas, bet baigiasi", topics: ["outdoor"], lastDay: new DateOnly(2026, 10, 16));
        await network.AdvanceAsync(TimeSpan.FromDays(8));
        await network.AddCallAsync(jan, "Naujas", topics: ["outdoor"]);
        await network.AddCallAsync(jan, "Naujas ir skirtas mums", topics: ["outdoor"], roles: ["teacher"], sides: ["LT"]);
        await network.AddCallAsync(jan, "Vadovams", roles: ["head"]);
        await network.AddCallAsync(jan, "Lenkijai", sides: ["PL"]);
        await network.AddCallAsync(jan, "Apie kita", topics: ["autism"]);
        await network.AddCallAsync(ona, "Savas");

        var items = await ItemsAsync(network, ona);

        items.Select(item => item.Text.ToString().Split(" · ")[0]).ShouldBe(["Senas, bet baigiasi", "Naujas ir skirtas mums", "Naujas"]);
        items.ShouldAllBe(item => item.Fit > 0 && item.Fit <= 1);
        items[0].Text.ToString().ShouldBe("Senas, bet baigiasi · Mainai\nGalioja iki: 2026 m. spalio 16 d., penktadienis");
        items[0].Deadline.ShouldBe(new DateTimeOffset(2026, 10, 16, 21, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_button_of_the_digest_leads_to_the_sentence_about_the_contact()
    {
        await using var network = await TestNetwork.StartAsync();
        var jan = await network.CoordinatorAsync("Jan", "PL");
        var ona = await network.MemberAsync("Ona");
        await network.AddCallAsync(jan);

        var item = (await ItemsAsync(network, ona)).ShouldHaveSingleItem();
        item.Buttons.Select(button => button.Label).ShouldBe(["Domina", "Išsamiau"]);
        await ona.PressesToken(item.Buttons[0].Token!);

        ona.Sees("autorius matys Jūsų vardą, organizaciją ir kontaktą (ona@example.org)");
        await ona.Presses("Taip");
        (await ItemsAsync(network, ona)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<DigestItem>> ItemsAsync(TestNetwork network, ScriptedMember reader)
    {
        await using var db = network.Read();
        var member = (await db.Members.FindAsync([await reader.PersonIdAsync()], Ct))!;
        var section = network.Services.GetServices<IDigestSection>().Single(section => section.Name == "calls");
        return await section.ForAsync(new DigestReader(member, "lt", network.Clock.GetUtcNow()), db, Ct);
    }
}
