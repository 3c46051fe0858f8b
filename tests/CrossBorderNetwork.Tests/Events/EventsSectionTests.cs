using System.Globalization;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Events;

public class EventsSectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_the_events_of_three_weeks_on_own_topics_that_fit_best_first()
    {
        await using var network = await TestNetwork.StartAsync();
        var now = network.Clock.GetUtcNow();
        await network.AddEventAsync(now.AddDays(20), topics: ["outdoor"], title: "Vėliau");
        await network.AddEventAsync(now.AddDays(3), topics: ["outdoor"], title: "Netrukus");
        await network.AddEventAsync(now.AddDays(3), topics: ["outdoor", "autism", "speech"], title: "Tik iš dalies", organisersPl: ["Gmina Korycin"]);
        await network.AddEventAsync(now.AddDays(3), topics: ["autism"], title: "Apie kita");
        await network.AddEventAsync(now.AddDays(22), topics: ["outdoor"], title: "Per toli");
        await network.AddEventAsync(now.AddDays(3), topics: ["outdoor"], title: "Savoje pusėje", organisersLt: ["Alytaus darželis"]);
        var ona = await network.MemberAsync("Ona", topics: ["outdoor", "music"]);

        var items = await ItemsAsync(network, ona, "lt");

        items.Select(item => item.Text.ToString().Split('\n')[0]).ShouldBe(["Savoje pusėje", "Netrukus", "Vėliau", "Tik iš dalies"]);
        items.ShouldAllBe(item => item.Fit > 0 && item.Fit <= 1);
        items[0].Buttons.Select(button => button.Label).ShouldBe(["Dalyvausiu", "Išsamiau"]);
    }

    [Theory]
    [InlineData("2026-11-30", "2026-12-01")]
    [InlineData("2026-12-31", "2027-01-04")]
    [InlineData("2027-02-27", "2027-03-15")]
    public async Task The_end_of_a_month_hides_no_event(string now, string day)
    {
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions { Now = At(now) });
        await network.AddEventAsync(At(day));
        var ona = await network.MemberAsync("Ona");

        (await ItemsAsync(network, ona, "lt")).Count.ShouldBe(1);

        static DateTimeOffset At(string date) => DateTimeOffset.Parse(date + "T08:00Z", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task What_the_reader_has_signed_up_for_is_no_news()
    {
        await using var network = await TestNetwork.StartAsync();
        var id = await network.AddEventAsync();
        var ona = await network.MemberAsync("Ona");
        var item = (await ItemsAsync(network, ona, "lt")).ShouldHaveSingleItem();

        await ona.PressesToken(item.Buttons[0].Token!);

        ona.Sees("Vieta Jums skirta");
        (await ItemsAsync(network, ona, "lt")).ShouldBeEmpty();
        (await network.SignUpsAsync()).ShouldHaveSingleItem().EventId.ShouldBe(id);
    }

    [Fact]
    public async Task An_event_in_another_language_says_so_and_fits_less()
    {
        await using var network = await TestNetwork.StartAsync();
        await network.AddEventAsync(title: "Piknik", language: "pl");
        await network.AddEventAsync(title: "Piknikas");
        var ona = await network.MemberAsync("Ona");

        var items = await ItemsAsync(network, ona, "lt");

        items.Select(item => item.Text.ToString()).ShouldBe(
            ["Piknikas\n2026 m. spalio 12 d., pirmadienis, 10:00 (Lietuvos laiku; Lenkijoje 09:00)", "Piknik\n(Tekstas lenkų kalba.)\n2026 m. spalio 12 d., pirmadienis, 10:00 (Lietuvos laiku; Lenkijoje 09:00)"]);
        items[1].Fit.ShouldBeLessThan(items[0].Fit);
    }

    private static async Task<IReadOnlyList<DigestItem>> ItemsAsync(TestNetwork network, ScriptedMember reader, string language)
    {
        await using var db = network.Read();
        var member = (await db.Members.FindAsync([await reader.PersonIdAsync()], Ct))!;
        var section = network.Services.GetServices<IDigestSection>().Single(section => section.Name == "events");
        return await section.ForAsync(new DigestReader(member, language, network.Clock.GetUtcNow()), db, Ct);
    }
}
