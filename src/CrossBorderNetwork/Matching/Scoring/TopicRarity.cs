namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// How much it says that two people share a topic: a rare topic says more than one that everybody chose (inverse document
/// frequency, Spärck Jones 1972), in steps from 1 to 5, so that one more member shifts nobody's score.
/// </summary>
public sealed class TopicRarity
{
    private const int Rarest = 5;

    private readonly byte[] steps;

    private TopicRarity(byte[] steps) => this.steps = steps;

    public static TopicRarity From(Vocabulary vocabulary, IEnumerable<Profile> profiles)
    {
        var available = profiles.Where(profile => profile.Available).ToList();
        var chosenBy = new int[vocabulary.Topics.Count];
        foreach (var topic in available.SelectMany(profile => profile.Topics.Union(profile.OfferedTopics.Keys).Union(profile.SoughtTopics.Keys)))
        {
            if (vocabulary.Topic(topic) is >= 0 and var number) chosenBy[number]++;
        }
        return Of(available.Count, chosenBy);
    }

    internal static TopicRarity Of(int people, int[] chosenBy) => new(Array.ConvertAll(chosenBy, count => Step(people, count)));

    internal int this[int topic] => steps[topic];

    internal bool Equals(TopicRarity other) => steps.AsSpan().SequenceEqual(other.steps);

    // 1 for a topic of three in five people or more, 2 of one in five, 3 of one in twelve, 4 of one in thirty.
    private static byte Step(int people, int chosenBy) =>
        (byte)Math.Clamp((int)Math.Round(1 + Math.Log((1.0 + people) / (1.0 + chosenBy))), 1, Rarest);
}
