using System.Security.Cryptography;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>Waits that double from a quarter of a second up to a minute, with chance, so that nothing knocks in step or in a hot loop.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var grown = Math.Min(Longest.TotalMilliseconds, 250 * Math.Pow(2, Math.Min(_failures++, 10)));
        return TimeSpan.FromMilliseconds(grown * RandomNumberGenerator.GetInt32(75, 101) / 100);
    }
}
