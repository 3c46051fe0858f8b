using System.Collections.Frozen;
using CrossBorderNetwork.Matching.Scoring;
using FsCheck.Xunit;

namespace CrossBorderNetwork.Tests.Matching.Scoring;

[Properties(Arbitrary = [typeof(Worlds)], MaxTest = 200)]
public sealed class ScoreTests
{
    private const double Rounding = 1e-12;

    [Property]
    public void Two_people_of_one_side_are_never_matched(Pair pair)
    {
        var neighbour = pair.B with { Side = pair.A.Side };

        pair.Score.Of(pair.A, neighbour).Obstacle.ShouldBe(Obstacle.SameSide);
        pair.Score.Value(pair.A, neighbour).ShouldBe(0);
    }

    [Property]
    public void Nobody_is_matched_without_a_common_language_or_a_bridge(Pair pair)
    {
        var assessment = pair.Score.Of(pair.A, pair.B);

        if (assessment.Feasible)
            (SpokenByBoth(pair).Any() || ThirdHelps(pair)).ShouldBeTrue();
    }

    [Property]
    public void Whoever_may_meet_is_not_refused(Pair pair)
    {
        var expected = pair.A.Side == pair.B.Side ? Obstacle.SameSide
            : !(pair.A.Available && pair.B.Available) ? Obstacle.NotAvailable
            : !SpokenByBoth(pair).Any() && !ThirdHelps(pair) ? Obstacle.NoSharedLanguage
            : Obstacle.None;

        pair.Score.Of(pair.A, pair.B).Obstacle.ShouldBe(expected);
    }

    [Property]
    public void A_bridge_person_is_named_as_the_way_to_talk_only_where_no_language_is_shared(Pair pair)
    {
        if (pair.Score.Of(pair.A, pair.B).Conversation is not { } conversation)
            return;

        conversation.ViaBridge.ShouldBe(!SpokenByBoth(pair).Any());
        if (!conversation.ViaBridge)
            conversation.Level.ShouldBe(SpokenByBoth(pair).Max(language => Weaker(pair, language)));
    }

    [Property]
    public void Neither_of_the_two_can_be_their_own_bridge(Pair pair)
    {
        var volunteers = new[] { pair.A, pair.B }.Select(person => person with { Bridge = true, Available = true, AcceptsTranslator = false }).ToList();

        if (!SpokenByBoth(pair).Any() && pair.A.Side != pair.B.Side)
            new World(volunteers).Score.Of(volunteers[0], volunteers[1]).Obstacle.ShouldBe(Obstacle.NoSharedLanguage);
    }

    [Property]
    public void The_score_is_the_same_from_both_ends(Pair pair)
    {
        var (one, other) = (pair.Score.Of(pair.A, pair.B), pair.Score.Of(pair.B, pair.A));

        other.Value.ShouldBe(one.Value);
        other.Obstacle.ShouldBe(one.Obstacle);
        other.Conversation.ShouldBe(one.Conversation);
        foreach (var id in new[] { pair.A.Id, pair.B.Id })
        {
            other.For(id).Utility.ShouldBe(one.For(id).Utility);
            other.TermsFor(id).ShouldBe(one.TermsFor(id));
            other.ReasonsFor(id).Select(Words).ShouldBe(one.ReasonsFor(id).Select(Words));
        }
    }

    [Property]
    public void The_score_lies_between_0_and_1_and_so_does_each_term(Pair pair)
    {
        var assessment = pair.Score.Of(pair.A, pair.B);

        assessment.Value.ShouldBeInRange(0, 1);
        (assessment.Value > 0).ShouldBe(assessment.Feasible);
        assessment.TermsFor(pair.A.Id).Concat(assessment.TermsFor(pair.B.Id))
            .ShouldAllBe(term => term.Value >= 0 && term.Value <= 1);
    }

    [Property]
    public void The_terms_add_up_to_the_score(Pair pair)
    {
        var assessment = pair.Score.Of(pair.A, pair.B);
        if (!assessment.Feasible)
            return;

        var (mine, theirs) = (Utility(assessment.For(pair.A.Id)), Utility(assessment.For(pair.B.Id)));
        assessment.For(pair.A.Id).Utility.ShouldBe(mine, Rounding);
        assessment.For(pair.B.Id).Utility.ShouldBe(theirs, Rounding);
        assessment.Value.ShouldBe(2 / ((1 / mine) + (1 / theirs)), Rounding);
        assessment.Value.ShouldBe(pair.Score.Value(pair.A, pair.B));

        static double Utility(Viewpoint viewpoint) =>
            viewpoint.Quality * viewpoint.Terms.Sum(term => term.Value * term.Weight) / viewpoint.Terms.Sum(term => term.Weight);
    }

    [Property]
    public void A_better_language_never_lowers_a_score(Pair pair, FsCheck.NonNegativeInt language)
    {
        var key = new[] { "lt", "pl", "en", "ru", "de" }[language.Item % 5];
        var level = pair.B.Languages.GetValueOrDefault(key);
        if (level is Level.C2)
            return;

        var learned = pair.B with
        {
            Languages = pair.B.Languages.Where(known => known.Key != key)
                .Append(KeyValuePair.Create(key, level + 1)).ToFrozenDictionary(),
        };

        NeverLower(pair, learned);
    }

    [Property]
    public void A_nearer_town_never_lowers_a_score(Pair pair)
    {
        var (a, b) = (pair.A.Place, pair.B.Place);
        var halfway = new GeoPoint((a.Latitude + b.Latitude) / 2, (a.Longitude + b.Longitude) / 2);

        NeverLower(pair, pair.B with { Place = halfway });
    }

    [Property]
    public void One_more_sought_offer_never_lowers_a_score(Pair pair)
    {
        foreach (var form in pair.A.Seeks.Keys)
            NeverLower(pair, pair.B with { Offers = pair.B.Offers.Append(form).ToFrozenSet() });
        foreach (var topic in pair.A.SoughtTopics.Keys)
        {
            var more = Math.Min(5, pair.B.OfferedTopics.GetValueOrDefault(topic) + 1);
            NeverLower(pair, pair.B with
            {
                OfferedTopics = pair.B.OfferedTopics.Where(offered => offered.Key != topic).Append(KeyValuePair.Create(topic, more)).ToFrozenDictionary(),
            });
        }
    }

    [Property]
    public void A_person_active_more_lately_never_scores_lower(Pair pair) =>
        NeverLower(pair, pair.B with { LastActive = pair.B.LastActive!.Value.AddDays(10) });

    [Property]
    public void A_better_rating_never_lowers_a_score(Pair pair, FsCheck.NonNegativeInt more) =>
        NeverLower(pair, pair.B with { Rating = Math.Min(1, pair.B.Rating + (more.Item / 100.0)) });

    [Property]
    public void A_person_found_more_often_never_scores_higher(Pair pair, FsCheck.NonNegativeInt more)
    {
        var known = pair.B with { TimesFound = pair.B.TimesFound + more.Item };

        pair.Score.Value(pair.A, known).ShouldBeLessThanOrEqualTo(pair.Score.Value(pair.A, pair.B) + Rounding);
    }

    [Property]
    public void Every_reason_is_true_and_said_from_the_right_end(Pair pair)
    {
        var assessment = pair.Score.Of(pair.A, pair.B);

        foreach (var (you, they) in new[] { (pair.A, pair.B), (pair.B, pair.A) })
        {
            var reasons = assessment.ReasonsFor(you.Id);
            reasons.Count.ShouldBeLessThanOrEqualTo(3);
            reasons.Select(reason => reason.Strength).ShouldBeInOrder(Shouldly.SortDirection.Descending);
            reasons.Select(reason => reason.GetType()).ShouldBeUnique();
            foreach (var reason in reasons)
                IsTrue(reason, you, they).ShouldBeTrue($"{reason}: {Words(reason)}");
        }
    }

    [Property]
    public void Whoever_chose_nothing_is_never_told_of_a_choice(Pair pair)
    {
        var blank = pair.A with
        {
            Topics = FrozenSet<string>.Empty, OfferedTopics = FrozenDictionary<string, int>.Empty, SoughtTopics = FrozenDictionary<string, int>.Empty,
            Offers = FrozenSet<string>.Empty, Seeks = FrozenDictionary<string, int>.Empty, Role = "",
        };

        pair.Score.Of(blank, pair.B).ReasonsFor(pair.B.Id)
            .ShouldAllBe(reason => reason is SharedLanguage || reason is Near);
    }

    [Property]
    public void No_history_outweighs_a_fresh_face(Pair pair, FsCheck.NonNegativeInt more)
    {
        // Elsewhere a growing weight of past meetings came to exceed the bonus of a new pair. Here it stays within its weight.
        var known = pair.B with { TimesFound = 1_000 + more.Item };
        var fresh = pair.B with { TimesFound = 0 };
        if (!pair.Score.Of(pair.A, fresh).Feasible)
            return;

        var lost = pair.Score.Of(pair.A, fresh).For(pair.A.Id).Utility - pair.Score.Of(pair.A, known).For(pair.A.Id).Utility;
        lost.ShouldBeInRange(0, World.Weights.Fairness);
        pair.Score.Value(pair.A, fresh).ShouldBeGreaterThan(pair.Score.Value(pair.A, known));
    }

    private static void NeverLower(Pair pair, Profile better) =>
        pair.Score.Value(pair.A, better).ShouldBeGreaterThanOrEqualTo(pair.Score.Value(pair.A, pair.B) - Rounding);

    private static IEnumerable<string> SpokenByBoth(Pair pair) =>
        Spoken(pair.A).Intersect(Spoken(pair.B));

    private static IEnumerable<string> Spoken(Profile profile) =>
        profile.Languages.Where(known => known.Value >= Level.A2).Select(known => known.Key);

    private static Level Weaker(Pair pair, string language) =>
        (Level)Math.Min((int)pair.A.Languages[language], (int)pair.B.Languages[language]);

    private static bool ThirdHelps(Pair pair) => (pair.A.AcceptsTranslator && pair.B.AcceptsTranslator) || pair.World.People.Any(third =>
        third.Id != pair.A.Id && third.Id != pair.B.Id && third.Available && third.Bridge
        && Spoken(third).Intersect(Spoken(pair.A)).Any() && Spoken(third).Intersect(Spoken(pair.B)).Any());

    private static bool IsTrue(Reason reason, Profile you, Profile they) => reason switch
    {
        SharedTopics said => HasOnly(said.Topics, Chosen(you), Chosen(they)),
        TheyKnowYouSeek said => HasOnly(said.Topics, they.OfferedTopics.Keys, you.SoughtTopics.Keys),
        YouKnowTheySeek said => HasOnly(said.Topics, you.OfferedTopics.Keys, they.SoughtTopics.Keys),
        TheyOfferYouSeek said => HasOnly(said.Forms, they.Offers, you.Seeks.Keys),
        YouOfferTheySeek said => HasOnly(said.Forms, you.Offers, they.Seeks.Keys),
        SharedLanguage said => you.Languages[said.Language] >= said.Level && they.Languages[said.Language] >= said.Level,
        Near said => said.Km <= 60 && Math.Abs(said.Km - Kilometres(you.Place, they.Place)) <= 1,
        BothAre said => said.Role.Length > 0 && you.Role == said.Role && they.Role == said.Role,
        _ => false,
    };

    private static IEnumerable<string> Chosen(Profile profile) => profile.Topics.Concat(profile.OfferedTopics.Keys).Concat(profile.SoughtTopics.Keys);

    private static bool HasOnly(IReadOnlyList<string> said, IEnumerable<string> one, IEnumerable<string> other) =>
        said.Count > 0 && said.All(key => one.Contains(key) && other.Contains(key));

    // Another formula than the product's: good to a part in a hundred thousand at these distances.
    private static double Kilometres(GeoPoint a, GeoPoint b)
    {
        var (north, east) = (double.DegreesToRadians(a.Latitude), double.DegreesToRadians(b.Latitude));
        var turn = double.DegreesToRadians(a.Longitude - b.Longitude);
        var cosine = (Math.Sin(north) * Math.Sin(east)) + (Math.Cos(north) * Math.Cos(east) * Math.Cos(turn));
        return 6371.0088 * Math.Acos(Math.Min(1, cosine));
    }

    private static string Words(Reason reason) => reason switch
    {
        SharedTopics said => $"both chose {string.Join(' ', said.Topics)}",
        TheyKnowYouSeek said => $"they know {string.Join(' ', said.Topics)}",
        YouKnowTheySeek said => $"you know {string.Join(' ', said.Topics)}",
        TheyOfferYouSeek said => $"they offer {string.Join(' ', said.Forms)}",
        YouOfferTheySeek said => $"you offer {string.Join(' ', said.Forms)}",
        _ => reason.ToString(),
    };
}
