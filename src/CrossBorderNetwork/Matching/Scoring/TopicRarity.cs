namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// How much it says that two people share a topic: a rare topic says more than one that everybody chose (inverse document
/// frequency, Spärck Jones 1972). Counts the people who can be found; knows nothing of topics related in meaning.
/// </summary>
public sealed class TopicRarity
{
    private readonly int people;
    private readonly IReadOnlyDictionary<string, int> chosenBy;

    internal TopicRarity(int people, IReadOnlyDictionary<string, int> chosenBy)
    {
        this.people = people;
        this.chosenBy = chosenBy;
    }

    public static TopicRarity From(IEnumerable<Profile> profiles)
    {
        var available = profiles.Where(profile => profile.Available).ToList();
        return new TopicRarity(
            available.Count,
            available.SelectMany(profile => profile.Topics).CountBy(topic => topic).ToDictionary());
    }

    /// <summary>1 for a topic that everybody chose, 1 + ln(people + 1) for one that nobody chose. Only ratios matter.</summary>
    public double WeightOf(string topic) => Weight(people, chosenBy.GetValueOrDefault(topic));

    // Rounded to 1/1024, which makes every sum of weights exact: no order of topics can change a score by its last digit.
    internal static double Weight(int people, int chosenBy) =>
        Math.Round(1024 * (1 + Math.Log((1.0 + people) / (1.0 + chosenBy)))) / 1024;
}
