using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.TestKit.Matching;
using CrossBorderNetwork.Tests.Matching.Scoring;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Matching.Rounds;

[Properties(MaxTest = 150)]
public sealed class SolveRoundTests
{
    [Property]
    public void Pairs_cross_the_border_and_can_talk_and_nobody_has_more_than_asked_for(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 120);
        var people = world.People.ToDictionary(person => person.Id);
        var allowed = world.Allowed();
        var outcome = RoundWorld.Solve(world.Input);

        outcome.Pairs.Select(pair => (pair.Lithuanian, pair.Polish)).ShouldBeUnique();
        foreach (var pair in outcome.Pairs)
        {
            people[pair.Lithuanian].Side.ShouldBe(Side.LT);
            people[pair.Polish].Side.ShouldBe(Side.PL);
            people[pair.Lithuanian].Available.ShouldBeTrue();
            people[pair.Polish].Available.ShouldBeTrue();
            CanTalk(people[pair.Lithuanian], people[pair.Polish], world.People).ShouldBeTrue();
            pair.Score.ShouldBe(allowed(people[pair.Lithuanian], people[pair.Polish]).ShouldNotBeNull());
        }
        foreach (var (id, count) in outcome.Pairs.SelectMany(pair => new[] { pair.Lithuanian, pair.Polish }).CountBy(id => id))
            count.ShouldBeLessThanOrEqualTo(people[id].Capacity);
    }

    [Property]
    public void Whoever_met_or_does_not_want_to_meet_is_kept_apart_whichever_of_the_two_said_so(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 60);
        var first = RoundWorld.Solve(world.Input).Pairs;
        var (some, others) = (first.Where((_, number) => number % 2 == 0), first.Where((_, number) => number % 2 == 1));
        var apart = some.Select(pair => (pair.Lithuanian, pair.Polish)).Concat(others.Select(pair => (pair.Polish, pair.Lithuanian)));

        var second = RoundWorld.Solve(world.Input with { Apart = world.Apart.Concat(apart) }).Pairs;

        second.Select(pair => (pair.Lithuanian, pair.Polish)).Intersect(first.Select(pair => (pair.Lithuanian, pair.Polish))).ShouldBeEmpty();
    }

    [Property(MaxTest = 100)]
    public void No_assignment_is_better_by_more_than_a_step_a_pair(FsCheck.DoNotSize<int> seed) =>
        IsBest(RoundWorld.Of(seed.Item, 300));

    [Fact]
    public void Among_more_than_fifteen_hundred_none_is_better_either() =>
        IsBest(Enumerable.Range(1, 50).Select(seed => RoundWorld.Of(seed, 2000)).First(world => world.People.Count > 1500));

    [Property]
    public void The_value_is_the_sum_of_the_scores_and_of_the_bonuses_of_all_who_got_somebody(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 120);
        var outcome = RoundWorld.Solve(world.Input);
        var covered = outcome.Pairs.SelectMany(pair => new[] { pair.Lithuanian, pair.Polish }).ToHashSet();

        outcome.Value.ShouldBe(
            outcome.Pairs.Sum(pair => pair.Score)
            + world.People.Where(person => covered.Contains(person.Id)).Sum(person => RoundWorld.Settings.BonusOf(person.RoundsWaited)),
            1e-9);
        outcome.Lithuania.Covered.ShouldBe(world.Taking(Side.LT).Count(person => covered.Contains(person.Id)));
        outcome.Poland.Covered.ShouldBe(world.Taking(Side.PL).Count(person => covered.Contains(person.Id)));
        outcome.LeftOut.Select(member => member.Id).ShouldBe(
            world.Taking(Side.LT).Concat(world.Taking(Side.PL)).Select(person => person.Id).Where(id => !covered.Contains(id)), ignoreOrder: true);
    }

    [Property]
    public void The_certificate_holds_when_it_is_computed_again_from_profiles_and_prices(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 120);
        var outcome = RoundWorld.Solve(world.Input);
        var prices = outcome.Certificate.Prices;
        var allowed = world.Allowed();
        var priced = world.Taking(outcome.Certificate.Priced).ToList();
        var choosing = world.Taking(outcome.Certificate.Priced is Side.LT ? Side.PL : Side.LT);

        var bound = 0.0;
        foreach (var person in priced)
        {
            // The most that the places can be worth at this price, whether none, one or all are given.
            var (price, bonus) = (prices[person.Id], RoundWorld.Settings.BonusOf(person.RoundsWaited));
            bound += Enumerable.Range(0, person.Capacity + 1).Max(given => (given * price) + (given > 0 ? bonus : 0));
        }
        foreach (var person in choosing)
        {
            var gains = priced.Select(other => allowed(person, other) is { } score ? score - prices[other.Id] : double.NegativeInfinity)
                .OrderDescending().Take(person.Capacity).ToList();
            var most = 0.0;
            for (var count = 1; count <= gains.Count; count++)
                most = Math.Max(most, gains.Take(count).Sum() + RoundWorld.Settings.BonusOf(person.RoundsWaited));
            bound += most;
        }

        bound.ShouldBeGreaterThanOrEqualTo(outcome.Value - 1e-9);
        outcome.Certificate.Bound.ShouldBeGreaterThanOrEqualTo(bound - 1e-9);
        outcome.Certificate.Bound.ShouldBeLessThanOrEqualTo(outcome.Value + Allowance(world, outcome));
    }

    [Property]
    public void The_order_of_members_and_pairs_and_the_threads_do_not_show(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 200);
        var dice = new Random(seed.Item);
        var outcome = RoundWorld.Solve(world.Input);

        var again = RoundWorld.Solve(
            world.Input with
            {
                People = world.People.OrderBy(_ => dice.Next()),
                Apart = world.Apart.Select(pair => dice.Next(2) == 0 ? pair : (pair.Other, pair.One)).OrderBy(_ => dice.Next()),
            },
            threads: 1 + dice.Next(8));

        // Only the first few that differ, or a failure would print them all.
        again.Pairs.Except(outcome.Pairs).Concat(outcome.Pairs.Except(again.Pairs)).Take(3).ShouldBeEmpty();
        again.Effort.ShouldBe(outcome.Effort);
        again.Value.ShouldBe(outcome.Value);
        again.Certificate.Bound.ShouldBe(outcome.Certificate.Bound);
        again.Prices.Except(outcome.Prices).Take(3).ShouldBeEmpty();
    }

    [Property]
    public void Coverage_is_as_high_as_the_same_value_allows_and_never_above_what_is_attainable(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 120);
        var outcome = RoundWorld.Solve(world.Input);

        outcome.Lithuania.Covered.ShouldBeLessThanOrEqualTo(outcome.Lithuania.Attainable);
        outcome.Poland.Covered.ShouldBeLessThanOrEqualTo(outcome.Poland.Attainable);
        outcome.Lithuania.Attainable.ShouldBeLessThanOrEqualTo(outcome.Lithuania.Members);
        outcome.Poland.Attainable.ShouldBeLessThanOrEqualTo(outcome.Poland.Members);
    }

    [Property]
    public void Nobody_is_left_out_while_somebody_free_could_be_introduced(FsCheck.DoNotSize<int> seed)
    {
        var world = RoundWorld.Of(seed.Item, 80);
        var outcome = RoundWorld.Solve(world.Input);
        var allowed = world.Allowed();
        var counts = outcome.Pairs.SelectMany(pair => new[] { pair.Lithuanian, pair.Polish }).CountBy(id => id).ToDictionary();
        var free = world.Taking(Side.LT).Concat(world.Taking(Side.PL)).Where(person => counts.GetValueOrDefault(person.Id) < person.Capacity).ToList();

        foreach (var person in free.Where(person => !counts.ContainsKey(person.Id)))
            free.ShouldNotContain(other => allowed(person, other) != null);
    }

    [Fact]
    public void An_empty_round_is_a_round()
    {
        var outcome = RoundWorld.Solve(new RoundInput([], [], World.Today, 1));

        outcome.Pairs.ShouldBeEmpty();
        outcome.Optimality.ShouldBe(1);
        outcome.Lithuania.Share.ShouldBe(1);
    }

    [Fact]
    public void Whoever_waited_longest_comes_first_where_there_is_one_partner_for_many()
    {
        var people = Enumerable.Range(1, 9).Select(id => Person(id, Side.LT) with { RoundsWaited = id % 5 }).Append(Person(10, Side.PL));

        RoundWorld.Solve(new RoundInput(people, [], World.Today, 1)).Pairs.Single().ShouldSatisfyAllConditions(
            pair => (pair.Lithuanian % 5).ShouldBe(4),
            pair => pair.Polish.ShouldBe(10));
    }

    [Fact]
    public void Whoever_has_room_for_more_than_a_list_is_long_gets_them_all()
    {
        var people = Enumerable.Range(1, 150).Select(id => Person(id, Side.PL)).Append(Person(1000, Side.LT) with { Capacity = 100 });

        RoundWorld.Solve(new RoundInput(people, [], World.Today, 1)).Pairs.Count.ShouldBe(100);
    }

    [Fact]
    public void Somebody_for_whom_only_a_translator_is_missing_is_told_so()
    {
        var outcome = RoundWorld.Solve(new RoundInput(
            [
                Person(1, Side.LT) with { Languages = new Dictionary<string, Level> { ["lt"] = Level.C2 } },
                Person(2, Side.PL) with { Languages = new Dictionary<string, Level> { ["pl"] = Level.C2 }, AcceptsTranslator = true },
                Person(3, Side.PL) with { Languages = new Dictionary<string, Level> { ["pl"] = Level.C2 } },
            ],
            [], World.Today, 1));

        outcome.LeftOut.Single(member => member.Id == 1).Reason.ShouldBe(LeftOutReason.TranslatorWouldHelp);
        outcome.LeftOut.Single(member => member.Id == 2).Reason.ShouldBe(LeftOutReason.NoLanguage);
    }

    [Fact]
    public void Settings_that_make_no_round_are_refused_by_name() =>
        Should.Throw<ArgumentException>(() => new SolveRound(World.Vocabulary, World.Weights, new RoundSettings { Step = 0 }))
            .Message.ShouldStartWith("Matching:Round:Step is 0;");

    private static void IsBest(RoundWorld world)
    {
        var best = Oracle.BestValue(world.Taking(Side.LT).Concat(world.Taking(Side.PL)), world.Allowed(), RoundWorld.Settings.BonusOf);

        var outcome = RoundWorld.Solve(world.Input);

        outcome.Value.ShouldBeLessThanOrEqualTo(best + Rounding(world));
        outcome.Value.ShouldBeGreaterThanOrEqualTo(best - Allowance(world, outcome));
        outcome.Certificate.Bound.ShouldBeGreaterThanOrEqualTo(best - Rounding(world));
    }

    private static Profile Person(long id, Side side) => new()
    {
        Id = id,
        Side = side,
        Place = new GeoPoint(54, 23),
        Languages = new Dictionary<string, Level> { ["en"] = Level.C1 },
        Available = true,
    };

    private static bool CanTalk(Profile one, Profile other, IReadOnlyList<Profile> people) =>
        Share(one, other) || (one.AcceptsTranslator && other.AcceptsTranslator)
        || people.Any(third => third is { Available: true, Bridge: true } && Share(third, one) && Share(third, other));

    private static bool Share(Profile one, Profile other) => one.Languages.Any(known => known.Value >= Level.A2 && other.Languages.GetValueOrDefault(known.Key) >= Level.A2);

    // A step for each pair, and one for each who might have chosen.
    private static double Allowance(RoundWorld world, RoundOutcome outcome) =>
        (RoundWorld.Settings.Step * (outcome.Pairs.Count + world.People.Count)) + Rounding(world);

    private static double Rounding(RoundWorld world) => 1e-5 * (1 + world.People.Sum(person => person.Capacity));
}
