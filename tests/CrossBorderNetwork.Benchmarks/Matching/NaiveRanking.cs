using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Benchmarks.Matching;

/// <summary>The ranking that one would first write: the formula as LINQ over the profiles, independent of the product's.</summary>
internal sealed class NaiveRanking(List<Profile> people, ScoreWeights weights)
{
    private readonly Dictionary<string, int> rarity = Population.Topics.ToDictionary(
        topic => topic,
        topic => (int)Math.Clamp(Math.Round(1 + Math.Log((1.0 + people.Count)
            / (1.0 + people.Count(person => person.OfferedTopics.ContainsKey(topic) || person.SoughtTopics.ContainsKey(topic))))), 1, 5));

    public List<Ranked> Top(Profile me, int count) => people
        .Where(other => other.Side != me.Side && other.Available)
        .Select(other => (Other: other, Language: Language(me, other)))
        .Where(pair => pair.Language > 0)
        .Select(pair => new Ranked(pair.Other.Id, Value(me, pair.Other, pair.Language)))
        .OrderByDescending(ranked => ranked.Value)
        .Take(count)
        .ToList();

    private double Language(Profile a, Profile b)
    {
        var best = a.Languages.Keys.Intersect(b.Languages.Keys)
            .Select(key => (Level)Math.Min((int)a.Languages[key], (int)b.Languages[key]))
            .DefaultIfEmpty()
            .Max();
        return best switch
        {
            Level.C2 => weights.AtC2,
            Level.C1 => weights.AtC1,
            Level.B2 => weights.AtB2,
            Level.B1 => weights.AtB1,
            Level.A2 => weights.AtA2,
            _ => a.AcceptsTranslator && b.AcceptsTranslator ? weights.ThroughThird : 0,
        };
    }

    private double Value(Profile a, Profile b, double language)
    {
        var (mine, theirs) = (Utility(a, b, language), Utility(b, a, language));
        return 2 * mine * theirs / (mine + theirs);
    }

    private double Utility(Profile me, Profile other, double language)
    {
        var needs = me.SoughtTopics.Count == 0 ? weights.Undeclared
            : me.SoughtTopics.Where(topic => other.OfferedTopics.ContainsKey(topic.Key))
                .Sum(topic => topic.Value * rarity[topic.Key] * (0.4 + (0.12 * other.OfferedTopics[topic.Key])))
            / me.SoughtTopics.Sum(topic => topic.Value * rarity[topic.Key]);
        var forms = me.Seeks.Count == 0 ? weights.Undeclared
            : (double)me.Seeks.Where(form => other.Offers.Contains(form.Key)).Sum(form => form.Value) / me.Seeks.Values.Sum();
        var (mine, theirs) = (Topics(me), Topics(other));
        var total = mine.Concat(theirs).Sum(topic => rarity[topic]);
        var topics = total == 0 ? 0 : 2.0 * mine.Intersect(theirs).Sum(topic => rarity[topic]) / total;
        var role = me.WantedRoles.Count > 0 ? me.WantedRoles.Contains(other.Role) ? 1 : weights.UnwantedRole
            : me.Role == other.Role ? weights.SameRole : weights.OtherRole;
        var visits = me.Seeks.Count == 0 ? 1
            : (double)me.Seeks.Where(form => form.Key is "visit" or "shadow" or "event").Sum(form => form.Value) / me.Seeks.Values.Sum();
        var near = 1 - (visits * (1 - Math.Exp(-me.Place.KmTo(other.Place) / weights.DistanceKm)));
        var rating = ((weights.UsualRating * weights.UsualRatings) + (other.Rating * other.Ratings)) / (weights.UsualRatings + other.Ratings);
        return (1 - (weights.Rating * (1 - rating)))
            * ((weights.Needs * needs) + (weights.Forms * forms) + (weights.Language * language) + (weights.Topics * topics)
            + (weights.Role * role) + (weights.Distance * near));
    }

    private static List<string> Topics(Profile profile) => profile.OfferedTopics.Keys.Union(profile.SoughtTopics.Keys).ToList();
}
