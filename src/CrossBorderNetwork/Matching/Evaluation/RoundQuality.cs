using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Evaluation;

/// <summary>How good some pairs are, measured the same way whoever made them. Only pairs who can talk give anybody a partner.</summary>
/// <param name="Lithuania">The share of Lithuanian members who got a partner.</param>
/// <param name="Poland">The share of Polish ones.</param>
/// <param name="Value">The sum of scores, with a bonus for each who got a partner.</param>
/// <param name="Tenth">The score below which a tenth of the pairs lie.</param>
/// <param name="Conversing">The share of pairs who can talk.</param>
public sealed record RoundQuality(double Lithuania, double Poland, double Value, double Tenth, double Conversing)
{
    public static RoundQuality Of(IReadOnlyCollection<Profile> people, IReadOnlyCollection<Introduced> pairs, RoundSettings settings)
    {
        var talking = pairs.Where(pair => pair.Score > 0).ToList();
        var covered = talking.SelectMany(pair => new[] { pair.Lithuanian, pair.Polish }).ToHashSet();
        var members = people.Where(person => person is { Available: true, Capacity: > 0 }).ToList();
        var scores = pairs.Select(pair => pair.Score).Order().ToList();
        return new RoundQuality(
            Share(Side.LT),
            Share(Side.PL),
            talking.Sum(pair => pair.Score) + members.Where(person => covered.Contains(person.Id)).Sum(person => settings.BonusOf(person.RoundsWaited)),
            scores.Count > 0 ? scores[(scores.Count - 1) / 10] : 0,
            pairs.Count > 0 ? (double)talking.Count / pairs.Count : 1);

        double Share(Side side) => members.Count(person => person.Side == side) is > 0 and var all
            ? (double)members.Count(person => person.Side == side && covered.Contains(person.Id)) / all
            : 1;
    }

    /// <summary>How unequally something is spread: 0 when all have the same, towards 1 when one has everything (Gini 1912).</summary>
    public static double Gini(IEnumerable<int> amounts)
    {
        var ordered = amounts.Order().ToList();
        var sum = ordered.Sum(amount => (double)amount);
        if (sum == 0) return 0;
        var weighed = ordered.Index().Sum(amount => (amount.Index + 1.0) * amount.Item);
        return (2 * weighed / (ordered.Count * sum)) - ((ordered.Count + 1.0) / ordered.Count);
    }
}
