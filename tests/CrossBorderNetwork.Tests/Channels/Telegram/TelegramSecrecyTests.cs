using System.Net;
using System.Net.Sockets;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>The token stands in every address, so every failure is a chance to leak it. All of them happen here, with all logging on.</summary>
public sealed class TelegramSecrecyTests
{
    private const string Said = "my most private words";

    [Fact]
    public async Task Neither_the_token_nor_what_a_person_said_reaches_any_log_whatever_fails()
    {
        await using var api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        var ona = api.User(1001, "Ona", started: true);
        Fault[] faults =
        [
            Fault.BadGateway(), Fault.AnswerLost(), Fault.EmptyResult(), Fault.TooManyRequests(1), Fault.Refusal(403, "Forbidden: bot was blocked by the user"),
            Fault.Refusal(400, $"Bad Request: can't parse entities: unexpected \"{Said}\""), Fault.Refusal(400, $"Bad Request: \"{Said}\" is wrong"),
            Fault.Refusal(401, "Unauthorized"),
        ];
        foreach (var fault in faults) api.Faults.Add(fault with { Method = "sendMessage" });
        foreach (var fault in faults[..4]) api.Faults.Add(fault with { Method = "getUpdates" });
        api.Faults.Add(Fault.BadGateway() with { Method = "answerCallbackQuery" });

        await using var host = await TelegramHost.StartAsync(api, (turn, ct) => turn.Activity.Text.Contains("broken", StringComparison.Ordinal)
            ? throw new InvalidOperationException(turn.Activity.Text)
            : TelegramHost.Echo(turn, ct));
        ona.Says(Said);
        api.Deliver("{\"message\":{\"message_id\":\"" + Said + "\"}}");
        for (var i = 0; i < faults.Length; i++)
            await host.Adapter.SendAsync(new Envelope("1001", null, new Message { Text = RichText.Plain(Said) }, null), CancellationToken.None);
        ona.Says(Said + " broken");
        await TelegramHost.UntilAsync(async () => await host.InboxAsync(InboxState.Parked) == 2);

        var log = host.Log.All;
        log.ShouldContain("Debug Microsoft");
        log.ShouldContain("The token was refused");
        log.ShouldContain("could not be read and was parked");
        ShouldKeepSecret(log, api.Token);
        log.ShouldNotContain(Said);
    }

    [Fact]
    public async Task A_server_without_connection_or_with_a_wrong_token_does_not_name_the_token()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nobody = new Uri("http://" + closed.LocalEndpoint);
        closed.Stop();
        await using var api = await BotApiEmulator.StartAsync();
        const string token = "4200000001:some-other-bots-old-token";
        foreach (var address in new[] { nobody, new Uri("http://no-such-host.invalid"), api.BaseUrl })
        {
            await using var host = TelegramHost.Build(address, token);
            await host.StartAsync();
            await host.Adapter.SendAsync(new Envelope("1001", null, new Message { Text = RichText.Plain(Said) }, null), CancellationToken.None);
            await TelegramHost.UntilAsync(() => host.Log.All.Contains("again", StringComparison.Ordinal) || host.Log.All.Contains("refused", StringComparison.Ordinal));

            ShouldKeepSecret(host.Log.All, token);
        }
    }

    private static void ShouldKeepSecret(string log, string token)
    {
        log.ShouldNotContain(token);
        log.ShouldNotContain(token[(token.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        log.ShouldNotContain(TelegramHost.Secret);
    }
}
