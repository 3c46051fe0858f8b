namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// Telegram's flood control: one bucket over all, one for each chat. A wait that was announced is held to its end,
/// and whoever knocks earlier is counted.
/// </summary>
internal sealed class Pace(RateLimits? limits, TimeProvider time, Truth truth)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, Bucket> chats = [];
    private readonly Dictionary<long, long> announced = [];
    private readonly Bucket? overall = limits is null
        ? null : new Bucket(limits.OverallPerSecond, limits.OverallPerSecond, time.GetTimestamp());
    private readonly Bucket? paid = limits is null
        ? null : new Bucket(limits.PaidPerSecond, limits.PaidPerSecond, time.GetTimestamp());

    /// <summary>Seconds to wait before this message may go, or 0.</summary>
    public int Take(long chatId, bool isGroup, bool isPaid)
    {
        if (limits is null)
            return 0;
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (!chats.TryGetValue(chatId, out var chat))
                chats[chatId] = chat = NewBucket(limits, isGroup, now);
            var all = isPaid ? paid! : overall!;
            var wait = Math.Max(chat.Wait(now, time), all.Wait(now, time));
            if (wait > 0)
                return wait;
            chat.Spend();
            all.Spend();
            if (isPaid)
                truth.CountPaid();
            return 0;
        }
    }

    /// <summary>Remembers that a 429 with this wait was given for the chat.</summary>
    public void Announce(long chatId, int seconds)
    {
        truth.CountTooManyRequests();
        var until = time.GetTimestamp() + (seconds * time.TimestampFrequency);
        lock (gate)
            announced[chatId] = Math.Max(announced.GetValueOrDefault(chatId), until);
    }

    public void CountIfTooEarly(long chatId)
    {
        lock (gate)
        {
            if (!announced.TryGetValue(chatId, out var until))
                return;
            if (time.GetTimestamp() < until)
                truth.CountInsideRetryAfter();
            else
                announced.Remove(chatId);
        }
    }

    private static Bucket NewBucket(RateLimits limits, bool isGroup, long now) => isGroup
        ? new Bucket(limits.PerGroupPerMinute, limits.PerGroupPerMinute / 60.0, now)
        : new Bucket(limits.ChatBurst, limits.PerChatPerSecond, now);

    private sealed class Bucket
    {
        private readonly double capacity;
        private readonly double perSecond;
        private double tokens;
        private long filledAt;
        private long closedUntil;

        public Bucket(double capacity, double perSecond, long start)
        {
            this.capacity = tokens = capacity;
            this.perSecond = perSecond;
            filledAt = start;
        }

        public int Wait(long now, TimeProvider time)
        {
            tokens = Math.Min(capacity, tokens + (time.GetElapsedTime(filledAt, now).TotalSeconds * perSecond));
            filledAt = now;
            if (now < closedUntil)
                return Seconds(time.GetElapsedTime(now, closedUntil).TotalSeconds);
            if (tokens >= 1)
                return 0;
            var seconds = Seconds((1 - tokens) / perSecond);
            closedUntil = now + (seconds * time.TimestampFrequency);
            return seconds;
        }

        public void Spend() => tokens--;

        private static int Seconds(double exact) => Math.Max(1, (int)Math.Ceiling(exact));
    }
}
