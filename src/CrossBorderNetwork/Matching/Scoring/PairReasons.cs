namespace CrossBorderNetwork.Matching.Scoring;

/// <summary>
/// What may be told to one of two people about the other. Given only for what the profiles say, never for a term that a default
/// filled in.
/// </summary>
internal sealed class PairReasons(Score score, Conversation conversation, double km)
{
    private const int Most = 3;

    public IReadOnlyList<Reason> For(Profile me, Profile other, Gains mine, Gains theirs) =>
        [.. All(me, other, mine, theirs).OrderByDescending(reason => reason.Strength).Take(Most)];

    private IEnumerable<Reason> All(Profile me, Profile other, Gains mine, Gains theirs)
    {
        var (vocabulary, weights) = (score.Vocabulary, score.Weights);
        var share = 1 / weights.Total;
        var met = ByNeed(me, other);
        if (met is not [])
            yield return new TheyKnowYouSeek(met, share * weights.Needs * mine.Needs * mine.Quality);

        var meet = ByNeed(other, me);
        if (meet is not [])
            yield return new YouKnowTheySeek(meet, share * weights.Needs * theirs.Needs * theirs.Quality);

        string[] shared =
        [
            .. Chosen(me).Intersect(Chosen(other)).OrderByDescending(topic => score.Rarity[vocabulary.Topic(topic)])
                .ThenBy(topic => topic, StringComparer.Ordinal),
        ];
        // Without directions it is the shared topics that meet the needs.
        var needs = met is [] ? weights.Needs * mine.Needs : 0;
        if (shared is not [])
            yield return new SharedTopics(shared, share * ((weights.Topics * mine.Topics) + needs) * mine.Quality);

        string[] offered = [.. Wished(me).Where(other.Offers.Contains)];
        if (offered is not [])
            yield return new TheyOfferYouSeek(offered, share * weights.Forms * mine.Forms * mine.Quality);

        string[] sought = [.. Wished(other).Where(me.Offers.Contains)];
        if (sought is not [])
            yield return new YouOfferTheySeek(sought, share * weights.Forms * theirs.Forms * theirs.Quality);

        if (conversation.Language is { } language)
            yield return new SharedLanguage(language, conversation.Level, share * weights.Language * mine.Language * mine.Quality);

        if (me.Role == other.Role && vocabulary.Role(me.Role) < vocabulary.Roles.Count)
            yield return new BothAre(me.Role, share * weights.Role * mine.Role * mine.Quality);

        if (km <= weights.NearKm)
            yield return new Near((int)Math.Round(km), share * weights.Distance * mine.Distance * mine.Quality);
    }

    private string[] ByNeed(Profile seeker, Profile giver) =>
    [
        .. seeker.SoughtTopics.Where(sought => sought.Value > 0 && score.Vocabulary.Topic(sought.Key) >= 0
                && giver.OfferedTopics.GetValueOrDefault(sought.Key) > 0)
            .OrderByDescending(sought => sought.Value * giver.OfferedTopics[sought.Key] * score.Rarity[score.Vocabulary.Topic(sought.Key)])
            .ThenBy(sought => sought.Key, StringComparer.Ordinal)
            .Select(sought => sought.Key),
    ];

    private IEnumerable<string> Chosen(Profile profile) => profile.Topics
        .Concat(profile.OfferedTopics.Where(topic => topic.Value > 0).Select(topic => topic.Key))
        .Concat(profile.SoughtTopics.Where(topic => topic.Value > 0).Select(topic => topic.Key))
        .Where(topic => score.Vocabulary.Topic(topic) >= 0);

    private IEnumerable<string> Wished(Profile profile) => profile.Seeks
        .Where(wish => wish.Value > 0 && score.Vocabulary.Form(wish.Key) >= 0)
        .OrderByDescending(wish => wish.Value).ThenBy(wish => wish.Key, StringComparer.Ordinal)
        .Select(wish => wish.Key);
}
