using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Ranking;

/// <summary>
/// All profiles packed for ranking: exact, and fast by reading little memory rather than by approximation. Reads take no lock
/// and see one consistent state; a write copies one block of 256 members.
/// </summary>
public sealed class PartnerIndex
{
    private readonly Lock writing = new();
    private volatile People people;

    /// <exception cref="ArgumentException">The weights make no score; the message says why.</exception>
    public PartnerIndex(Vocabulary vocabulary, ScoreWeights weights)
    {
        if (weights.Problems().ToList() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(" ", problems), nameof(weights));
        people = new People(vocabulary, weights);
    }

    /// <summary>Memory that one available member takes in what is scanned.</summary>
    public static int BytesOf(Vocabulary vocabulary) => vocabulary.Layout.Words * sizeof(uint);

    /// <summary>Replaces everybody; the last of several profiles with one id wins.</summary>
    public void Load(IEnumerable<Profile> profiles)
    {
        lock (writing) people = people.Load(profiles);
    }

    /// <summary>Adds or replaces a profile. One that is not available is found by nobody and finds nobody.</summary>
    public void Set(Profile profile)
    {
        lock (writing) people = people.With(profile);
    }

    /// <summary>Forgets a person; unknown ids are fine.</summary>
    public void Remove(long id)
    {
        lock (writing) people = people.Without(id);
    }

    /// <summary>
    /// Lists from now on are ordered by value less price, so that the few whom everybody likes do not stand in every list. Values
    /// stay as they are.
    /// </summary>
    /// <param name="prices">What the last round put on each member, as in <c>RoundOutcome.Prices</c>; who is not named has none.</param>
    /// <param name="strength">What part of a price counts: 0 for none of it.</param>
    public void Price(IReadOnlyDictionary<long, double> prices, double strength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(strength);
        lock (writing) people = people.Priced(prices.ToDictionary(price => price.Key, price => (float)(strength * price.Value)));
    }

    /// <summary>
    /// The best partners of a person, best first (<see cref="Ranked.BestFirst"/>), with the values of <see cref="Score"/>.
    /// Fewer than <paramref name="count"/> when there are no more; none for an id that is unknown or not available.
    /// </summary>
    /// <param name="id">Who asks.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="today">The day on which freshness is counted.</param>
    /// <param name="excluded">Whom this person must not be shown: introduced before, declined, blocked by either.</param>
    public IReadOnlyList<Ranked> Top(long id, int count, DateOnly today, IReadOnlySet<long> excluded)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return On(today).Top(id, count, excluded);
    }

    /// <summary>The explained score of two people, equal to what <see cref="Top"/> gave; null when either is unknown.</summary>
    public Assessment? Assess(long id, long other, DateOnly today)
    {
        var now = On(today);
        return now.Find(id) is { } a && now.Find(other) is { } b ? now.Score.Of(a, b) : null;
    }

    /// <summary>The score as the network stands now.</summary>
    public Score ScoreOn(DateOnly today) => On(today).Score;

    // Days follow each other, so the state of the new one is kept.
    private People On(DateOnly today)
    {
        var now = people;
        if (now.Score.Today == today) return now;
        lock (writing) return people = people.On(today);
    }
}
