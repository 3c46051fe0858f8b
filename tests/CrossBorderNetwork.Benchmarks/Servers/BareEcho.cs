using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace CrossBorderNetwork.Benchmarks.Servers;

/// <summary>
/// The least that a bot on ASP.NET and Telegram.Bot can be: it repeats each text and keeps nothing. Runs in a process of its own:
/// the benchmarks' program, started with <see cref="Argument"/>, port, address of the Bot API and token.
/// </summary>
internal static class BareEcho
{
    public const string Argument = "--bare-echo";

    public static async Task RunAsync(string port, string apiBaseUrl, string token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
        await using var app = builder.Build();
        var bot = new TelegramBotClient(new TelegramBotClientOptions(token, apiBaseUrl));
        app.MapPost("/", async http =>
        {
            var update = await JsonSerializer.DeserializeAsync<Update>(http.Request.Body, JsonBotAPI.Options, http.RequestAborted);
            if (update?.Message is { Text: { } text } message) await bot.SendMessage(message.Chat.Id, text, cancellationToken: http.RequestAborted);
        });
        await app.StartAsync();
        await bot.SetWebhook($"http://127.0.0.1:{port}/");
        await app.WaitForShutdownAsync();
    }
}
