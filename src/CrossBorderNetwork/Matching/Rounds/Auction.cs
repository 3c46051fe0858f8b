namespace CrossBorderNetwork.Matching.Rounds;

/// <summary>
/// Forward auction over all pairs (Bertsekas 1988), with lists built only when a chooser needs them. Choosers bid for the place
/// worth most to them, as far above its price as the next best allows and a step more; who is outbid chooses again. No pair costs
/// more than a step against the best assignment there is.
/// </summary>
internal sealed class Auction
{
    // All at once would list the same cheapest few and outbid each other there; so the later ones see what the earlier ones have paid.
    private const int LookTogether = 256;

    private readonly Market market;
    private readonly RoundSettings settings;
    private readonly MarketScan scan;
    private readonly Foremost foremost;
    private readonly int[] starts;
    private readonly int[] held;
    private readonly int[] heldCounts;

    // Whoever waits stands in one of the two, once: twice among those who look would be two threads at one list.
    private readonly Queue<int> turns = [];
    private readonly Queue<int> looking;
    private readonly bool[] waits;

    public Auction(Market market, RoundSettings settings, int threads)
    {
        this.market = market;
        this.settings = settings;
        scan = new MarketScan(market, (float)settings.LeastScore, threads);
        starts = new int[market.Choosers.Count + 1];
        for (var chooser = 0; chooser < market.Choosers.Count; chooser++) starts[chooser + 1] = starts[chooser] + market.Choosers.Capacities[chooser];
        held = new int[starts[^1]];
        heldCounts = new int[market.Choosers.Count];
        waits = new bool[market.Choosers.Count];
        waits.AsSpan().Fill(true);
        looking = new Queue<int>(market.Turns);
        Places = new Places(market.Offered);
        Wishes = [.. Enumerable.Range(0, market.Choosers.Count).Select(_ => new Wishes())];
        foremost = new Foremost(Wishes, market.Choosers.Capacities, Rounds.Wishes.Longest(market));
    }

    public Places Places { get; }

    /// <summary>By chooser.</summary>
    public Wishes[] Wishes { get; }

    public long Scans { get; private set; }

    public long Bids { get; private set; }

    public int Phases { get; private set; }

    /// <summary>The members of the offered side whom a chooser has in the end.</summary>
    public ReadOnlySpan<int> Held(int chooser) => held.AsSpan(starts[chooser], heldCounts[chooser]);

    public void Run(CancellationToken ct)
    {
        while (looking.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
            Phases++;
            var next = new int[Math.Min(LookTogether, looking.Count)];
            for (var at = 0; at < next.Length; at++) next[at] = looking.Dequeue();
            Scans += next.Length;
            scan.Fill(next, Places.Prices, Wishes);
            foreach (var chooser in next)
            {
                foremost.Forget(chooser);
                turns.Enqueue(chooser);
            }
            while (turns.TryDequeue(out var chooser))
            {
                waits[chooser] = false;
                Bid(chooser);
            }
        }
    }

    private void Bid(int chooser)
    {
        var wishes = Wishes[chooser];
        while (heldCounts[chooser] < market.Choosers.Capacities[chooser])
        {
            var (wished, best, second) = foremost.BestTwo(chooser, Places.Prices, Held(chooser));
            // Below this it is better to have nobody, or nobody more.
            var least = heldCounts[chooser] == 0 ? -market.Choosers.Bonuses[chooser] : 0;
            if (Math.Max(best, wishes.Bound) < least) return;
            if (best < wishes.Bound)
            {
                waits[chooser] = true;
                looking.Enqueue(chooser);
                return;
            }

            var next = Math.Max(second, Math.Max(wishes.Bound, least));
            var price = Places.Prices[wished] + (best - next) + (float)settings.Step;
            Bids++;
            held[starts[chooser] + heldCounts[chooser]++] = wished;
            if (Places.Take(wished, chooser, price) is >= 0 and var outbid) Lose(outbid, wished);
        }
    }

    private void Lose(int chooser, int offered)
    {
        var mine = held.AsSpan(starts[chooser], heldCounts[chooser]);
        mine[mine.IndexOf(offered)] = mine[^1];
        heldCounts[chooser]--;
        if (waits[chooser]) return;
        waits[chooser] = true;
        turns.Enqueue(chooser);
    }
}
