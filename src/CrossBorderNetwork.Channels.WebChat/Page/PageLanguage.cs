using CrossBorderNetwork.Messaging;
using Microsoft.AspNetCore.Http;

namespace CrossBorderNetwork.Channels.WebChat;

/// <summary>In which language a visitor sees the pages: as chosen once, else as the browser asks.</summary>
public static class PageLanguage
{
    private const string Cookie = "lang";

    public static string Of(HttpContext http)
    {
        if (http.Request.Cookies.TryGetValue(Cookie, out var chosen) && Languages.All.Contains(chosen)) return chosen;
        return http.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(asked => asked.Quality ?? 1)
            .Select(asked => Languages.All.FirstOrDefault(known => asked.Value.AsSpan().StartsWith(known, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(known => known is not null) ?? "en";
    }

    /// <summary>Remembers the language of <c>?lang=</c> and leads back to the page without it; null where none was asked for.</summary>
    internal static IResult? TryChoose(HttpContext http)
    {
        if (Languages.All.FirstOrDefault(language => language == http.Request.Query["lang"]) is not { } chosen) return null;
        Choose(http, chosen);
        return Results.Redirect(http.Request.PathBase + http.Request.Path);
    }

    private static void Choose(HttpContext http, string language) => http.Response.Cookies.Append(Cookie, language, new CookieOptions
    {
        HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.FromDays(365), IsEssential = true,
    });

    /// <summary>The tag by which browsers and Web Chat know a language.</summary>
    internal static string Tag(string language) => language switch
    {
        "lt" => "lt-LT",
        "pl" => "pl-PL",
        _ => "en-US",
    };

    /// <summary>What a language calls itself.</summary>
    internal static string OwnName(string language) => language switch
    {
        "lt" => "Lietuvių",
        "pl" => "Polski",
        _ => "English",
    };
}
