namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// How well two people of the two sides suit each other: a pure function of their profiles and of what is given here.
/// The formula, its terms and its sources are in the README of this folder.
/// </summary>
public sealed class Score(Vocabulary vocabulary, TopicRarity rarity, Bridges bridges, DateOnly today, ScoreWeights weights)
{
    /// <summary>What <see cref="MeetingLevel"/> gives where two people can talk through a third one only.</summary>
    internal const int Third = 7;

    private const int LeastLevel = (int)Level.A2;

    public DateOnly Today => today;

    public ScoreWeights Weights => weights;

    internal Vocabulary Vocabulary => vocabulary;

    internal TopicRarity Rarity => rarity;

    internal Bridges Bridges => bridges;

    /// <summary>The value alone, 0..1; 0 for a pair that may not be introduced. Symmetric to the last bit.</summary>
    public double Value(Profile a, Profile b) =>
        a.Side != b.Side && a.Available && b.Available ? Value(Pack(a), Pack(b)) : 0;

    /// <summary>The value with its terms and reasons from both viewpoints.</summary>
    public Assessment Of(Profile a, Profile b)
    {
        if (a.Side == b.Side) return Assessment.Refused(Obstacle.SameSide, a.Id, b.Id);
        if (!a.Available || !b.Available) return Assessment.Refused(Obstacle.NotAvailable, a.Id, b.Id);

        var (mine, theirs) = (Pack(a), Pack(b));
        var level = MeetingLevel(mine, theirs);
        if (level == 0) return Assessment.Refused(Obstacle.NoSharedLanguage, a.Id, b.Id);

        var conversation = level == Third ? Conversation.ThroughBridge : BestLanguage(mine, theirs, (Level)level);
        var km = a.Place.KmTo(b.Place);
        var (gain, give) = GainsOf(mine, theirs, level, km);
        var reasons = new PairReasons(this, conversation, km);
        return new Assessment(
            Obstacle.None,
            Gains.Join(gain.Utility(weights), give.Utility(weights)),
            conversation,
            View(a.Id, gain, reasons.For(a, b, gain, give)),
            View(b.Id, give, reasons.For(b, a, give, gain)));
    }

    internal PackedProfile Pack(Profile profile) => PackedProfile.Of(profile, vocabulary, weights);

    /// <summary>As of the profiles, for two people of different sides who are both available.</summary>
    internal double Value(PackedProfile a, PackedProfile b)
    {
        var level = MeetingLevel(a, b);
        if (level == 0) return 0;
        var (gain, give) = GainsOf(a, b, level, a.Place.KmTo(b.Place));
        return Gains.Join(gain.Utility(weights), give.Utility(weights));
    }

    /// <summary>The weaker speaker's level in the best shared language, <see cref="Third"/>, or 0 where the two cannot talk.</summary>
    internal int MeetingLevel(PackedProfile a, PackedProfile b)
    {
        var mine = a.Languages;
        var theirs = b.Languages;
        var best = 0;
        for (var language = 0; language < mine.Length; language++) best = Math.Max(best, Math.Min(mine[language], theirs[language]));
        if (best >= LeastLevel) return best;
        return (a.AcceptsTranslator && b.AcceptsTranslator) || (bridges.ReachedFrom(Spoken(a)) & Spoken(b)) != 0 ? Third : 0;
    }

    /// <summary>A bit for each language that the person speaks well enough to meet in it.</summary>
    internal static uint Spoken(PackedProfile profile)
    {
        var levels = profile.Languages;
        var spoken = 0u;
        for (var language = 0; language < levels.Length; language++)
        {
            if (levels[language] >= LeastLevel) spoken |= 1u << language;
        }
        return spoken;
    }

    /// <summary>Of everything sought, by rarity; 0 where nothing is.</summary>
    internal int Wanted(PackedProfile me)
    {
        var seeks = me.Seeks;
        var sum = 0;
        for (var topic = 0; topic < vocabulary.Topics.Count; topic++) sum += seeks[topic] * rarity[topic];
        return sum;
    }

    /// <summary>Of all chosen topics, by rarity.</summary>
    internal int TopicTotal(PackedProfile me)
    {
        var seeks = me.Seeks;
        var offers = me.Offers;
        var sum = 0;
        for (var topic = 0; topic < vocabulary.Topics.Count; topic++)
        {
            if ((seeks[topic] | offers[topic]) != 0) sum += rarity[topic];
        }
        return sum;
    }

    internal static int FormsWanted(PackedProfile me)
    {
        var sum = 0;
        foreach (var wish in me.Prefers) sum += wish;
        return sum;
    }

    /// <summary>How far nearness matters to a person: the share of the forms looked for that ask for a visit.</summary>
    internal double VisitShare(PackedProfile me)
    {
        var prefers = me.Prefers;
        var (visits, all) = (0, 0);
        for (var form = 0; form < vocabulary.Forms.Count; form++)
        {
            all += prefers[form];
            if (vocabulary.Visits[form]) visits += prefers[form];
        }
        return all > 0 ? (double)visits / all : 1;
    }

    /// <summary>What ratings, activity and past introductions leave of the utility of having this partner.</summary>
    internal double Quality(PackedProfile other) => 1
        - (weights.Rating * (1 - other.Rating))
        - (weights.Freshness * (1 - Gains.Decay(today.DayNumber - other.LastActiveDay, weights.HalfFreshnessDays)))
        - (weights.Fairness * (1 - Gains.Decay(other.TimesFound, weights.HalfFound)));

    /// <summary>What of nearness is lost between two places, 0..1.</summary>
    internal double LostByDistance(double km) => 1 - Math.Exp(-km / weights.DistanceKm);

    internal double RoleFor(PackedProfile me, int theirs) => me.WantedRoles switch
    {
        0 => weights.RoleFit(vocabulary.RoleKey(me.Role), vocabulary.RoleKey(theirs)),
        var wanted => (wanted >> theirs & 1) != 0 ? 1 : weights.UnwantedRole,
    };

    internal double LanguageAt(int level) => level == Third ? weights.ThroughThird : weights.AtLevel((Level)level);

    private (Gains Gain, Gains Give) GainsOf(PackedProfile a, PackedProfile b, int level, double km)
    {
        var seeks = a.Seeks;
        var offers = a.Offers;
        var theirSeeks = b.Seeks;
        var theirOffers = b.Offers;
        var shared = 0;
        for (var topic = 0; topic < vocabulary.Topics.Count; topic++)
        {
            if ((seeks[topic] | offers[topic]) != 0 && (theirSeeks[topic] | theirOffers[topic]) != 0) shared += rarity[topic];
        }
        var all = TopicTotal(a) + TopicTotal(b);
        var topics = all > 0 ? 2.0 * shared / all : 0;
        var language = LanguageAt(level);
        var lost = LostByDistance(km);
        return (Gain(a, b), Gain(b, a));

        Gains Gain(PackedProfile me, PackedProfile other) => new(
            Needs: Met(me, other),
            Forms: FormsMet(me, other),
            Language: language,
            Topics: topics,
            Role: RoleFor(me, other.Role),
            Distance: 1 - (VisitShare(me) * lost),
            Quality: Quality(other));
    }

    private double Met(PackedProfile me, PackedProfile other)
    {
        var seeks = me.Seeks;
        var offers = other.Offers;
        var met = 0;
        for (var topic = 0; topic < vocabulary.Topics.Count; topic++) met += seeks[topic] * rarity[topic] * offers[topic];
        return Wanted(me) is > 0 and var wanted ? (double)met / (PackedProfile.FullOffer * wanted) : weights.Undeclared;
    }

    private double FormsMet(PackedProfile me, PackedProfile other)
    {
        var prefers = me.Prefers;
        var accepts = other.Accepts;
        var met = 0;
        for (var form = 0; form < vocabulary.Forms.Count; form++) met += prefers[form] * accepts[form];
        return FormsWanted(me) is > 0 and var wanted ? (double)met / wanted : weights.Undeclared;
    }

    // Of several languages at one level that in which the two know more together; then the first in the list.
    private Conversation BestLanguage(PackedProfile a, PackedProfile b, Level weaker)
    {
        var (best, together) = (-1, 0);
        for (var language = 0; language < vocabulary.Languages.Count; language++)
        {
            var (mine, theirs) = (a.Languages[language], b.Languages[language]);
            if (Math.Min(mine, theirs) == (int)weaker && mine + theirs > together) (best, together) = (language, mine + theirs);
        }
        return new Conversation(vocabulary.Languages[best], weaker);
    }

    private Viewpoint View(long id, in Gains gains, IReadOnlyList<Reason> reasons) => new(
        id,
        gains.Utility(weights),
        gains.Quality,
        [
            new Term(nameof(ScoreWeights.Needs), gains.Needs, weights.Needs),
            new Term(nameof(ScoreWeights.Forms), gains.Forms, weights.Forms),
            new Term(nameof(ScoreWeights.Language), gains.Language, weights.Language),
            new Term(nameof(ScoreWeights.Topics), gains.Topics, weights.Topics),
            new Term(nameof(ScoreWeights.Role), gains.Role, weights.Role),
            new Term(nameof(ScoreWeights.Distance), gains.Distance, weights.Distance),
        ],
        reasons);
}
