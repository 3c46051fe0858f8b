using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>
/// Knows a browser again by a signed cookie. The sender id is also the address of the visitor's one conversation; it proves
/// nothing by itself, the signature does.
/// </summary>
public sealed partial class WebChatVisitors(IDataProtectionProvider protection, TimeProvider time)
{
    internal static readonly TimeSpan Remembered = TimeSpan.FromDays(180);

    private static readonly object Item = new();
    private readonly IDataProtector _protector = protection.CreateProtector("WebChat.Visitor");

    /// <summary>The sender id of this browser, or null where it has none that is valid.</summary>
    public string? Current(HttpContext http)
    {
        if (http.Items[Item] is string signedIn) return signedIn;
        if (!http.Request.Cookies.TryGetValue(CookieName(http), out var cookie)) return null;
        try
        {
            var parts = _protector.Unprotect(cookie).Split('|', 2);
            var issued = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return time.GetUtcNow() - issued < Remembered ? parts[1] : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Makes this browser speak as another person from its next page on; for demonstrations.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 64 letters, digits and hyphens, or starts with <c>dl_</c>.</exception>
    public void SignInAs(HttpContext http, string senderId)
    {
        if (!SenderIds().IsMatch(senderId)) throw new ArgumentException("A sender id is 1 to 64 letters, digits and hyphens.", nameof(senderId));
        http.Items[Item] = senderId;
        var issued = time.GetUtcNow();
        http.Response.Cookies.Append(CookieName(http), _protector.Protect(issued.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "|" + senderId),
            new CookieOptions
            {
                HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", Expires = issued + Remembered, IsEssential = true,
            });
    }

    /// <summary>Welcomes whoever opens the page: renews the cookie of a known visitor, makes a new person otherwise.</summary>
    internal string Welcome(HttpContext http)
    {
        var senderId = Current(http) ?? "web-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        SignInAs(http, senderId);
        return senderId;
    }

    private static string CookieName(HttpContext http) => http.Request.IsHttps ? "__Host-webchat-visitor" : "webchat-visitor";

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex SenderIds();
}
