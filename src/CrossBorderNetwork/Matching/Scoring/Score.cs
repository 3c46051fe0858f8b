namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// How well two people of the two sides suit each other: a pure function of their profiles and of what is given here.
/// The formula, its terms and its sources are in the README of this folder.
/// </summary>
public sealed record Score(TopicRarity Rarity, Bridges Bridges, DateOnly Today, ScoreWeights Weights)
{
    private const int MostReasons = 3;

    /// <summary>The value alone, 0..1; 0 for a pair that may not be introduced. Symmetric to the last bit.</summary>
    public double Value(Profile a, Profile b)
    {
        if (ObstacleBetween(a, b, out var conversation) is not Obstacle.None)
            return 0;

        var (mine, theirs) = GainsOf(a, b, conversation, a.Place.KmTo(b.Place));
        return Gains.Join(mine, theirs, Weights, Weights.Total);
    }

    /// <summary>The value with its terms and reasons from both viewpoints.</summary>
    public Assessment Of(Profile a, Profile b)
    {
        var obstacle = ObstacleBetween(a, b, out var conversation);
        if (obstacle is not Obstacle.None)
            return Assessment.Refused(obstacle, a.Id, b.Id);

        var km = a.Place.KmTo(b.Place);
        var (mine, theirs) = GainsOf(a, b, conversation, km);
        return new Assessment(
            obstacle,
            Gains.Join(mine, theirs, Weights, Weights.Total),
            conversation,
            View(a, b, mine, theirs, conversation, km),
            View(b, a, theirs, mine, conversation, km));
    }

    private Obstacle ObstacleBetween(Profile a, Profile b, out Conversation conversation)
    {
        conversation = Conversation.ThroughBridge;
        if (a.Side == b.Side)
            return Obstacle.SameSide;
        if (!a.Available || !b.Available)
            return Obstacle.NotAvailable;
        if (BestLanguage(a, b) is { } shared)
            conversation = shared;
        else if (!Bridges.Link(a, b))
            return Obstacle.NoSharedLanguage;
        return Obstacle.None;
    }

    // The weaker speaker decides; then what both know together; then the key, for the same answer every time.
    private static Conversation? BestLanguage(Profile a, Profile b)
    {
        (string Key, Level Weaker, int Sum)? best = null;
        foreach (var (key, mine) in a.Languages)
        {
            if (mine < Level.Converses || !b.Languages.TryGetValue(key, out var theirs) || theirs < Level.Converses)
                continue;

            var weaker = mine < theirs ? mine : theirs;
            var sum = (int)mine + (int)theirs;
            if (best is not { } known || weaker > known.Weaker || (weaker == known.Weaker && (sum > known.Sum
                || (sum == known.Sum && string.CompareOrdinal(key, known.Key) < 0))))
            {
                best = (key, weaker, sum);
            }
        }

        return best is { } found ? new Conversation(found.Key, found.Weaker) : null;
    }

    private (Gains Mine, Gains Theirs) GainsOf(Profile a, Profile b, Conversation conversation, double km)
    {
        var shared = a.Topics.Where(b.Topics.Contains).Sum(Rarity.WeightOf);
        var language = conversation switch
        {
            { ViaBridge: true } => Weights.ViaBridge,
            { Level: Level.Works } => Weights.BothWork,
            _ => Weights.BothConverse,
        };
        var distance = Gains.Decay(km, Weights.HalfDistanceKm);
        return (Gain(a, b), Gain(b, a));

        Gains Gain(Profile me, Profile other) => new(
            Topics: Gains.Share(shared, me.Topics.Sum(Rarity.WeightOf), Weights.Undeclared),
            Needs: Gains.Share(me.Seeks.Count(other.Offers.Contains), me.Seeks.Count, Weights.Undeclared),
            Language: language,
            Role: Weights.RoleFit(me.Role, other.Role),
            Distance: distance,
            Freshness: Gains.Decay(Today.DayNumber - other.LastActiveOn.DayNumber, Weights.HalfFreshnessDays),
            Fairness: Gains.Decay(other.TimesFound, Weights.HalfFound));
    }

    private Viewpoint View(Profile me, Profile other, Gains mine, Gains theirs, Conversation conversation, double km) => new(
        me.Id,
        mine.Weighed(Weights) / Weights.Total,
        [
            new Term(nameof(ScoreWeights.Topics), mine.Topics, Weights.Topics),
            new Term(nameof(ScoreWeights.Needs), mine.Needs, Weights.Needs),
            new Term(nameof(ScoreWeights.Language), mine.Language, Weights.Language),
            new Term(nameof(ScoreWeights.Role), mine.Role, Weights.Role),
            new Term(nameof(ScoreWeights.Distance), mine.Distance, Weights.Distance),
            new Term(nameof(ScoreWeights.Freshness), mine.Freshness, Weights.Freshness),
            new Term(nameof(ScoreWeights.Fairness), mine.Fairness, Weights.Fairness),
        ],
        [.. Reasons(me, other, mine, theirs, conversation, km).OrderByDescending(reason => reason.Strength).Take(MostReasons)]);

    // A reason is given for what the profiles say, never for a term that a default filled in.
    private IEnumerable<Reason> Reasons(
        Profile me, Profile other, Gains mine, Gains theirs, Conversation conversation, double km)
    {
        string[] topics =
        [
            .. me.Topics.Where(other.Topics.Contains)
                .OrderByDescending(Rarity.WeightOf).ThenBy(topic => topic, StringComparer.Ordinal),
        ];
        if (topics is not [])
            yield return new SharedTopics(topics, Weights.Topics * mine.Topics);

        string[] offered = [.. me.Seeks.Where(other.Offers.Contains).Order(StringComparer.Ordinal)];
        if (offered is not [])
            yield return new TheyOfferYouSeek(offered, Weights.Needs * mine.Needs);

        string[] sought = [.. other.Seeks.Where(me.Offers.Contains).Order(StringComparer.Ordinal)];
        if (sought is not [])
            yield return new YouOfferTheySeek(sought, Weights.Needs * theirs.Needs);

        if (conversation.Language is { } language)
            yield return new SharedLanguage(language, conversation.Level, Weights.Language * mine.Language);

        if (me.Role.Length > 0 && me.Role == other.Role)
            yield return new BothAre(me.Role, Weights.Role * mine.Role);

        if (km <= Weights.NearKm)
            yield return new Near((int)Math.Round(km), Weights.Distance * mine.Distance);
    }
}
