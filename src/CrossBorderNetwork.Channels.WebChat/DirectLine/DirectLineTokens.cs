using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CrossBorderNetwork.Channels.WebChat.DirectLine;

/// <summary>What a presented token says.</summary>
internal abstract record TokenReading
{
    private TokenReading()
    {
    }

    public sealed record Valid(string Address) : TokenReading;

    public sealed record Expired : TokenReading;

    public sealed record Forged : TokenReading;
}

/// <summary>
/// Tokens are sealed, not stored: they name the one conversation they open, which is the visitor's own, and the moment they
/// expire. A restart leaves them valid.
/// </summary>
internal sealed class DirectLineTokens(IDataProtectionProvider protection, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>A stream address may appear in access logs, so what it opens must be worthless soon.</summary>
    public static readonly TimeSpan StreamLifetime = TimeSpan.FromMinutes(1);

    private readonly IDataProtector _calls = protection.CreateProtector("WebChat.Token");
    private readonly IDataProtector _streams = protection.CreateProtector("WebChat.StreamToken");

    public string Issue(string address) => Seal(_calls, address, Lifetime);

    public string IssueForStream(string address) => Seal(_streams, address, StreamLifetime);

    public TokenReading Read(string token) => Open(_calls, token);

    public TokenReading ReadForStream(string token) => Open(_streams, token);

    private string Seal(IDataProtector protector, string address, TimeSpan lifetime) =>
        protector.Protect((time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "|" + address);

    private TokenReading Open(IDataProtector protector, string token)
    {
        string content;
        try
        {
            content = protector.Unprotect(token);
        }
        catch (CryptographicException)
        {
            return new TokenReading.Forged();
        }
        var parts = content.Split('|', 2);
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
        return time.GetUtcNow() < expires ? new TokenReading.Valid(parts[1]) : new TokenReading.Expired();
    }
}
