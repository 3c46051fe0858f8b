using System.Collections.Frozen;
using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Tests.Matching.Scoring;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Matching.Ranking;

[Properties(Arbitrary = [typeof(Worlds)], MaxTest = 100)]
public sealed class PartnerIndexTests
{
    [Property]
    public void The_index_ranks_exactly_as_the_score_does(World world, FsCheck.PositiveInt count)
    {
        var index = world.Index;

        foreach (var asker in world.People)
            index.Top(asker.Id, count.Item, World.Today, World.Nobody).ShouldBe(BruteForce(world, asker).Take(count.Item));
    }

    [Property]
    public void The_order_of_enrolment_does_not_show(World world, FsCheck.NonNegativeInt turn)
    {
        var index = new PartnerIndex(World.Vocabulary, World.Weights);
        var cut = turn.Item % (world.People.Count + 1);
        foreach (var profile in world.People.Skip(cut).Concat(world.People.Take(cut)).Reverse())
            index.Set(profile);

        var inOrder = world.Index;
        foreach (var asker in world.People)
            index.Top(asker.Id, 10, World.Today, World.Nobody).ShouldBe(inOrder.Top(asker.Id, 10, World.Today, World.Nobody));
    }

    [Property]
    public void A_changed_profile_counts_as_if_it_had_always_been_so(Pair pair)
    {
        var index = pair.World.Index;
        var moved = pair.B with { Topics = pair.A.Topics, Place = new GeoPoint(54.9, 23.9), TimesFound = 0, Side = pair.A.Side };
        index.Set(moved);

        var expected = new World([.. pair.World.People.Where(profile => profile.Id != moved.Id), moved]);
        foreach (var asker in expected.People)
            index.Top(asker.Id, 10, World.Today, World.Nobody).ShouldBe(BruteForce(expected, asker).Take(10));
    }

    [Property]
    public void Paused_people_find_nobody_and_are_found_by_nobody(World world)
    {
        var index = world.Index;

        foreach (var asker in world.People)
        {
            var found = index.Top(asker.Id, 100, World.Today, World.Nobody);
            found.ShouldAllBe(ranked => world.People.Single(profile => profile.Id == ranked.Id).Available);
            if (!asker.Available)
                found.ShouldBeEmpty();
        }
    }

    [Property]
    public void Forgotten_people_leave_no_trace(Pair pair)
    {
        var index = pair.World.Index;
        index.Remove(pair.B.Id);

        index.Top(pair.B.Id, 10, World.Today, World.Nobody).ShouldBeEmpty();
        index.Assess(pair.A.Id, pair.B.Id, World.Today).ShouldBeNull();
        var left = new World([.. pair.World.People.Where(profile => profile.Id != pair.B.Id)]);
        foreach (var asker in left.People)
            index.Top(asker.Id, 10, World.Today, World.Nobody).ShouldBe(BruteForce(left, asker).Take(10));
    }

    [Property]
    public void Whoever_paused_after_enrolling_is_no_longer_found(Pair pair)
    {
        var index = pair.World.Index;
        index.Set(pair.B with { Available = false });

        index.Top(pair.A.Id, 100, World.Today, World.Nobody).ShouldNotContain(ranked => ranked.Id == pair.B.Id);
        index.Top(pair.B.Id, 100, World.Today, World.Nobody).ShouldBeEmpty();
    }

    [Property]
    public void People_introduced_before_never_come_again_however_well_they_suit(World world, FsCheck.PositiveInt rounds)
    {
        // Elsewhere one side of a condition let closed pairs repeat, or a weight of history was overtaken after some rounds.
        var index = world.Index;
        foreach (var asker in world.People)
        {
            var met = new HashSet<long>();
            for (var round = 0; round < rounds.Item % 40; round++)
            {
                var next = index.Top(asker.Id, 1, World.Today, met);
                if (next is [])
                    break;
                met.Add(next[0].Id).ShouldBeTrue();
            }
        }
    }

    [Property]
    public void In_the_end_everybody_who_may_be_met_is_met(World world)
    {
        // Elsewhere the last in the list was never drawn, and one member without candidates ended the round for all.
        var index = world.Index;
        var score = world.Score;
        foreach (var asker in world.People)
        {
            var feasible = world.People.Where(other => score.Of(asker, other).Feasible).Select(other => other.Id);
            index.Top(asker.Id, int.MaxValue, World.Today, World.Nobody).Select(ranked => ranked.Id)
                .ShouldBe(feasible, ignoreOrder: true);
        }
    }

    [Property]
    public void A_card_explains_the_value_that_ranked_it(World world)
    {
        var index = world.Index;
        foreach (var asker in world.People)
        {
            foreach (var ranked in index.Top(asker.Id, 10, World.Today, World.Nobody))
                index.Assess(asker.Id, ranked.Id, World.Today)!.Value.ShouldBe(ranked.Value);
        }
    }

    [Property]
    public void Keys_that_left_the_lists_count_for_nothing(Pair pair)
    {
        var index = pair.World.Index;
        var before = index.Top(pair.A.Id, 10, World.Today, World.Nobody);
        index.Set(pair.A with
        {
            Topics = pair.A.Topics.Append("retired").ToFrozenSet(),
            Seeks = pair.A.Seeks.Append(KeyValuePair.Create("retired", 3)).ToFrozenDictionary(),
            SoughtTopics = pair.A.SoughtTopics.Append(KeyValuePair.Create("retired", 5)).ToFrozenDictionary(),
            Offers = pair.A.Offers.Append("retired").ToFrozenSet(),
            Languages = pair.A.Languages.Append(KeyValuePair.Create("la", Level.C1)).ToFrozenDictionary(),
        });

        index.Top(pair.A.Id, 10, World.Today, World.Nobody).ShouldBe(before);
    }

    [Property]
    public void Prices_order_a_list_and_leave_the_values(World world, FsCheck.PositiveInt seed)
    {
        var index = world.Index;
        var dice = new Random(seed.Item);
        var prices = world.People.ToDictionary(person => person.Id, _ => dice.NextDouble());
        index.Price(prices, 0.5);

        foreach (var asker in world.People)
        {
            var expected = BruteForce(world, asker).Select(ranked => ranked with { Price = (float)(0.5 * prices[ranked.Id]) }).ToList();
            expected.Sort(Ranked.BestFirst(asker.Id));
            index.Top(asker.Id, 5, World.Today, World.Nobody).ShouldBe(expected.Take(5));
        }
    }

    [Fact]
    public void Many_who_are_equal_are_all_looked_at_before_one_is_chosen()
    {
        // More of them than are scored again at first, so that their single precision decides nothing.
        var people = Enumerable.Range(1, 700).Select(id => new Profile
        {
            Id = id,
            Side = id == 1 ? Side.LT : Side.PL,
            Place = new GeoPoint(54, 23),
            Languages = new Dictionary<string, Level> { ["en"] = Level.C1 },
            Available = true,
        }).ToList();
        var world = new World(people);

        world.Index.Top(1, 10, World.Today, World.Nobody).ShouldBe(BruteForce(world, people[0]).Take(10));
    }

    [Fact]
    public void A_member_takes_at_most_300_bytes() =>
        PartnerIndex.BytesOf(new Vocabulary(
            [.. Enumerable.Range(1, 64).Select(number => $"topic{number}")], [.. Enumerable.Range(1, 16).Select(number => $"form{number}")], [],
            [.. Enumerable.Range(1, 16).Select(number => $"language{number}")], ["teacher"])).ShouldBeLessThanOrEqualTo(300);

    [Fact]
    public void Equal_candidates_stand_in_another_order_for_another_asker()
    {
        var people = Enumerable.Range(1, 40).Select(id => new Profile
        {
            Id = id,
            Side = id <= 20 ? Side.LT : Side.PL,
            Place = new GeoPoint(54, 23),
            Languages = new Dictionary<string, Level> { ["en"] = Level.C1 },
            Available = true,
            LastActive = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        });
        var index = new World([.. people]).Index;

        var first = Enumerable.Range(1, 20).Select(asker => index.Top(asker, 1, World.Today, World.Nobody)[0].Id).Distinct();

        first.Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Readers_always_see_one_whole_state_while_people_change()
    {
        // Two groups replace each other; a torn read would find some of both.
        var token = TestContext.Current.CancellationToken;
        var index = new PartnerIndex(World.Vocabulary, World.Weights);
        var asker = Person(0, Side.LT);
        index.Load([asker, .. Enumerable.Range(1, 50).Select(id => Person(id, Side.PL))]);

        var writer = Task.Run(
            () =>
            {
                for (var round = 0; round < 200; round++)
                {
                    var shift = round % 2 * 100;
                    index.Load([asker, .. Enumerable.Range(1 + shift, 50).Select(id => Person(id, Side.PL))]);
                }
            },
            token);
        while (!writer.IsCompleted)
        {
            var found = index.Top(0, 100, World.Today, World.Nobody);
            found.Count.ShouldBe(50);
            found.GroupBy(ranked => ranked.Id > 100).Count().ShouldBe(1);
        }

        await writer;

        static Profile Person(int id, Side side) => new()
        {
            Id = id,
            Side = side,
            Place = new GeoPoint(54, 23),
            Languages = new Dictionary<string, Level> { ["en"] = Level.C1 },
            Available = true,
            LastActive = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        };
    }

    [Fact]
    public void A_list_that_is_too_long_is_refused_in_words()
    {
        string[] topics = [.. Enumerable.Range(1, 65).Select(number => $"topic{number}")];

        Should.Throw<ArgumentException>(() => new Vocabulary(topics, [], [], [], []))
            .Message.ShouldContain("The list of topics has 65 entries; matching takes at most 64.");
    }

    [Fact]
    public void A_key_named_twice_is_refused_in_words() =>
        Should.Throw<ArgumentException>(() => new Vocabulary([], ["visit", "visit"], [], [], []))
            .Message.ShouldContain("The list of cooperation forms names \"visit\" twice");

    private static List<Ranked> BruteForce(World world, Profile asker)
    {
        var score = world.Score;
        var ranked = world.People
            .Select(other => (other.Id, Assessment: score.Of(asker, other)))
            .Where(pair => pair.Assessment.Feasible)
            .Select(pair => new Ranked(pair.Id, pair.Assessment.Value))
            .ToList();
        ranked.Sort(Ranked.BestFirst(asker.Id));
        return ranked;
    }
}
