namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// A rule that spoils calls. <c>Method</c> and <c>ChatId</c> narrow it, <c>Times</c> ends it, <c>Probability</c> makes it rare.
/// </summary>
public sealed record Fault
{
    private Fault()
    {
    }

    /// <summary>Method to spoil, in any letter case; null means all but getUpdates and the webhook methods.</summary>
    public string? Method { get; init; }

    public long? ChatId { get; init; }

    public int Times { get; init; } = 1;

    public double Probability { get; init; } = 1;

    /// <summary>The call is carried out before the answer is spoilt: the caller cannot know.</summary>
    public bool EffectDone { get; init; }

    public TimeSpan LeastBefore { get; init; }

    public TimeSpan MostBefore { get; init; }

    public TimeSpan LeastAfter { get; init; }

    public TimeSpan MostAfter { get; init; }

    internal bool CutsConnection { get; private init; }

    internal bool NullResult { get; private init; }

    internal int HtmlStatus { get; private init; }

    internal ApiError? Error { get; private init; }

    internal bool SpoilsAnswer => CutsConnection || NullResult || HtmlStatus > 0 || Error is not null;

    public static Fault InternalServerError() => new() { HtmlStatus = 500 };

    public static Fault BadGateway() => new() { HtmlStatus = 502 };

    public static Fault TooManyRequests(int retryAfter) => new() { Error = ApiError.TooManyRequests(retryAfter) };

    /// <summary>
    /// An error envelope with this code and Telegram's description, such as <c>Forbidden: bot was blocked by the
    /// user</c>.
    /// </summary>
    public static Fault Refusal(int code, string description) => new() { Error = new ApiError(code, description) };

    public static Fault Migrated(long toChatId) => new()
    {
        Error = new ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat") { MigrateToChatId = toChatId },
    };

    /// <summary>The connection breaks and nothing happened.</summary>
    public static Fault ResetBeforeEffect() => new() { CutsConnection = true };

    /// <summary>The connection breaks although everything happened.</summary>
    public static Fault AnswerLost() => new() { CutsConnection = true, EffectDone = true };

    /// <summary><c>{"ok":true,"result":null}</c> for a call that was carried out.</summary>
    public static Fault EmptyResult() => new() { NullResult = true, EffectDone = true };

    public static Fault Delay(TimeSpan before, TimeSpan after) =>
        new() { LeastBefore = before, MostBefore = before, LeastAfter = after, MostAfter = after };

    /// <summary>Delays each call by chance between the bounds, from the seed of the options.</summary>
    public static Fault RandomDelay(TimeSpan leastBefore, TimeSpan mostBefore, TimeSpan leastAfter, TimeSpan mostAfter) => new()
    {
        LeastBefore = leastBefore, MostBefore = mostBefore, LeastAfter = leastAfter, MostAfter = mostAfter, Times = int.MaxValue,
    };
}

/// <summary>
/// The faults waiting for their call. All delays that match are added; of the spoilt answers the first given wins.
/// </summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];
    private readonly Random chance;

    internal Faults(int seed) => chance = new Random(seed);

    /// <summary>How many calls were spoilt or delayed.</summary>
    public int Used { get; private set; }

    public void Add(Fault fault)
    {
        lock (gate)
            rules.Add(new Rule(fault));
    }

    public void Clear()
    {
        lock (gate)
            rules.Clear();
    }

    internal FaultPlan Plan(string method, long? chatId)
    {
        lock (gate)
        {
            if (rules.Count == 0)
                return FaultPlan.None;
            Fault? answer = null;
            var before = TimeSpan.Zero;
            var after = TimeSpan.Zero;
            foreach (var rule in rules.Where(rule => Matches(rule.Fault, method, chatId)).ToList())
            {
                var fault = rule.Fault;
                if ((fault.SpoilsAnswer && answer is not null) || chance.NextDouble() >= fault.Probability)
                    continue;
                if (fault.SpoilsAnswer)
                    answer = fault;
                before += Between(fault.LeastBefore, fault.MostBefore);
                after += Between(fault.LeastAfter, fault.MostAfter);
                Used++;
                if (--rule.Left == 0)
                    rules.Remove(rule);
            }
            return new FaultPlan(answer, before, after);
        }
    }

    private static bool Matches(Fault fault, string method, long? chatId) =>
        (fault.ChatId is null || fault.ChatId == chatId)
        && (fault.Method is null
            ? method != "getUpdates" && !method.Contains("Webhook", StringComparison.Ordinal)
            : string.Equals(fault.Method, method, StringComparison.OrdinalIgnoreCase));

    private TimeSpan Between(TimeSpan least, TimeSpan most) =>
        most <= least ? least : least + ((most - least) * chance.NextDouble());

    private sealed class Rule(Fault fault)
    {
        public Fault Fault { get; } = fault;

        public int Left { get; set; } = fault.Times;
    }
}

internal sealed record FaultPlan(Fault? Answer, TimeSpan Before, TimeSpan After)
{
    public static readonly FaultPlan None = new(null, TimeSpan.Zero, TimeSpan.Zero);
}
