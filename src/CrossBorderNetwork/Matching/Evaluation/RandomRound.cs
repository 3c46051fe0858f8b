using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Evaluation;

/// <summary>What most networks do: everybody is drawn somebody free who shares a topic. Nobody asks how the two would talk.</summary>
internal static class RandomRound
{
    private const int Draws = 20;

    public static List<(Profile Lithuanian, Profile Polish)> Run(IReadOnlyList<Profile> people, long seed)
    {
        var dice = new Random((int)seed);
        var room = people.ToDictionary(person => person.Id, person => person.Capacity);
        var byTopic = people.Where(person => person is { Side: Side.PL, Available: true, Capacity: > 0 })
            .SelectMany(person => Topics(person).Select(topic => (topic, person))).ToLookup(chosen => chosen.topic, chosen => chosen.person)
            .ToDictionary(topic => topic.Key, topic => topic.ToList());
        var pairs = new List<(Profile, Profile)>();
        var drawn = new HashSet<(long, long)>();
        foreach (var person in people.Where(person => person is { Side: Side.LT, Available: true }).OrderBy(_ => dice.Next()).ToList())
        {
            string[] topics = [.. Topics(person).Where(byTopic.ContainsKey)];
            for (var draw = 0; draw < Draws && topics.Length > 0 && room[person.Id] > 0; draw++)
            {
                var sharing = byTopic[topics[dice.Next(topics.Length)]];
                var other = sharing[dice.Next(sharing.Count)];
                if (room[other.Id] == 0 || !drawn.Add((person.Id, other.Id))) continue;
                room[person.Id]--;
                room[other.Id]--;
                pairs.Add((person, other));
            }
        }
        return pairs;
    }

    private static IEnumerable<string> Topics(Profile person) => person.Topics.Union(person.OfferedTopics.Keys).Union(person.SoughtTopics.Keys);
}
