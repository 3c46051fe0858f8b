using System.Globalization;
using System.Text.Encodings.Web;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Server.Demo;

/// <summary>
/// The panel above the web chat that shows the whole job without Telegram: fill the empty network, be one of its people, let Monday
/// come. It exists only without a token, and acts only on an empty database or a demonstration.
/// </summary>
internal static class DemoEndpoints
{
    /// <summary>Marks the page for whoever wanted the demonstration when somebody had enrolled meanwhile.</summary>
    private const string TooLate = "demo=too-late";

    private static readonly (string Key, string? SenderId)[] People =
    [
        ("newcomer", null), ("member-lt", FillDemo.MemberInLithuania), ("member-pl", FillDemo.MemberInPoland), ("coordinator", FillDemo.Coordinator),
    ];

    public static void AddDemo(this IServiceCollection services)
    {
        services.AddSingleton<FillDemo>();
        services.AddSingleton<LetMondayCome>();
        services.AddSingleton(provider => new WebChatPanel((http, language) => RenderAsync(http, provider, language)));
    }

    public static void MapDemo(this WebApplication app)
    {
        if (IsTokenSet(app.Services)) return;
        app.MapPost("/demo/fill", async (HttpContext http, FillDemo fill, WebChatVisitors visitors, CancellationToken ct) =>
        {
            if (IsForeign(http)) return Results.StatusCode(StatusCodes.Status403Forbidden);
            if (!await fill.RunAsync(new DemoPlan(), ct)) return Results.Redirect("/?" + TooLate);
            visitors.SignInAs(http, FillDemo.MemberInLithuania);
            return Results.Redirect("/");
        }).DisableAntiforgery();
        app.MapPost("/demo/be/{key}", async (HttpContext http, string key, Database database, WebChatVisitors visitors, TimeProvider time, CancellationToken ct) =>
        {
            if (IsForeign(http)) return Results.StatusCode(StatusCodes.Status403Forbidden);
            await using var db = database.Read();
            if (await db.KindAsync(ct) != NetworkKind.Demo || Array.Find(People, person => person.Key == key) is not { Key: not null } chosen) return Results.NotFound();
            visitors.SignInAs(http, chosen.SenderId ?? "newcomer-" + time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
            return Results.Redirect("/");
        }).DisableAntiforgery();
        app.MapPost("/demo/monday", async (HttpContext http, LetMondayCome monday, CancellationToken ct) =>
        {
            if (IsForeign(http)) return Results.StatusCode(StatusCodes.Status403Forbidden);
            return await monday.RunAsync(ct) ? Results.Redirect("/") : Results.NotFound();
        }).DisableAntiforgery();
    }

    private static bool IsTokenSet(IServiceProvider services) => services.GetRequiredService<IOptions<TelegramOptions>>().Value.Token.Length > 0
        || services.GetRequiredService<IConfiguration>()["Telegram:Token"] is { Length: > 0 };

    /// <summary>A form on another site must not press our buttons; browsers name the site that a form stands on.</summary>
    private static bool IsForeign(HttpContext http) =>
        http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority != http.Request.Host.Value;

    private static async Task<string> RenderAsync(HttpContext http, IServiceProvider services, string language)
    {
        if (IsTokenSet(services)) return "";
        await using var db = services.GetRequiredService<Database>().Read();
        var kind = await db.KindAsync(http.RequestAborted);
        var content = services.GetRequiredService<DialogContent>();
        if (kind == NetworkKind.Real) return http.Request.QueryString.Value == "?" + TooLate ? $"<p role=\"status\">{Say("too_late")}</p>" : "";
        if (kind == NetworkKind.Empty)
            return $"<p>{Say("empty")}</p><form method=\"post\" action=\"/demo/fill\"><button class=\"primary\">{Say("fill")}</button></form>";
        var current = services.GetRequiredService<WebChatVisitors>().Current(http);
        var buttons = People.Select(person =>
        {
            var isCurrent = person.SenderId is null ? current?.StartsWith("demo-", StringComparison.Ordinal) == false : person.SenderId == current;
            return $"<form method=\"post\" action=\"/demo/be/{person.Key}\"><button aria-pressed=\"{(isCurrent ? "true" : "false")}\">{Say("be." + person.Key)}</button></form>";
        });
        return $"<p>{Say("title")}</p><div class=\"choices\">{string.Concat(buttons)}<form method=\"post\" action=\"/demo/monday\"><button class=\"primary\">{Say("monday")}</button></form></div>";

        string Say(string key) => HtmlEncoder.Default.Encode(content.Text("demo", key, language, []).ToString());
    }
}
