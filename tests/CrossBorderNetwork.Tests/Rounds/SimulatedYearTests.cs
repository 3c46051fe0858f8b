using System.Globalization;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Rounds;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Rounds;

/// <summary>
/// Twelve months of a network with the real jobs, messages and presses; only the clock is played. Seven hundred members keep the suite
/// short; the environment variable YEAR_PEOPLE=2000 makes it the year of two thousand, which takes some minutes.
/// </summary>
public sealed class SimulatedYearTests(ITestOutputHelper output)
{
    private const int Months = 12;
    private const int UsualPeople = 700;
    private const int LongestWait = 2;

    private static readonly int People = int.TryParse(Environment.GetEnvironmentVariable("YEAR_PEOPLE"), CultureInfo.InvariantCulture, out var people) ? people : UsualPeople;

    private const double LeastQuality = .999;

    [Fact]
    public async Task In_a_year_nobody_waits_in_vain_nobody_meets_the_same_person_twice_and_everybody_left_out_is_told()
    {
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions { Now = new DateTimeOffset(2026, 1, 2, 7, 0, 0, TimeSpan.Zero) });
        var rasa = await network.CoordinatorAsync();
        var crowd = new Crowd(network, seed: 7);
        await crowd.JoinAsync(People);
        for (var month = 0; month < Months; month++)
        {
            await network.MatchAsync();
            await network.SendsAsync(rasa);
            await EverybodyIsToldAsync(network);
            await crowd.AnswerAsync();
            await network.LiveAsync(TimeSpan.FromHours(48));
            await crowd.AnswerAsync();
            await network.LiveAsync(TimeSpan.FromHours(24));
            await crowd.AnswerAsync();
            await network.LiveAsync(TimeSpan.FromDays(4));
            await crowd.AnswerAsync();
            await crowd.LeaveAsync(8);
            await crowd.RestAsync(8, network.Clock.GetUtcNow().AddDays(45).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            await crowd.JoinAsync(20);
            await network.NextMonthAsync();
        }
        await CheckAsync(network);
    }

    /// <summary>Who takes part has an introduction of this round, or was sent the reason why not.</summary>
    private static async Task EverybodyIsToldAsync(TestNetwork network)
    {
        await using var db = network.Read();
        var round = (await db.LastRoundAsync(CancellationToken.None))!;
        round.State.ShouldBe(RoundState.Sent);
        (round.Value / round.Bound).ShouldBeGreaterThanOrEqualTo(LeastQuality);
        var introduced = (await db.Introductions.Where(introduction => introduction.RoundId == round.Id).Select(introduction => new { introduction.AskerId, introduction.AskedId }).ToListAsync())
            .SelectMany(pair => new[] { pair.AskerId, pair.AskedId }).ToHashSet();
        var addresses = await db.Set<Messaging.Conversation>().ToDictionaryAsync(conversation => conversation.PersonId, conversation => conversation.Address);
        foreach (var seat in await db.RoundSeats.Where(seat => seat.RoundId == round.Id).ToListAsync())
        {
            if (introduced.Contains(seat.MemberId)) continue;
            seat.LeftOut.ShouldNotBeNull();
            network.Channel.Phone(addresses[seat.MemberId]).Messages[^1].Buttons.ShouldContain(button => button.Token!.StartsWith(">participation/", StringComparison.Ordinal));
        }
    }

    private async Task CheckAsync(TestNetwork network)
    {
        await using var db = network.Read();
        var introductions = await db.Introductions.AsNoTracking().ToListAsync();
        var met = introductions.Select(introduction => introduction.Pair).ToHashSet();
        met.Count.ShouldBe(introductions.Count);
        introductions.GroupBy(introduction => introduction.State).Select(group => $"{group.Key}: {group.Count()}").Order(StringComparer.Ordinal).ToList().ForEach(output.WriteLine);
        introductions.Count(introduction => introduction.State == IntroductionState.Accepted).ShouldBeGreaterThan(People * 3 / 2);

        var seats = (await db.RoundSeats.AsNoTracking().OrderBy(seat => seat.RoundId).ToListAsync()).ToLookup(seat => seat.MemberId);
        var offered = introductions.SelectMany(introduction => new[] { (introduction.AskerId, introduction.RoundId), (introduction.AskedId, introduction.RoundId) }).ToHashSet();
        var members = await db.Set<Member>().AsNoTracking().ToDictionaryAsync(member => member.Id);
        var waits = seats.Where(own => members.ContainsKey(own.Key)).ToDictionary(own => own.Key, own => Longest(own, offered));
        output.WriteLine("Longest waits: " + string.Join(", ", waits.Values.CountBy(wait => wait).OrderBy(wait => wait.Key).Select(wait => $"{wait.Key} rounds: {wait.Value}")));
        var partners = introductions.SelectMany(introduction => new[] { (introduction.RoundId, One: introduction.AskerId, Other: introduction.AskedId), (introduction.RoundId, One: introduction.AskedId, Other: introduction.AskerId) })
            .ToLookup(pair => (pair.RoundId, pair.One), pair => pair.Other);
        var places = seats.SelectMany(own => own).ToDictionary(seat => ((long?)seat.RoundId, seat.MemberId));
        var pool = network.Services.GetRequiredService<PartnerPool>();
        foreach (var (id, round) in waits.Where(wait => wait.Value > LongestWait).SelectMany(wait => TooLong(seats[wait.Key], offered).Select(round => (wait.Key, round))))
        {
            // Whoever waited longer had nobody to wait for: with whom there is a language, and who took part, was given to people who had waited as long.
            foreach (var other in members.Values.Where(other => other.Side != members[id].Side && !met.Contains(Introduction.PairOf(id, other.Id)) && places.ContainsKey((round, other.Id))))
            {
                var given = partners[(round, other.Id)].Where(one => places.ContainsKey((round, one))).ToList();
                // Whoever was given to somebody who has left the network since is not to be judged any more.
                if (given.Count == 0 && places[(round, other.Id)].LeftOut is null) continue;
                if (given.Count > 0 && given.TrueForAll(one => places[(round, one)].RoundsWaited >= places[(round, id)].RoundsWaited)) continue;
                (await pool.AssessAsync(id, other.Id, CancellationToken.None))?.Feasible.ShouldNotBe(true, $"{members[id].Name} waited in round {round} for {other.Name}");
            }
        }
        waits.Values.Count(wait => wait <= LongestWait).ShouldBeGreaterThan(waits.Count * 9 / 10);
    }

    /// <summary>The most rounds in a row in which the member took part and was introduced to nobody.</summary>
    private static int Longest(IEnumerable<RoundSeat> seats, HashSet<(long, long?)> offered)
    {
        var (longest, current) = (0, 0);
        foreach (var seat in seats)
        {
            current = offered.Contains((seat.MemberId, seat.RoundId)) ? 0 : current + 1;
            longest = Math.Max(longest, current);
        }
        return longest;
    }

    /// <summary>The rounds that somebody waited in after having waited in as many as one may.</summary>
    private static List<long> TooLong(IEnumerable<RoundSeat> seats, HashSet<(long, long?)> offered)
    {
        var (rounds, current) = (new List<long>(), 0);
        foreach (var seat in seats)
        {
            current = offered.Contains((seat.MemberId, seat.RoundId)) ? 0 : current + 1;
            if (current > LongestWait) rounds.Add(seat.RoundId);
        }
        return rounds;
    }
}
