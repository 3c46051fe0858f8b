using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Tests.Matching.Scoring;

public sealed class ScoreExamplesTests
{
    private static readonly Profile Rasa = new()
    {
        Id = 1,
        Side = Side.LT,
        Place = new GeoPoint(54.6050, 24.0290), // Birštonas
        Role = "head",
        Languages = new Dictionary<string, Level> { ["lt"] = Level.Works, ["pl"] = Level.Converses, ["en"] = Level.Understands },
        Topics = new HashSet<string> { "outdoor", "play" },
        Offers = new HashSet<string> { "visit" },
        Seeks = new HashSet<string> { "project" },
        Available = true,
        LastActive = new DateTimeOffset(2026, 2, 27, 8, 0, 0, TimeSpan.Zero),
    };

    private static readonly Profile Ewa = new()
    {
        Id = 2,
        Side = Side.PL,
        Place = new GeoPoint(53.4489, 23.1000), // Korycin
        Role = "teacher",
        Languages = new Dictionary<string, Level> { ["pl"] = Level.Works, ["en"] = Level.Works },
        Topics = new HashSet<string> { "outdoor", "reading" },
        Offers = new HashSet<string> { "online" },
        Seeks = new HashSet<string> { "visit" },
        Available = true,
        LastActive = new DateTimeOffset(2026, 2, 20, 8, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void Each_is_told_the_same_truth_from_her_own_end()
    {
        var assessment = Score(Rasa, Ewa).Of(Rasa, Ewa);

        assessment.ReasonsFor(Rasa.Id).OfType<YouOfferTheySeek>().Single().Forms.ShouldBe(["visit"]);
        assessment.ReasonsFor(Ewa.Id).OfType<TheyOfferYouSeek>().Single().Forms.ShouldBe(["visit"]);
        assessment.ReasonsFor(Rasa.Id).OfType<SharedTopics>().Single().Topics.ShouldBe(["outdoor"]);
        assessment.ReasonsFor(Rasa.Id).OfType<SharedLanguage>().Single().ShouldSatisfyAllConditions(
            said => said.Language.ShouldBe("pl"),
            said => said.Level.ShouldBe(Level.Converses));
    }

    [Fact]
    public void To_understand_a_language_is_not_enough_to_meet()
    {
        var english = Ewa with { Languages = new Dictionary<string, Level> { ["en"] = Level.Works } };

        Score(Rasa, english).Of(Rasa, english).Obstacle.ShouldBe(Obstacle.NoSharedLanguage);
    }

    [Fact]
    public void A_bridge_person_opens_the_way_at_a_lower_score()
    {
        var english = Ewa with { Languages = new Dictionary<string, Level> { ["en"] = Level.Works } };
        var bridge = Rasa with
        {
            Id = 3, Bridge = true, Languages = new Dictionary<string, Level> { ["lt"] = Level.Works, ["en"] = Level.Converses },
        };

        var assessment = Score(Rasa, english, bridge).Of(Rasa, english);

        assessment.Feasible.ShouldBeTrue();
        assessment.Conversation!.Value.ViaBridge.ShouldBeTrue();
        assessment.ReasonsFor(Rasa.Id).ShouldNotContain(reason => reason is SharedLanguage);
        assessment.Value.ShouldBeLessThan(Score(Rasa, Ewa, bridge).Of(Rasa, Ewa).Value);
    }

    [Fact]
    public void A_bridge_person_who_is_paused_opens_no_way()
    {
        var english = Ewa with { Languages = new Dictionary<string, Level> { ["en"] = Level.Works } };
        var paused = Rasa with
        {
            Id = 3, Bridge = true, Available = false,
            Languages = new Dictionary<string, Level> { ["lt"] = Level.Works, ["en"] = Level.Works },
        };

        Score(Rasa, english, paused).Of(Rasa, english).Obstacle.ShouldBe(Obstacle.NoSharedLanguage);
    }

    [Fact]
    public void A_rare_shared_topic_counts_more_than_one_that_everybody_chose()
    {
        var crowd = Enumerable.Range(10, 50).Select(id => Ewa with { Id = id, Topics = new HashSet<string> { "play" } });
        var common = Ewa with { Topics = new HashSet<string> { "play" } };
        var rare = Ewa with { Topics = new HashSet<string> { "outdoor" } };
        var score = Score([Rasa, .. crowd]);

        score.Value(Rasa, rare).ShouldBeGreaterThan(score.Value(Rasa, common));
    }

    [Fact]
    public void The_order_in_which_topics_stand_does_not_move_the_last_digit()
    {
        string[] topics = [.. Enumerable.Range(1, 40).Select(number => $"topic{number}")];
        var crowd = Enumerable.Range(1, 40).Select(count =>
            Ewa with { Id = 10 + count, Topics = topics.Take(count).ToHashSet() });
        var rarity = TopicRarity.From(crowd);

        topics.Reverse().Sum(rarity.WeightOf).ShouldBe(topics.Sum(rarity.WeightOf));
    }

    [Fact]
    public void A_pair_that_serves_one_side_only_is_worth_less_than_a_mutual_one_of_the_same_sum()
    {
        var taker = Ewa with { Offers = new HashSet<string>(), Topics = new HashSet<string>() };
        var assessment = Score(Rasa, taker).Of(Rasa, taker);
        var (mine, theirs) = (assessment.For(Rasa.Id).Utility, assessment.For(taker.Id).Utility);

        Math.Abs(mine - theirs).ShouldBeGreaterThan(0.1);
        assessment.Value.ShouldBeLessThan((mine + theirs) / 2);
        assessment.Value.ShouldBeGreaterThanOrEqualTo(Math.Min(mine, theirs));
    }

    [Fact]
    public void Somebody_active_in_the_future_of_another_clock_counts_as_active_today()
    {
        var ahead = Ewa with { LastActive = Ewa.LastActive.AddYears(1) };

        Score(Rasa, ahead).Of(Rasa, ahead).TermsFor(Rasa.Id).Single(term => term.Name == nameof(ScoreWeights.Freshness))
            .Value.ShouldBe(1);
    }

    [Theory]
    [InlineData(91, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(54, 181)]
    public void A_place_outside_the_earth_is_refused(double latitude, double longitude) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new GeoPoint(latitude, longitude));

    [Fact]
    public void The_default_weights_have_no_problems() => new ScoreWeights().Problems().ShouldBeEmpty();

    [Fact]
    public void Weights_that_make_no_score_are_refused_by_the_name_of_the_setting()
    {
        Problem(new ScoreWeights { Topics = -1 }).ShouldStartWith("Matching:Score:Topics is -1;");
        Problem(new ScoreWeights { Needs = double.NaN }).ShouldStartWith("Matching:Score:Needs is NaN;");
        Problem(new ScoreWeights { HalfDistanceKm = 0 }).ShouldStartWith("Matching:Score:HalfDistanceKm is 0;");
        Problem(new ScoreWeights { ViaBridge = 0.9 }).ShouldContain("keep ViaBridge <= BothConverse <= BothWork");
        Problem(new ScoreWeights { RoleFits = { ["ngo"] = new() { ["head"] = 2 } } })
            .ShouldStartWith("Matching:Score:RoleFits:ngo:head is 2;");
        Problem(new ScoreWeights { Topics = 0, Needs = 0, Language = 0, Role = 0, Distance = 0, Freshness = 0, Fairness = 0 })
            .ShouldContain("All weights");

        static string Problem(ScoreWeights weights) =>
            Should.Throw<ArgumentException>(() => new PartnerIndex(World.Vocabulary, weights)).Message;
    }

    private static Score Score(params Profile[] network) =>
        new(TopicRarity.From(network), Bridges.From(network), World.Today, World.Weights);
}
