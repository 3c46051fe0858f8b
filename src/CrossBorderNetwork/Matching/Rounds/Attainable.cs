using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// How many members of a side could get a partner at best, by languages, translators and capacities alone: the largest flow between
/// groups of members who speak the same languages. History and scores can only make it less.
/// </summary>
internal static class Attainable
{
    public static int Of(MarketSide side, MarketSide others, Bridges bridges)
    {
        var seekers = Group(side, _ => 1);
        var givers = Group(others, capacity => capacity);
        var open = seekers.Select(seeker => givers.Select(giver => CanMeet(seeker.Key, giver.Key, bridges)).ToArray()).ToArray();
        var flow = seekers.Select(_ => new long[givers.Count]).ToArray();
        var (free, room) = (seekers.Select(group => group.Size).ToArray(), givers.Select(group => group.Size).ToArray());
        var total = 0L;
        while (Path(open, flow, free, room) is { } path) total += Push(path, flow, free, room);
        return (int)total;
    }

    /// <summary>Whether some member of the other side could meet somebody of these languages.</summary>
    public static bool CanMeet((uint Spoken, bool Translator) one, (uint Spoken, bool Translator) other, Bridges bridges) =>
        (one.Spoken & other.Spoken) != 0 || (one.Translator && other.Translator) || (bridges.ReachedFrom(one.Spoken) & other.Spoken) != 0;

    private static List<((uint Spoken, bool Translator) Key, long Size)> Group(MarketSide side, Func<int, long> size) =>
    [
        .. Enumerable.Range(0, side.Count).GroupBy(member => (side.Spoken[member], side.AcceptsTranslator[member]))
            .Select(group => (group.Key, group.Sum(member => size(side.Capacities[member])))),
    ];

    // The shortest way from a group with people left over to one with room, over groups that would make room: givers after even steps.
    private static List<(int Seeker, int Giver)>? Path(bool[][] open, long[][] flow, long[] free, long[] room)
    {
        var from = new int?[room.Length];
        var back = new int?[free.Length];
        var reached = new bool[free.Length];
        var queue = new Queue<int>();
        for (var seeker = 0; seeker < free.Length; seeker++)
        {
            if (free[seeker] > 0 && (reached[seeker] = true)) queue.Enqueue(seeker);
        }
        while (queue.TryDequeue(out var seeker))
        {
            for (var giver = 0; giver < room.Length; giver++)
            {
                if (!open[seeker][giver] || from[giver] is not null) continue;
                from[giver] = seeker;
                if (room[giver] > 0) return Trace(giver, from, back);
                for (var other = 0; other < free.Length; other++)
                {
                    if (reached[other] || flow[other][giver] == 0) continue;
                    (reached[other], back[other]) = (true, giver);
                    queue.Enqueue(other);
                }
            }
        }
        return null;
    }

    private static List<(int Seeker, int Giver)> Trace(int last, int?[] from, int?[] back)
    {
        var path = new List<(int Seeker, int Giver)>();
        for (int? giver = last; giver is { } at; giver = back[from[at]!.Value]) path.Insert(0, (from[at]!.Value, at));
        return path;
    }

    // Along the way each later group gives up what the one before it gets.
    private static long Push(List<(int Seeker, int Giver)> path, long[][] flow, long[] free, long[] room)
    {
        var most = Math.Min(free[path[0].Seeker], room[path[^1].Giver]);
        for (var step = 1; step < path.Count; step++) most = Math.Min(most, flow[path[step].Seeker][path[step - 1].Giver]);
        free[path[0].Seeker] -= most;
        room[path[^1].Giver] -= most;
        for (var step = 0; step < path.Count; step++)
        {
            flow[path[step].Seeker][path[step].Giver] += most;
            if (step > 0) flow[path[step].Seeker][path[step - 1].Giver] -= most;
        }
        return most;
    }
}
