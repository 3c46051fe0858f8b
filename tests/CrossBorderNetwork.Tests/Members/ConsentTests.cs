using CrossBorderNetwork.Members;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

public sealed class ConsentTests
{
    [Theory]
    [InlineData("Being found", "found")]
    [InlineData("Weekly digest", "digest")]
    [InlineData("Announcements", "announcements")]
    public async Task Each_consent_is_withdrawn_and_given_again_with_two_presses_and_a_line_each(string label, string purpose)
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en", nextDigestAt: network.Clock.GetUtcNow().AddDays(7));

        await ona.Types("/consents");
        await ona.Presses(label);
        await ona.Presses("No");
        ona.Sees("Your consent is withdrawn.");
        (await HoldsAsync(network, purpose)).ShouldBeFalse();
        await ona.Presses(label);
        await ona.Presses("Yes");
        ona.Sees("your consent is noted");
        (await HoldsAsync(network, purpose)).ShouldBeTrue();

        await using var db = network.Read();
        var lines = await db.Consents.Where(line => line.Purpose == purpose).OrderBy(line => line.Id).ToListAsync();
        lines.Select(line => line.Given).ShouldBe([true, false, true]);
        lines.Skip(1).ShouldAllBe(line => line.TextHash.Length == 64 && line.Language == "en");
    }

    [Fact]
    public async Task Without_the_digest_there_is_no_next_one()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en", nextDigestAt: network.Clock.GetUtcNow().AddDays(7));

        await ona.Types("/consents");
        await ona.Presses("Weekly digest");
        await ona.Presses("No");

        await using var db = network.Read();
        (await db.Members.SingleAsync()).NextDigestAt.ShouldBeNull();
    }

    [Fact]
    public async Task Saying_again_what_already_holds_adds_no_line()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/consents");
        await ona.Presses("Announcements");
        await ona.Presses("Yes");

        await using var db = network.Read();
        (await db.Consents.CountAsync(line => line.Purpose == "announcements")).ShouldBe(1);
    }

    [Fact]
    public async Task To_withdraw_membership_is_to_be_forgotten()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/privacy");
        await ona.Presses("My consents");
        await ona.Presses("Membership");

        ona.Sees("Delete everything?");
    }

    private static async Task<bool> HoldsAsync(TestNetwork network, string purpose)
    {
        await using var db = network.Read();
        var member = await db.Members.SingleAsync();
        return purpose switch { "found" => member.MayBeFound, "digest" => member.WantsDigest && member.NextDigestAt is not null, _ => member.WantsAnnouncements };
    }
}
