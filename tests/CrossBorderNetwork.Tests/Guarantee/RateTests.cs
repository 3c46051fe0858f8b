using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Tests.Guarantee;

/// <summary>The arithmetic of pace, with a sender that is as greedy as it may be.</summary>
public sealed class RateTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 5, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(20)]
    [InlineData(3)]
    [InlineData(1)]
    public void No_minute_has_more_for_a_group_than_it_may_have(int perMinute)
    {
        var sent = Greedy(Rate.Group(perMinute), TimeSpan.FromMinutes(20), TimeSpan.FromMilliseconds(250));

        sent.Count.ShouldBeGreaterThan(10 * perMinute);
        Most(sent, TimeSpan.FromMinutes(1)).ShouldBeLessThanOrEqualTo(perMinute);
    }

    [Fact]
    public void Overall_the_pace_holds_and_nothing_of_it_is_lost_to_late_looks()
    {
        var sent = Greedy(Rate.Overall(30), TimeSpan.FromMinutes(2), TimeSpan.FromMilliseconds(70));

        sent.Count.ShouldBeInRange(30 * 120, (30 * 120) + 8);
        Most(sent, TimeSpan.FromSeconds(1)).ShouldBeLessThanOrEqualTo(30 + 8);
    }

    [Fact]
    public void A_person_gets_a_burst_and_then_one_a_second()
    {
        var sent = Greedy(Rate.Chat(1, 8), TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(100));

        sent.Count(at => at == Start).ShouldBe(8);
        Most([.. sent.Skip(8)], TimeSpan.FromSeconds(10)).ShouldBeLessThanOrEqualTo(10);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_stop_the_pace()
    {
        var rate = Rate.Chat(1, 1);

        rate.Available(Start.AddHours(1), Start).ShouldBe(1);
        rate.Available(rate.After(Start.AddHours(1), Start), Start.AddSeconds(2)).ShouldBe(1);
    }

    private static List<DateTimeOffset> Greedy(Rate rate, TimeSpan length, TimeSpan step)
    {
        var sent = new List<DateTimeOffset>();
        var readyAt = DateTimeOffset.UnixEpoch;
        for (var now = Start; now < Start + length; now += step)
        {
            var count = rate.Available(readyAt, now);
            if (count == 0) continue;
            readyAt = rate.After(readyAt, now, count);
            sent.AddRange(Enumerable.Repeat(now, count));
        }
        return sent;
    }

    private static int Most(List<DateTimeOffset> sent, TimeSpan within) => sent.Max(first => sent.Count(at => at >= first && at < first + within));
}
