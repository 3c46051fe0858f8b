using CrossBorderNetwork.Matching.Ranking;
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
        Languages = new Dictionary<string, Level> { ["lt"] = Level.C1, ["pl"] = Level.B1, ["en"] = Level.A1 },
        Topics = new HashSet<string> { "outdoor", "play" },
        Offers = new HashSet<string> { "visit" },
        Seeks = new Dictionary<string, int> { ["project"] = 1 },
        Available = true,
        LastActive = new DateTimeOffset(2026, 2, 27, 8, 0, 0, TimeSpan.Zero),
    };

    private static readonly Profile Ewa = new()
    {
        Id = 2,
        Side = Side.PL,
        Place = new GeoPoint(53.4489, 23.1000), // Korycin
        Role = "teacher",
        Languages = new Dictionary<string, Level> { ["pl"] = Level.C1, ["en"] = Level.C1 },
        Topics = new HashSet<string> { "outdoor", "reading" },
        Offers = new HashSet<string> { "online" },
        Seeks = new Dictionary<string, int> { ["visit"] = 1 },
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
            said => said.Level.ShouldBe(Level.B1));
    }

    [Fact]
    public void To_understand_a_language_is_not_enough_to_meet()
    {
        var english = Ewa with { Languages = new Dictionary<string, Level> { ["en"] = Level.C1 } };

        Score(Rasa, english).Of(Rasa, english).Obstacle.ShouldBe(Obstacle.NoSharedLanguage);
    }

    [Fact]
    public void A_bridge_person_opens_the_way_at_a_lower_score()
    {
        var english = Ewa with { Languages = new Dictionary<string, Level> { ["en"] = Level.C1 } };
        var bridge = Rasa with
        {
            Id = 3, Bridge = true, Languages = new Dictionary<string, Level> { ["lt"] = Level.C1, ["en"] = Level.B1 },
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
        var english = Ewa with { Languages = new Dictionary<string, Level> { ["en"] = Level.C1 } };
        var paused = Rasa with
        {
            Id = 3, Bridge = true, Available = false,
            Languages = new Dictionary<string, Level> { ["lt"] = Level.C1, ["en"] = Level.C1 },
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
        var ahead = Ewa with { LastActive = Ewa.LastActive!.Value.AddYears(1) };
        var unknown = Ewa with { LastActive = null };

        Score(Rasa, ahead).Value(Rasa, ahead).ShouldBe(Score(Rasa, unknown).Value(Rasa, unknown));
        Score(Rasa, ahead).Value(Rasa, ahead).ShouldBeGreaterThan(Score(Rasa, Ewa).Value(Rasa, Ewa));
    }

    [Fact]
    public void Two_who_accept_a_translator_may_meet_without_a_language_and_one_alone_may_not()
    {
        var (german, willing) = (Ewa with { Languages = new Dictionary<string, Level> { ["de"] = Level.C2 } }, Rasa with { AcceptsTranslator = true });
        var both = german with { AcceptsTranslator = true };

        Score(willing, german).Of(willing, german).Obstacle.ShouldBe(Obstacle.NoSharedLanguage);
        Score(willing, both).Of(willing, both).Conversation!.Value.ViaBridge.ShouldBeTrue();
    }

    [Fact]
    public void Distance_matters_only_to_those_who_want_visits()
    {
        var (far, near) = (Ewa with { Place = new GeoPoint(52.7, 21.5) }, Ewa with { Place = Rasa.Place });
        var online = Rasa with { Seeks = new Dictionary<string, int> { ["online"] = 1 } };
        var visits = Rasa with { Seeks = new Dictionary<string, int> { ["visit"] = 1 } };

        Distance(online, far).ShouldBe(1);
        Distance(visits, near).ShouldBe(1);
        Distance(visits, far).ShouldBeLessThan(0.5);

        static double Distance(Profile me, Profile other) => Score(me, other).Of(me, other).TermsFor(me.Id)
            .Single(term => term.Name == nameof(ScoreWeights.Distance)).Value;
    }

    [Fact]
    public void Topics_with_a_direction_are_told_as_what_one_knows_and_the_other_seeks()
    {
        var seeker = Rasa with { Topics = new HashSet<string>(), SoughtTopics = new Dictionary<string, int> { ["outdoor"] = 5, ["speech"] = 1 } };
        var expert = Ewa with { Topics = new HashSet<string>(), OfferedTopics = new Dictionary<string, int> { ["outdoor"] = 3 } };
        var assessment = Score(seeker, expert).Of(seeker, expert);

        assessment.ReasonsFor(seeker.Id).OfType<TheyKnowYouSeek>().Single().Topics.ShouldBe(["outdoor"]);
        assessment.ReasonsFor(expert.Id).OfType<YouKnowTheySeek>().Single().Topics.ShouldBe(["outdoor"]);
        // 5 of 6 sought, both as rare, at strength 3 of 5.
        assessment.TermsFor(seeker.Id).Single(term => term.Name == nameof(ScoreWeights.Needs)).Value.ShouldBe(5 / 6.0 * 0.76, 1e-12);
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
        Problem(new ScoreWeights { DistanceKm = 0 }).ShouldStartWith("Matching:Score:DistanceKm is 0;");
        Problem(new ScoreWeights { ThroughThird = 0.9 }).ShouldContain("keep ThroughThird <= AtA2");
        Problem(new ScoreWeights { Rating = 0.6, Freshness = 0.5 }).ShouldContain("sum to more than 1");
        Problem(new ScoreWeights { RoleFits = { ["ngo"] = new() { ["head"] = 2 } } })
            .ShouldStartWith("Matching:Score:RoleFits:ngo:head is 2;");
        Problem(new ScoreWeights { Needs = 0, Forms = 0, Language = 0, Topics = 0, Role = 0, Distance = 0 })
            .ShouldContain("All weights");

        static string Problem(ScoreWeights weights) =>
            Should.Throw<ArgumentException>(() => new PartnerIndex(World.Vocabulary, weights)).Message;
    }

    private static Score Score(params Profile[] network) =>
        new(World.Vocabulary, TopicRarity.From(World.Vocabulary, network), Bridges.From(World.Vocabulary, network), World.Today, World.Weights);
}
