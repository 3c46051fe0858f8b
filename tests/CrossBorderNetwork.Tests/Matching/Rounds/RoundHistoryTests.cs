using CrossBorderNetwork.Matching.Evaluation;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Tests.Matching.Scoring;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Matching.Rounds;

/// <summary>What went wrong elsewhere when rounds followed each other, each as a test that would have caught it.</summary>
public sealed class RoundHistoryTests
{
    [Property(MaxTest = 60)]
    public void Rounds_without_end_introduce_each_two_who_may_meet_once_and_nobody_twice(FsCheck.DoNotSize<int> seed)
    {
        // Elsewhere a weight of history was overtaken after ten rounds, one side of a condition let closed pairs repeat, and the last of
        // a list was never drawn.
        var world = RoundWorld.Of(seed.Item, 24);
        var allowed = world.Allowed();
        var met = new HashSet<(long One, long Other)>();
        for (var round = 0; ; round++)
        {
            var pairs = RoundWorld.Solve(world.Input with { Apart = world.Apart.Concat(met), Seed = round }).Pairs;
            if (pairs is []) break;
            foreach (var pair in pairs) met.Add((pair.Lithuanian, pair.Polish)).ShouldBeTrue();
        }

        var expected = from one in world.Taking(Side.LT) from other in world.Taking(Side.PL) where allowed(one, other) is not null select (one.Id, other.Id);
        met.Order().ShouldBe(expected.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void In_twelve_rounds_nobody_meets_twice_and_fewer_wait_long_than_where_the_best_pair_is_taken_first(int seed)
    {
        var world = RoundWorld.Of(seed, 300);
        var courses = new RoundComparison(World.Vocabulary, World.Weights, RoundWorld.Settings)
            .Run(world.People, world.Apart, seed, 12, CancellationToken.None).Select(entry => entry.Course).ToDictionary(course => course.Way);

        var (auction, greedy) = (courses["auction"], courses["greedy"]);
        (auction.First.Conversing, auction.Last.Conversing).ShouldBe((1, 1));
        (auction.Repeats, greedy.Repeats).ShouldBe((0, 0));
        auction.Never.ShouldBe(0);
        auction.LongWaits.ShouldBeLessThan(greedy.LongWaits);
    }

    [Fact]
    public void The_best_pair_gives_way_where_taking_it_first_would_leave_two_who_have_met()
    {
        // Elsewhere the best pair was taken first, and the two who were left over had to meet again.
        Profile[] people = [Person(1, Side.LT, "outdoor"), Person(2, Side.LT, "theatre"), Person(3, Side.PL, "outdoor"), Person(4, Side.PL, "theatre")];
        var input = new RoundInput(people, [(2, 4)], World.Today, 1);

        new GreedyRound(World.Vocabulary, World.Weights, RoundWorld.Settings).Run(input).Select(pair => (pair.Lithuanian, pair.Polish)).ShouldBe([(1, 3)]);
        RoundWorld.Solve(input).Pairs.Select(pair => (pair.Lithuanian, pair.Polish)).ShouldBe([(1, 4), (2, 3)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(21)]
    public void One_member_with_whom_nobody_can_talk_takes_nothing_from_the_others(long id)
    {
        // Elsewhere the first member without a candidate ended the round for all.
        var others = Enumerable.Range(1, 20).Where(other => other != id).Select(other => Person(other, other % 2 == 0 ? Side.LT : Side.PL, "theatre"));
        var lonely = Person(id, Side.LT, "theatre") with { Languages = new Dictionary<string, Level>() };

        var outcome = RoundWorld.Solve(new RoundInput(others.Append(lonely), [], World.Today, 1));

        outcome.Pairs.Count.ShouldBe(id == 10 ? 9 : 10);
        outcome.LeftOut.Single(member => member.Id == id).Reason.ShouldBe(LeftOutReason.NoLanguage);
    }

    private static Profile Person(long id, Side side, string topic) => new()
    {
        Id = id,
        Side = side,
        Place = new GeoPoint(54, 23),
        Languages = new Dictionary<string, Level> { ["en"] = Level.C1 },
        Topics = new HashSet<string> { topic },
        Available = true,
    };
}
