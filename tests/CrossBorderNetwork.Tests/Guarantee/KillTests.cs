using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.PostgreSql;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>
/// An announcement to a thousand people while the server is killed a hundred times at random moments and started again at once: while
/// it starts, while it claims, while messages are on the wire, while it records.
/// </summary>
public abstract class KillTests(int seed)
{
    private const int Kills = 100;
    private const int People = 1000;
    private const int Window = 8;

    [Fact]
    public async Task Kills_lose_nobody_and_send_at_most_what_was_on_the_wire_twice()
    {
        var chance = new Random(seed);
        await using var campaign = await Campaign.StartAsync(
            People,
            new BotApiOptions { Rates = null, Seed = seed },
            ("Delivery__MessagesPerSecond", "10"), ("Delivery__Window", $"{Window}"));
        campaign.Api.Faults.Add(Fault.RandomDelay(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(60)));
        await campaign.AnnounceAsync();

        for (var kill = 0; kill < Kills; kill++)
        {
            // Most die amid the sending, every fifth wherever it is, be it while it starts.
            if (kill % 5 == 0) await Task.Delay(chance.Next(1500));
            else await campaign.MoreArriveAsync(TimeSpan.FromSeconds(20));
            await Task.Delay(chance.Next(400));
            if (kill == Kills - 1) campaign.Server.Set("Delivery__MessagesPerSecond", "1000");
            await campaign.KillAsync();
        }
        campaign.Arrived.ShouldBeLessThan(campaign.Members, "The last kills must come while there is something to lose.");
        await campaign.EndsAsync();

        var (duplicates, inDoubt) = await campaign.CheckAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"{campaign.OnTheWire.Sum()} on the wire at {Kills} kills, {duplicates} second copies, {inDoubt} in doubt");
        campaign.OnTheWire.ShouldAllBe(onTheWire => onTheWire <= Window);
        campaign.OnTheWire.Count(onTheWire => onTheWire > 0).ShouldBeGreaterThan(Kills / 4, "The kills must hit something.");
        duplicates.ShouldBeLessThanOrEqualTo(campaign.OnTheWire.Sum());
    }
}

public sealed class FirstKillTests() : KillTests(1);

public sealed class SecondKillTests() : KillTests(2);

public sealed class ThirdKillTests() : KillTests(3);

[OnPostgreSql]
public sealed class FirstKillOnPostgreSqlTests() : KillTests(1);

[OnPostgreSql]
public sealed class SecondKillOnPostgreSqlTests() : KillTests(2);

[OnPostgreSql]
public sealed class ThirdKillOnPostgreSqlTests() : KillTests(3);

/// <summary>What is not an accident: deploys and a coordinator who pauses. Nothing comes twice.</summary>
public sealed class CleanStopTests
{
    [Fact]
    public async Task Twenty_clean_restarts_and_fifty_pauses_lose_nobody_and_send_nothing_twice()
    {
        var chance = new Random(4);
        await using var campaign = await Campaign.StartAsync(1000, new BotApiOptions { Rates = null, Seed = 4 }, ("Delivery__MessagesPerSecond", "5"));
        campaign.Api.Faults.Add(Fault.RandomDelay(TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(60)));
        await campaign.AnnounceAsync();
        await campaign.MoreArriveAsync(TimeSpan.FromSeconds(20));

        for (var pause = 0; pause < 50; pause++)
        {
            await campaign.SteersAsync(isPause: true);
            await campaign.SteersAsync(isPause: false);
            if (pause % 5 >= 2) continue;
            await Task.Delay(chance.Next(200));
            (await campaign.Server.StopAsync()).ShouldBe(0, campaign.Server.Log);
            await campaign.Server.StartAsync();
        }
        campaign.Arrived.ShouldBeLessThan(1000, "The last pauses must come while there is something to send.");
        (await campaign.Server.StopAsync()).ShouldBe(0, campaign.Server.Log);
        campaign.Server.Set("Delivery__MessagesPerSecond", "1000");
        await campaign.Server.StartAsync();
        await campaign.EndsAsync();

        (await campaign.CheckAsync()).ShouldBe((0, 0));
        (await campaign.StatesAsync())["Delivered"].ShouldBe(1000);
    }
}
