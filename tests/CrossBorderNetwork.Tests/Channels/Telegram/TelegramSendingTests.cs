using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit.BotApi;
using Button = CrossBorderNetwork.Messaging.Button;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>One attempt to send: what the person sees, and how every answer of Telegram is understood.</summary>
public sealed class TelegramSendingTests : IAsyncLifetime
{
    private const string Hostile = "</b><a href=\"https://evil.example\">click</a> & <script> \"quoted\" 'single' &amp; _*[x](y)";

    private BotApiEmulator _api = null!;
    private EmulatedUser _ona = null!;
    private TelegramHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        _ona = _api.User(1001, "Ona", started: true);
        _host = TelegramHost.Build(_api.BaseUrl, _api.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task What_a_person_typed_arrives_literally_whatever_markup_it_imitates()
    {
        var text = new RichText([new Run(Hostile, RunStyle.Bold | RunStyle.Italic), new Run(Hostile, Link: "https://x.example/?a=1&b=\"2\""), new Run(Hostile)]);

        (await SendAsync(new Message { Text = text })).ShouldBeOfType<SendResult.Delivered>();

        _ona.Messages.ShouldHaveSingleItem().Text.ShouldBe(Hostile + Hostile + Hostile);
    }

    [Fact]
    public async Task Every_look_and_every_two_of_them_together_are_accepted_as_they_are()
    {
        RunStyle[] looks = [RunStyle.Bold, RunStyle.Italic, RunStyle.Underline, RunStyle.Strike, RunStyle.Code, RunStyle.Quote, RunStyle.Spoiler];
        var runs = looks.SelectMany(_ => looks, (one, other) => new Run("a<b", one | other)).Append(new Run("link", RunStyle.Quote | RunStyle.Bold, "https://example.org/"));

        await SendAsync(new Message { Text = new RichText([.. runs]) });

        // A refusal would have been followed by the same words without any look.
        _api.Truth.Requests.ShouldHaveSingleItem().Status.ShouldBe(200);
        _ona.Messages.ShouldHaveSingleItem().Text.ShouldBe(string.Concat(Enumerable.Repeat("a<b", 49)) + "link");
    }

    [Fact]
    public async Task Buttons_carry_their_token_or_their_link()
    {
        await SendAsync(new Message { Text = RichText.Plain("Choose"), Buttons = [[new Button("Music", "t:1"), new Button("Site", null, "https://example.org/")]] });

        var row = _ona.Messages[0].Buttons.ShouldHaveSingleItem();
        row[0].Data.ShouldBe("t:1");
        row[1].Url.ShouldBe("https://example.org/");
    }

    [Fact]
    public async Task An_edit_changes_the_message_in_place_and_the_same_edit_again_counts_as_delivered()
    {
        var id = await SentAsync("First", withButton: true);

        var edit = await SendAsync(new Message { Text = RichText.Plain("Second") }, id);
        var again = await SendAsync(new Message { Text = RichText.Plain("Second") }, id);

        edit.ShouldBe(new SendResult.Delivered(id));
        again.ShouldBe(new SendResult.Delivered(id));
        _ona.Screen.ShouldBe("< Second");
    }

    [Theory]
    [InlineData("Bad Request: message to edit not found")]
    [InlineData("Bad Request: message can't be edited")]
    [InlineData("Bad Request: there is no text in the message to edit")]
    [InlineData("Bad Request: MESSAGE_ID_INVALID")]
    public async Task An_edit_whose_target_is_gone_becomes_a_new_message(string refusal)
    {
        var id = await SentAsync("First");
        _api.Faults.Add(Fault.Refusal(400, refusal) with { Method = "editMessageText" });

        var result = await SendAsync(new Message { Text = RichText.Plain("Second"), Buttons = [[new Button("Next", "n")]] }, id);

        result.ShouldBeOfType<SendResult.Delivered>().MessageId.ShouldNotBe(id);
        _ona.Screen.ShouldBe("< First\n< Second\n  [Next]");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bad Request: message to edit not found")]
    public async Task Taking_buttons_away_never_says_anything(string? refusal)
    {
        var id = await SentAsync("First", withButton: true);
        if (refusal is not null) _api.Faults.Add(Fault.Refusal(400, refusal) with { Method = "editMessageReplyMarkup" });
        var removal = new Message { OnlyRemovesButtons = true };

        (await SendAsync(removal, id)).ShouldBeOfType<SendResult.Delivered>();
        (await SendAsync(removal, id)).ShouldBeOfType<SendResult.Delivered>();
        (await SendAsync(removal)).ShouldBeOfType<SendResult.Delivered>();

        _ona.Screen.ShouldBe("< First");
    }

    [Fact]
    public async Task Formatting_that_is_refused_costs_the_looks_but_not_the_message()
    {
        _api.Faults.Add(Fault.Refusal(400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 3") with { Method = "sendMessage" });

        (await SendAsync(new Message { Text = new RichText([new Run("bold & plain", RunStyle.Bold)]) })).ShouldBeOfType<SendResult.Delivered>();

        _ona.Screen.ShouldBe("< bold & plain");
        _host.Log.All.ShouldNotContain("bold & plain");
    }

    [Fact]
    public async Task A_topic_that_was_deleted_does_not_swallow_the_answer()
    {
        _api.Faults.Add(Fault.Refusal(400, "Bad Request: message thread not found"));

        var result = await _host.Adapter.SendAsync(new Envelope("1001", "12", new Message { Text = RichText.Plain("Hello") }, null), CancellationToken.None);

        result.ShouldBeOfType<SendResult.Delivered>();
        _ona.Screen.ShouldBe("< Hello");
    }

    [Fact]
    public async Task A_file_comes_with_its_text_and_a_text_too_long_for_it_is_refused_with_a_reason()
    {
        var file = new FileContent("event.ics", "text/calendar", "BEGIN:VCALENDAR"u8.ToArray());

        (await SendAsync(new Message { Text = RichText.Plain("Sėkmės & iki!"), File = file })).ShouldBeOfType<SendResult.Delivered>();
        (await SendAsync(new Message { Text = RichText.Plain(new string('x', 1025)), File = file })).ShouldBeOfType<SendResult.Refused>().Reason.ShouldContain("1024");

        _ona.Messages.ShouldHaveSingleItem().Text.ShouldContain("Sėkmės & iki!");
    }

    [Fact]
    public async Task A_picture_is_shown_and_not_only_offered()
    {
        var picture = new FileContent("funnel.png", "image/png", [0x89, 0x50, 0x4E, 0x47]);

        (await SendAsync(new Message { Text = RichText.Plain("Pažintys"), File = picture })).ShouldBeOfType<SendResult.Delivered>();

        _ona.Screen.ShouldContain("photo");
        _ona.Screen.ShouldContain("Pažintys");
    }

    [Fact]
    public async Task A_text_longer_than_a_message_arrives_whole_with_the_buttons_last()
    {
        var words = string.Join(' ', Enumerable.Range(0, 2000).Select(n => n.ToString(CultureInfo.InvariantCulture)));

        (await SendAsync(new Message { Text = RichText.Plain(words), Buttons = [[new Button("OK", "ok")]] })).ShouldBeOfType<SendResult.Delivered>();

        string.Join(' ', _ona.Messages.Select(message => message.Text)).ShouldBe(words);
        _ona.Messages.Count(message => message.Buttons.Count > 0).ShouldBe(1);
        _ona.Messages[^1].Buttons.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_text_that_is_cut_in_two_keeps_its_looks_in_both_parts()
    {
        RunStyle[] looks = [RunStyle.Bold, RunStyle.Italic, RunStyle.Code];
        var runs = Enumerable.Range(0, 1500).Select(n => new Run($"<{n}&> ", looks[n % looks.Length], n % 7 == 0 ? "https://example.org/" : null)).ToList();

        (await SendAsync(new Message { Text = new RichText([.. runs]) })).ShouldBeOfType<SendResult.Delivered>();

        // A cut inside the markup would be refused, and the words come once more without it.
        _api.Truth.Requests.Count.ShouldBeGreaterThan(1);
        _api.Truth.Requests.ShouldAllBe(request => request.Status == 200);
        string.Concat(_ona.Messages.Select(message => message.Text)).Replace(" ", "").ShouldBe(string.Concat(runs.Select(run => run.Text)).Replace(" ", ""));
    }

    [Theory]
    [InlineData(403, "Forbidden: bot was blocked by the user")]
    [InlineData(403, "Forbidden: user is deactivated")]
    [InlineData(403, "Forbidden: bot was kicked from the supergroup chat")]
    [InlineData(400, "Bad Request: chat not found")]
    public async Task Who_cannot_be_reached_is_unreachable(int code, string description) =>
        (await FailAsync(Fault.Refusal(code, description))).ShouldBe(new SendResult.Unreachable(description));

    [Theory]
    [InlineData("Bad Request: BUTTON_DATA_INVALID", "Bad Request: BUTTON_DATA_INVALID")]
    [InlineData("Bad Request: inline keyboard button URL 'http://ona.example' is invalid", "Bad Request: inline keyboard button URL …")]
    [InlineData("Bad Request: wrong \"Ona Kazlauskė\"", "Bad Request: wrong …")]
    public async Task Another_refusal_is_final_and_its_reason_quotes_nobody(string description, string reason) =>
        (await FailAsync(Fault.Refusal(400, description))).ShouldBe(new SendResult.Refused(reason));

    [Fact]
    public async Task A_group_that_moved_tells_its_new_address() =>
        (await FailAsync(Fault.Migrated(-1001234567890))).ShouldBe(new SendResult.Moved("-1001234567890"));

    [Fact]
    public async Task Too_many_requests_hold_the_whole_channel_for_as_long_as_telegram_asks() =>
        (await FailAsync(Fault.TooManyRequests(17))).ShouldBe(new SendResult.TryLater(TimeSpan.FromSeconds(17), "429", WholeChannel: true));

    [Fact]
    public async Task A_refused_token_holds_the_whole_channel_and_is_said_once()
    {
        await using var wrong = TelegramHost.Build(_api.BaseUrl, "4200000001:some-other-bots-old-token");
        for (var i = 0; i < 3; i++)
        {
            var result = await wrong.Adapter.SendAsync(new Envelope("1001", null, new Message { Text = RichText.Plain("x") }, null), CancellationToken.None);
            result.ShouldBeOfType<SendResult.ShutOut>();
        }
        wrong.Log.All.Split("Critical").Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_may_have_been_sent_is_in_doubt()
    {
        foreach (var fault in new[] { Fault.AnswerLost(), Fault.ResetBeforeEffect(), Fault.BadGateway(), Fault.InternalServerError(), Fault.EmptyResult(), Fault.Refusal(502, "Bad Gateway") })
            (await FailAsync(fault)).ShouldBeOfType<SendResult.InDoubt>();
    }

    [Fact]
    public async Task What_never_left_is_tried_later()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        string[] addresses = [$"http://127.0.0.1:{port}", "http://no-such-host.invalid", $"https://127.0.0.1:{_api.BaseUrl.Port}"];
        foreach (var address in addresses)
        {
            await using var host = TelegramHost.Build(new Uri(address), _api.Token);
            var result = await host.Adapter.SendAsync(new Envelope("1001", null, new Message { Text = RichText.Plain("x") }, null), CancellationToken.None);
            result.ShouldBeOfType<SendResult.TryLater>().WholeChannel.ShouldBeFalse();
        }
    }

    private async Task<SendResult> FailAsync(Fault fault)
    {
        _api.Faults.Add(fault);
        return await SendAsync(new Message { Text = RichText.Plain("Hello") });
    }

    private async Task<string> SentAsync(string text, bool withButton = false)
    {
        var result = await SendAsync(new Message { Text = RichText.Plain(text), Buttons = withButton ? [[new Button("Old", "o")]] : [] });
        return result.ShouldBeOfType<SendResult.Delivered>().MessageId!;
    }

    private Task<SendResult> SendAsync(Message message, string? replaces = null) =>
        _host.Adapter.SendAsync(new Envelope("1001", null, message, replaces), CancellationToken.None);
}
