using CrossBorderNetwork.Data;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Matching;

public class PartnerPoolTests
{
    [Fact]
    public async Task A_profile_that_is_changed_is_found_as_it_is_now()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, jan) = await PairAsync(network);
        (await TopAsync(network, rasa)).ShouldBeEmpty();

        await ChangeAsync(network, jan, member => member.Languages = new Dictionary<string, string> { ["lt"] = "works" });
        (await TopAsync(network, rasa)).ShouldBe([jan]);

        await ChangeAsync(network, jan, member => member.MayBeFound = false);
        (await TopAsync(network, rasa)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_changes_nothing()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, jan) = await PairAsync(network);
        (await TopAsync(network, rasa)).ShouldBeEmpty();

        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None))
        {
            (await work.Db.Members.SingleAsync(member => member.Id == jan)).Languages = new Dictionary<string, string> { ["lt"] = "works" };
            await work.SaveAsync(CancellationToken.None);
        }

        (await TopAsync(network, rasa)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_paused_is_found_again_the_moment_that_the_pause_is_over()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, jan) = await PairAsync(network);
        await ChangeAsync(network, jan, member =>
        {
            member.Languages = new Dictionary<string, string> { ["lt"] = "works" };
            member.PausedUntil = network.Clock.GetUtcNow().AddDays(7);
        });
        (await TopAsync(network, rasa)).ShouldBeEmpty();

        network.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        (await TopAsync(network, rasa)).ShouldBeEmpty();
        network.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await TopAsync(network, rasa)).ShouldBe([jan]);
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_passed_over_for_the_next_best()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await (await network.MemberAsync("Rasa")).PersonIdAsync();
        var polish = new List<long>();
        foreach (var name in new[] { "Jan", "Ewa", "Piotr" })
        {
            var person = await network.MemberAsync(name, "PL", languages: new Dictionary<string, string> { ["lt"] = "works" });
            polish.Add(await person.PersonIdAsync());
            if (name != "Piotr") await person.Sends(ActivityKind.Left);
        }

        (await TopAsync(network, rasa, count: 2)).ShouldBe([polish[2]]);
    }

    [Fact]
    public async Task After_a_restart_the_pool_is_as_it_was()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, jan) = await PairAsync(network);
        await ChangeAsync(network, jan, member => member.Languages = new Dictionary<string, string> { ["lt"] = "works" });

        await network.RestartAsync();

        (await TopAsync(network, rasa)).ShouldBe([jan]);
    }

    [Fact]
    public async Task Many_changes_at_once_are_all_seen()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, _) = await PairAsync(network);
        (await TopAsync(network, rasa)).ShouldBeEmpty();
        for (var i = 0; i < 250; i++) await network.MemberAsync($"Osoba {i}", "PL", languages: new Dictionary<string, string> { ["lt"] = "converses" });

        (await TopAsync(network, rasa, count: 1000)).Count.ShouldBe(250);
    }

    [Fact]
    public async Task Whom_the_last_round_found_in_demand_stands_further_down_in_lists_until_the_next_round()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await (await network.MemberAsync("Rasa")).PersonIdAsync();
        foreach (var name in new[] { "Jan", "Ewa", "Piotr" })
            await network.MemberAsync(name, "PL", languages: new Dictionary<string, string> { ["lt"] = "works" });
        var before = await TopAsync(network, rasa);
        before.Count.ShouldBe(3);

        await PriceAsync(network, 1, new Dictionary<long, double> { [before[0]] = 0.2, [before[1]] = 0.1, [rasa] = 0 });
        (await TopAsync(network, rasa)).ShouldBe(before.Reverse());
        await network.RestartAsync();
        (await TopAsync(network, rasa)).ShouldBe(before.Reverse());

        await PriceAsync(network, 2, new Dictionary<long, double> { [rasa] = 0.3, [before[2]] = 0 });
        (await TopAsync(network, rasa)).ShouldBe(before);
    }

    private static async Task PriceAsync(TestNetwork network, long roundId, Dictionary<long, double> prices)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        await work.Db.StorePricesAsync(roundId, prices, CancellationToken.None);
        await work.CommitAsync(CancellationToken.None);
    }

    private static async Task<(long Rasa, long Jan)> PairAsync(TestNetwork network) =>
        (await (await network.MemberAsync("Rasa")).PersonIdAsync(), await (await network.MemberAsync("Jan", "PL")).PersonIdAsync());

    private static async Task<IReadOnlyList<long>> TopAsync(TestNetwork network, long memberId, int count = 10)
    {
        await using var db = network.Read();
        return await network.Services.GetRequiredService<PartnerPool>().TopAsync(db, memberId, count, new HashSet<long>(), CancellationToken.None);
    }

    private static async Task ChangeAsync(TestNetwork network, long memberId, Action<Member> change)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        change(await work.Db.Members.SingleAsync(member => member.Id == memberId));
        await work.CommitAsync(CancellationToken.None);
    }
}
