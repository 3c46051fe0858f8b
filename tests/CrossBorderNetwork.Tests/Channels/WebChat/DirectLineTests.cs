using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

public sealed class DirectLineTests
{
    [Fact]
    public async Task A_first_visit_starts_a_conversation_and_is_greeted_once()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        (await visitor.OpenAsync()).ShouldBe(HttpStatusCode.Created);
        await visitor.SeesAsync("Welcome!");
        (await visitor.OpenAsync()).ShouldBe(HttpStatusCode.OK);
        await visitor.SayAsync("hello");
        await visitor.SeesAsync("You wrote: hello");
        (await visitor.PollAsync()).Activities.Count(a => a.PlainText() == "Welcome!").ShouldBe(1);
    }

    [Fact]
    public async Task A_message_is_echoed_with_its_client_id_and_then_answered()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        using var line = await visitor.ListenAsync();
        (await line.NextAsync())!.Value.PlainText().ShouldBe("Welcome!");

        using var posted = await visitor.SayAsync("Labas, ąčę", "client-7");
        posted.StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = (await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();

        var echo = (await line.NextAsync())!.Value;
        echo.Text().ShouldBe("Labas, ąčę");
        echo.GetProperty("id").GetString().ShouldBe(id);
        echo.GetProperty("channelData").GetProperty("clientActivityID").GetString().ShouldBe("client-7");
        echo.GetProperty("from").GetProperty("id").GetString().ShouldBe(visitor.Conversation);
        echo.GetProperty("from").GetProperty("role").GetString().ShouldBe("user");

        var answer = (await line.NextAsync())!.Value;
        answer.PlainText().ShouldBe("You wrote: Labas, ąčę");
        answer.GetProperty("replyToId").GetString().ShouldBe(id);
        answer.GetProperty("from").GetProperty("role").GetString().ShouldBe("bot");
    }

    [Fact]
    public async Task A_press_brings_the_token_of_the_button()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        await visitor.PressAsync("Music", "t0k3n");
        await visitor.SeesAsync("pressed t0k3n");
    }

    [Fact]
    public async Task A_reconnect_replays_what_came_after_the_watermark()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        string watermark;
        using (var line = await visitor.ListenAsync())
        {
            await line.NextAsync();
            watermark = line.Watermark;
        }
        await visitor.SayAsync("while away");
        await visitor.SeesAsync("You wrote: while away");

        await visitor.ReconnectAsync(watermark);
        using var again = await visitor.ListenAsync();
        (await again.NextAsync())!.Value.Text().ShouldBe("while away");
        (await again.NextAsync())!.Value.PlainText().ShouldBe("You wrote: while away");
    }

    [Fact]
    public async Task Of_what_is_read_at_once_only_the_newest_line_has_its_buttons()
    {
        await using var host = await WebChatHost.StartAsync(turn => new Message { Text = RichText.Plain("You wrote: " + turn.Activity.Text), Buttons = [[new Button("Yes", "t0k3n")]] });
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        using var line = await visitor.ListenAsync();
        HasButtons((await line.NextAsync())!.Value).ShouldBeTrue();
        await visitor.SayAsync("one");
        await line.NextAsync();
        HasButtons((await line.NextAsync())!.Value).ShouldBeTrue();

        var (history, _) = await visitor.PollAsync();
        history.Select(HasButtons).ShouldBe([false, false, true]);

        static bool HasButtons(JsonElement activity) => activity.TryGetProperty("suggestedActions", out _);
    }

    [Fact]
    public async Task Polling_gives_only_what_is_new()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        await visitor.SeesAsync("Welcome!");
        var (_, watermark) = await visitor.PollAsync();
        await visitor.SayAsync("one");
        await visitor.SeesAsync("You wrote: one");
        var (news, _) = await visitor.PollAsync(watermark);
        news.Select(a => a.PlainText()).ShouldBe(["", "You wrote: one"]);
    }

    [Fact]
    public async Task An_expired_token_is_403_and_a_refreshed_one_lives_on()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 6, 0, 0, TimeSpan.Zero));
        await using var host = await WebChatHost.StartAsync(time: time);
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        time.Advance(TimeSpan.FromMinutes(20));
        using var refreshed = await visitor.CallAsync(HttpMethod.Post, "tokens/refresh");
        var token = (await refreshed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString();
        time.Advance(TimeSpan.FromMinutes(20));

        using var old = await visitor.SayAsync("late");
        old.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await old.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString().ShouldBe("TokenExpired");
        using var fresh = await visitor.CallAsync(HttpMethod.Get, $"conversations/{visitor.Conversation}/activities", token: token);
        fresh.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var noRefresh = await visitor.CallAsync(HttpMethod.Post, "tokens/refresh");
        noRefresh.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_stream_address_is_worthless_after_a_minute_and_is_no_token()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 30, 6, 0, 0, TimeSpan.Zero));
        await using var host = await WebChatHost.StartAsync(time: time);
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        var streamToken = visitor.StreamUrl.Split("&t=")[1];
        using var misuse = await visitor.CallAsync(HttpMethod.Get, $"conversations/{visitor.Conversation}/activities", token: streamToken);
        misuse.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        time.Advance(TimeSpan.FromMinutes(2));
        await Should.ThrowAsync<WebSocketException>(() => visitor.ListenAsync());
    }

    [Theory]
    [InlineData("GET", "conversations/{0}/activities")]
    [InlineData("POST", "conversations/{0}/activities")]
    [InlineData("GET", "conversations/{0}")]
    [InlineData("POST", "conversations/{0}/upload")]
    public async Task A_foreign_conversation_is_as_unknown_as_one_that_never_was(string method, string path)
    {
        await using var host = await WebChatHost.StartAsync();
        using var ona = host.NewVisitor();
        using var jan = host.NewVisitor();
        await ona.OpenAsync();
        await jan.OpenAsync();
        foreach (var id in new[] { ona.Conversation, "never-was" })
        {
            using var answer = await jan.CallAsync(new HttpMethod(method), string.Format(null, path, id), method == "POST" ? """{"type":"message","text":"x"}""" : null);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString().ShouldBe("ConversationNotFound");
        }
        await Should.ThrowAsync<WebSocketException>(() => jan.ListenAsync(jan.StreamUrl.Replace(jan.Conversation, ona.Conversation, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_cookie_no_token_and_without_token_nothing()
    {
        await using var host = await WebChatHost.StartAsync();
        using var stranger = host.NewVisitor();
        (await stranger.Http.PostAsync("/v3/directline/tokens/generate", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await stranger.Http.PostAsync("/v3/directline/conversations", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var forged = await stranger.CallAsync(HttpMethod.Post, "conversations", token: "CfDJ8forged");
        forged.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Another_site_may_neither_post_nor_listen()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        visitor.Http.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        (await visitor.Http.PostAsync("/v3/directline/tokens/generate", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(visitor.StreamUrl), CancellationToken.None));
    }

    [Fact]
    public async Task Two_tabs_see_the_same_conversation()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        using var first = await visitor.ListenAsync();
        await first.NextAsync();
        using var second = await visitor.ListenAsync();
        (await second.NextAsync())!.Value.PlainText().ShouldBe("Welcome!");

        await visitor.SayAsync("in both");

        foreach (var tab in new[] { first, second })
        {
            (await tab.NextAsync())!.Value.Text().ShouldBe("in both");
            (await tab.NextAsync())!.Value.PlainText().ShouldBe("You wrote: in both");
        }
    }

    [Fact]
    public async Task Of_too_many_tabs_the_oldest_is_closed()
    {
        const int most = 8;
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        using var oldest = await visitor.ListenAsync();
        await oldest.NextAsync();
        var others = new List<Line>();
        for (var i = 0; i < most; i++)
        {
            others.Add(await visitor.ListenAsync());
            await others[^1].NextAsync();
        }

        (await oldest.NextAsync()).ShouldBeNull();
        await visitor.SayAsync("still here");
        foreach (var tab in others)
        {
            (await tab.NextAsync())!.Value.Text().ShouldBe("still here");
            tab.Dispose();
        }
    }

    [Fact]
    public async Task A_restart_keeps_person_token_and_history()
    {
        var folder = Directory.CreateTempSubdirectory("webchat").FullName;
        var cookies = new CookieContainer();
        string conversation;
        await using (var host = await WebChatHost.StartAsync(folder: folder))
        {
            using var visitor = host.NewVisitor(cookies);
            await visitor.OpenAsync();
            conversation = visitor.Conversation;
            await visitor.SayAsync("remember me");
            await visitor.SeesAsync("You wrote: remember me");
        }
        await using (var host = await WebChatHost.StartAsync(folder: folder))
        {
            using var visitor = host.NewVisitor(cookies);
            (await visitor.OpenAsync()).ShouldBe(HttpStatusCode.OK);
            visitor.Conversation.ShouldBe(conversation);
            await visitor.SeesAsync("You wrote: remember me");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_file_reaches_the_bot_as_something_it_cannot_read()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        (await visitor.UploadAsync("plan.ics", "text/calendar", "secret bytes"u8.ToArray())).ShouldBe(HttpStatusCode.OK);
        await visitor.SeesAsync("unreadable");
        (await visitor.PollAsync()).Activities.Select(a => a.ToString()).ShouldNotContain(json => json.Contains("secret"));
        (await FilesAsync(host)).ShouldBeEmpty("nobody asked for it");
    }

    [Fact]
    public async Task A_file_that_was_asked_for_is_kept_and_reaches_others_as_a_picture_or_a_download()
    {
        ReceivedMedia? received = null;
        await using var host = await WebChatHost.StartAsync(turn =>
        {
            received = turn.Activity.Media;
            return new Message { Text = RichText.Plain(received is null ? "Which file?" : "thanks"), AsksForFile = received is null };
        });
        using var rasa = host.NewVisitor();
        using var jan = host.NewVisitor();
        using var eve = host.NewVisitor();
        foreach (var visitor in new[] { rasa, jan, eve })
        {
            await visitor.OpenAsync();
            await visitor.SeesAsync("Which file?");
        }
        (await rasa.UploadAsync("plan.png", "image/png", [1, 2, 3])).ShouldBe(HttpStatusCode.OK);
        await rasa.SeesAsync("thanks");
        (received!.Name, received.IsPhoto, received.Size).ShouldBe(("plan.png", true, 3));
        // Not asked any more.
        (await rasa.UploadAsync("more.png", "image/png", [4])).ShouldBe(HttpStatusCode.OK);
        var file = (await FilesAsync(host)).ShouldHaveSingleItem();

        foreach (var media in new[] { new MediaRef(file.Id, "plan.png", IsPhoto: true), new MediaRef(file.Id, "plan.pdf", IsPhoto: false) })
        {
            var message = new Message { Text = RichText.Plain("See " + media.Name), Media = media };
            var adapter = host.Services.GetServices<ChannelAdapter>().Single();
            (await adapter.SendAsync(new Envelope(jan.Conversation, null, message, null), CancellationToken.None)).ShouldBeOfType<SendResult.Delivered>();
            var attachment = (await jan.SeesAsync("See " + media.Name)).GetProperty("attachments")[0];
            attachment.GetProperty("contentType").GetString().ShouldBe(media.IsPhoto ? "image/png" : "application/octet-stream");
            using var download = await jan.Http.GetAsync(attachment.GetProperty("contentUrl").GetString());
            (await download.Content.ReadAsByteArrayAsync()).ShouldBe([1, 2, 3]);
            (download.Content.Headers.ContentDisposition?.FileNameStar is not null).ShouldBe(!media.IsPhoto);
            (await eve.Http.GetAsync(attachment.GetProperty("contentUrl").GetString())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task What_lies_with_another_channel_still_waits_until_it_was_fetched()
    {
        await using var host = await WebChatHost.StartAsync();
        var files = host.Services.GetRequiredService<MediaFiles>();
        var database = host.Services.GetRequiredService<Database>();
        await using var work = await database.BeginAsync(CancellationToken.None);
        var media = files.Keep(work, "telegram", new ReceivedMedia("t1", "a.pdf", IsPhoto: false, 1));
        await work.CommitAsync(CancellationToken.None);

        var envelope = new Envelope("somebody", null, new Message { Text = RichText.Plain("Hello"), Media = media }, null);
        var adapter = host.Services.GetServices<ChannelAdapter>().Single();
        (await adapter.SendAsync(envelope, CancellationToken.None)).ShouldBeOfType<SendResult.TryLater>();
        await files.CompleteAsync(media.Id, [1], CancellationToken.None);
        (await adapter.SendAsync(envelope, CancellationToken.None)).ShouldBeOfType<SendResult.Delivered>();
    }

    private static async Task<IReadOnlyList<MediaFile>> FilesAsync(WebChatHost host)
    {
        await using var db = host.Services.GetRequiredService<Database>().Read();
        return await db.MediaFiles.AsNoTracking().ToListAsync();
    }

    [Fact]
    public async Task Too_much_at_once_is_429_and_names_the_wait()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        using var other = host.NewVisitor();
        await visitor.OpenAsync();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 25; i++) answers.Add(await visitor.SayAsync("again"));
        answers[0].StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBe(TimeSpan.FromSeconds(10));
        await other.OpenAsync();
        (await other.SayAsync("calm")).StatusCode.ShouldBe(HttpStatusCode.OK);
        answers.ForEach(a => a.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"type":5}""")]
    public async Task What_is_no_activity_is_400(string body)
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        (await visitor.PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_without_end_is_413()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        (await visitor.SayAsync(new string('x', 100_000))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Only_the_newest_two_hundred_lines_are_kept()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        await visitor.SeesAsync("Welcome!");
        var adapter = host.Services.GetService(typeof(ChannelAdapter)) as ChannelAdapter;
        for (var i = 1; i <= 210; i++)
            await adapter!.SendAsync(new Envelope(visitor.Conversation, null, new Message { Text = RichText.Plain($"news {i}") }, null), CancellationToken.None);
        var (lines, _) = await visitor.PollAsync();
        lines.Count.ShouldBe(200);
        lines[0].PlainText().ShouldBe("news 11");
    }
}
