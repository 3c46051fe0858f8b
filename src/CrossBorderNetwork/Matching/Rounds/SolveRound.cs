using CrossBorderNetwork.Matching.Scoring;

namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// The assignment of a round: as many members as possible get a partner on the other side, and the sum of scores is as high as it can
/// be, over all pairs. The same whoever comes first, on however many and whichever processors. Pure: nothing is stored or told.
/// Groups of three begin where this ends, with <see cref="RoundOutcome.LeftOut"/>.
/// </summary>
/// <exception cref="ArgumentException">Weights or settings make no round; the message says why.</exception>
public sealed class SolveRound
{
    private const double Finer = 4;

    /// <summary>Below this single precision costs more than the step.</summary>
    private const double FinestStep = 0.00005;

    private readonly Vocabulary vocabulary;
    private readonly ScoreWeights weights;
    private readonly RoundSettings settings;

    public SolveRound(Vocabulary vocabulary, ScoreWeights weights, RoundSettings settings)
    {
        if (weights.Problems().Concat(settings.Problems()).ToList() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(" ", problems), nameof(settings));
        (this.vocabulary, this.weights, this.settings) = (vocabulary, weights, settings);
    }

    /// <summary>Processors to use; as many as there are unless said otherwise.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    public RoundOutcome Run(RoundInput input, CancellationToken ct)
    {
        var market = Market.Of(input, vocabulary, weights, settings);
        for (var step = settings.Step; ; step /= Finer)
        {
            var auction = new Auction(market, settings with { Step = step }, Threads);
            auction.Run(ct);
            var outcome = Outcome(market, auction);
            if (outcome.Optimality >= settings.Optimality || step < FinestStep) return outcome;
        }
    }

    private RoundOutcome Outcome(Market market, Auction auction)
    {
        var (choosers, offered) = (market.Choosers, market.Offered);
        var pairs = new List<Introduced>();
        var value = 0.0;
        for (var chooser = 0; chooser < choosers.Count; chooser++)
        {
            if (auction.Held(chooser) is not { Length: > 0 } held) continue;
            var profile = choosers.Read(chooser);
            foreach (var member in held)
            {
                var score = market.Score.Value(profile, offered.Read(member));
                pairs.Add(market.Choosing is Side.LT
                    ? new Introduced(choosers.Ids[chooser], offered.Ids[member], score)
                    : new Introduced(offered.Ids[member], choosers.Ids[chooser], score));
                value += score;
            }
        }
        pairs.Sort((one, other) => (one.Lithuanian, one.Polish).CompareTo((other.Lithuanian, other.Polish)));

        var chosen = Array.ConvertAll(Enumerable.Range(0, choosers.Count).ToArray(), chooser => auction.Held(chooser).Length > 0);
        var taken = Array.ConvertAll(Enumerable.Range(0, offered.Count).ToArray(), member => auction.Places.Holders(member).ContainsAnyExcept(Places.Nobody));
        value += Bonuses(choosers, chosen) + Bonuses(offered, taken);
        var (choosing, given) = (Cover(choosers, chosen, offered, market.Score), Cover(offered, taken, choosers, market.Score));
        return new RoundOutcome(
            pairs,
            [.. Left(choosers, chosen, offered, member => auction.Places.Holders(member).Contains(Places.Nobody), market.Score)
                .Concat(Left(offered, taken, choosers, chooser => auction.Held(chooser).Length < choosers.Capacities[chooser], market.Score))
                .OrderBy(member => member.Id)],
            value,
            new Certificate(
                market.Choosing is Side.LT ? Side.PL : Side.LT,
                offered.Ids.Index().ToDictionary(member => member.Item, member => (double)auction.Places.Prices[member.Index]),
                Proof.Bound(market, auction, settings)),
            market.Choosing is Side.LT ? choosing : given,
            market.Choosing is Side.LT ? given : choosing,
            PricesOf(market, auction),
            new RoundEffort(choosers.Count, auction.Scans, auction.Bids, auction.Phases));
    }

    private double Bonuses(MarketSide side, bool[] covered) =>
        covered.Index().Where(member => member.Item).Sum(member => settings.BonusOf(side.RoundsWaited[member.Index]));

    private static Coverage Cover(MarketSide side, bool[] covered, MarketSide others, Score score) =>
        new(side.Count, covered.Count(isCovered => isCovered), Attainable.Of(side, others, score.Bridges));

    private static IEnumerable<LeftOut> Left(MarketSide side, bool[] covered, MarketSide others, Func<int, bool> hasRoom, Score score)
    {
        var there = Enumerable.Range(0, others.Count).ToLookup(hasRoom, member => (others.Spoken[member], others.AcceptsTranslator[member]));
        var (anybody, free) = (there.SelectMany(members => members).Distinct().ToList(), there[true].Distinct().ToList());
        foreach (var (member, isCovered) in covered.Index())
        {
            if (isCovered) continue;
            var (spoken, translator) = (side.Spoken[member], side.AcceptsTranslator[member]);
            yield return new LeftOut(
                side.Ids[member],
                !translator && free.Exists(other => Attainable.CanMeet((spoken, true), other, score.Bridges) && !Attainable.CanMeet((spoken, false), other, score.Bridges))
                    ? LeftOutReason.TranslatorWouldHelp
                : anybody.Exists(other => Attainable.CanMeet((spoken, translator), other, score.Bridges)) ? LeftOutReason.NobodyFree
                : LeftOutReason.NoLanguage);
        }
    }

    // What one place more of a member would have been worth to the round; nothing where places stayed free.
    private static Dictionary<long, double> PricesOf(Market market, Auction auction)
    {
        var (choosers, offered) = (market.Choosers, market.Offered);
        var prices = offered.Ids.Index().ToDictionary(member => member.Item, member => (double)Math.Max(0, auction.Places.Prices[member.Index]));
        for (var chooser = 0; chooser < choosers.Count; chooser++)
        {
            var worst = 0f;
            if (auction.Held(chooser) is var held && held.Length == choosers.Capacities[chooser])
            {
                worst = float.PositiveInfinity;
                var wishes = auction.Wishes[chooser];
                foreach (var member in held)
                {
                    if (wishes.Offered.IndexOf(member) is >= 0 and var at) worst = Math.Min(worst, wishes.Scores[at] - auction.Places.Prices[member]);
                }
            }
            prices[choosers.Ids[chooser]] = float.IsFinite(worst) ? Math.Max(0, worst) : 0;
        }
        return prices;
    }
}
