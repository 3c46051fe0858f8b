using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Introductions;

public sealed class IntroductionSectionsTests
{
    [Fact]
    public async Task A_digest_suggests_one_partner_and_another_one_the_next_week()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        await network.JanAsync();
        await network.MemberAsync("Ewa Nowak", "PL", languages: new Dictionary<string, string> { ["pl"] = "works" });

        var now = (await ItemsAsync(network, "partners", ona, weeks: 0)).ShouldHaveSingleItem();
        var again = (await ItemsAsync(network, "partners", ona, weeks: 0)).ShouldHaveSingleItem();
        var next = (await ItemsAsync(network, "partners", ona, weeks: 1)).ShouldHaveSingleItem();

        again.Text.ToString().ShouldBe(now.Text.ToString());
        next.Text.ToString().ShouldNotBe(now.Text.ToString());
        now.Text.ToString().ShouldContain("Bendros temos: ");
        await ona.PressesToken(now.Buttons[0].Token!);
        ona.Sees("Noriu susipažinti");
        await ona.PressesToken(now.Buttons[1].Token!);
        ona.Sees("Noriu susipažinti");
    }

    [Fact]
    public async Task A_digest_reminds_of_a_question_until_it_is_answered()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.OnaAsync();
        var jan = await network.JanAsync();
        await ona.AsksAsync();

        (await ItemsAsync(network, "introductions", ona, weeks: 0)).ShouldBeEmpty();
        var item = (await ItemsAsync(network, "introductions", jan, weeks: 0)).ShouldHaveSingleItem();
        item.Text.ToString().ShouldBe("Ona Petraitė – ta znajomość czeka na odpowiedź.");
        item.Deadline.ShouldBe(network.Clock.GetUtcNow() + TimeSpan.FromHours(144));

        await jan.PressesToken(item.Buttons.ShouldHaveSingleItem().Token!);
        jan.Sees("Szuka oferowanych form współpracy");
        await jan.Presses("Tak, chcę się poznać");
        jan.Sees(Border.OnasContact);
        (await ItemsAsync(network, "introductions", jan, weeks: 0)).ShouldBeEmpty();
        (await ItemsAsync(network, "partners", jan, weeks: 0)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<DigestItem>> ItemsAsync(TestNetwork network, string section, ScriptedMember reader, int weeks)
    {
        await using var db = network.Read();
        var id = await reader.PersonIdAsync();
        var member = await db.Members.AsNoTracking().SingleAsync(member => member.Id == id);
        var from = network.Clock.GetUtcNow().AddDays(7 * weeks);
        return await network.Services.GetServices<IDigestSection>().Single(known => known.Name == section)
            .ForAsync(new DigestReader(member, member.Side == "PL" ? "pl" : "lt", from), db, CancellationToken.None);
    }
}
