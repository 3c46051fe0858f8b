using CrossBorderNetwork.Matching.Ranking;
using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// One side of a round in an order that depends on ids and seed alone: by languages, so that a whole block without a shared one is
/// passed over at once, then scattered.
/// </summary>
internal sealed class MarketSide
{
    public MarketSide(IReadOnlyList<PackedProfile> members, Towns towns, Score score, RoundSettings settings)
    {
        Towns = towns;
        foreach (var member in members)
        {
            member.Town = towns.NumberOf(member.Place);
            Derived.Write(member, score);
        }
        Ids = [.. members.Select(member => member.Id)];
        Capacities = [.. members.Select(member => member.Capacity)];
        Bonuses = [.. members.Select(member => (float)settings.BonusOf(member.RoundsWaited))];
        RoundsWaited = [.. members.Select(member => member.RoundsWaited)];
        TownNumbers = [.. members.Select(member => member.Town)];
        Spoken = [.. members.Select(Score.Spoken)];
        AcceptsTranslator = [.. members.Select(member => member.AcceptsTranslator)];
        Blocks = PackedSide.Of(members, score.Vocabulary.Layout).Blocks;
    }

    public Towns Towns { get; }

    public int Count => Ids.Length;

    public long[] Ids { get; }

    public int[] Capacities { get; }

    public float[] Bonuses { get; }

    public int[] RoundsWaited { get; }

    public int[] TownNumbers { get; }

    public uint[] Spoken { get; }

    public bool[] AcceptsTranslator { get; }

    public Block[] Blocks { get; }

    public long Slots => Capacities.Sum(capacity => (long)capacity);

    public PackedProfile Read(int place) => Blocks[place / Block.Size].Read(place % Block.Size, Towns);
}
