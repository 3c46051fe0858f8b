using System.Text.Json;
using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

public sealed class WebChatAdapterTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<IReadOnlyList<Button>> YesNo = [[new Button("Yes", "t-yes"), new Button("No", "t-no")]];

    private WebChatHost _host = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WebChatHost.StartAsync();
        _visitor = _host.NewVisitor();
        await _visitor.OpenAsync();
        await _visitor.SeesAsync("Welcome!");
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Buttons_become_suggested_actions_that_bring_their_token_back()
    {
        await SendAsync(new Message { Text = RichText.Plain("Sure?"), Buttons = YesNo });
        var action = Actions(await LastAsync())[0];
        action.GetProperty("type").GetString().ShouldBe("messageBack");
        action.GetProperty("title").GetString().ShouldBe("Yes");
        action.GetProperty("displayText").GetString().ShouldBe("Yes");
        action.GetProperty("value").GetProperty("token").GetString().ShouldBe("t-yes");
    }

    [Fact]
    public void A_link_to_pass_on_opens_the_chat_with_its_payload() =>
        _host.Services.GetRequiredService<ChannelAdapter>().LinkTo("event-17").ShouldBe(new Uri("https://network.example.org/?start=event-17"));

    [Fact]
    public async Task A_notice_between_question_and_answer_does_not_take_the_buttons_away()
    {
        await SendAsync(new Message { Text = RichText.Plain("Sure?"), Buttons = YesNo });
        await SendAsync(new Message { Text = RichText.Plain("News of the week") });
        Actions(await LastAsync()).Count.ShouldBe(2);
        await _visitor.PressAsync("Yes", "t-yes");
        await _visitor.SeesAsync("pressed t-yes");
        Actions(await LastAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_takes_the_place_of_a_message_is_said_briefly_and_without_the_old_buttons()
    {
        await SendAsync(new Message { Text = RichText.Plain("Sure?"), Buttons = YesNo });
        await SendAsync(new Message { Text = RichText.Plain("The whole list once more"), Brief = RichText.Plain("Chosen: music"), Replaces = 1 });
        var last = await LastAsync();
        last.PlainText().ShouldBe("Chosen: music");
        Actions(last).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_leads_to_what_it_names_without_a_word_in_the_transcript()
    {
        await _visitor.PostAsync("""{"type":"event","name":"webchat/start","value":"event-17"}""");
        await _visitor.SeesAsync("You wrote: /start event-17");
        (await _visitor.PollAsync()).Activities.Where(activity => activity.TryGetProperty("text", out var text) && text.GetString() == "/start event-17").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"two words\"")]
    [InlineData("\"\"")]
    [InlineData("17")]
    [InlineData("{}")]
    public async Task What_is_no_link_leads_nowhere(string value)
    {
        using var answer = await _visitor.PostAsync($$"""{"type":"event","name":"webchat/start","value":{{value}}}""");
        answer.IsSuccessStatusCode.ShouldBeTrue();
        await _visitor.SayAsync("still here");
        await _visitor.SeesAsync("You wrote: still here");
        (await _visitor.PollAsync()).Activities.Count(activity => activity.PlainText().StartsWith("You wrote", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task To_take_buttons_away_nothing_is_said()
    {
        var before = (await _visitor.PollAsync()).Activities.Count;
        (await SendAsync(new Message { Text = RichText.Plain("same text"), Replaces = 1, OnlyRemovesButtons = true })).ShouldBeOfType<SendResult.Delivered>();
        (await _visitor.PollAsync()).Activities.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Only_the_bots_last_word_stays_of_a_forgotten_conversation()
    {
        await _visitor.SayAsync("forget me, my name is Ona");
        await _visitor.SeesAsync("You wrote: forget me, my name is Ona");
        await SendAsync(new Message { Text = RichText.Plain("Everything is deleted.") });
        var (_, watermark) = await _visitor.PollAsync();
        await Adapter.ForgetAsync(_visitor.Conversation, CancellationToken.None);
        var (lines, _) = await _visitor.PollAsync();
        lines.Select(line => line.PlainText()).ShouldBe(["Everything is deleted."]);
        await _visitor.SayAsync("back again");
        (await _visitor.PollAsync(watermark)).Activities[0].Text().ShouldBe("back again");
    }

    [Theory]
    [InlineData("""{"type":"conversationUpdate"}""", ActivityKind.Joined)]
    [InlineData("""{"type":"event","name":"webchat/join"}""", ActivityKind.Joined)]
    [InlineData("""{"type":"message","text":"labas"}""", ActivityKind.Message)]
    [InlineData("""{"type":"message","text":"Taip","value":{"token":"t"}}""", ActivityKind.Press)]
    [InlineData("""{"type":"message","value":{"token":"t"},"channelData":{"postBack":true}}""", ActivityKind.Press)]
    [InlineData("""{"type":"message","text":"see","attachments":[{"contentType":"image/png"}]}""", ActivityKind.Unreadable)]
    [InlineData("""{"type":"message","text":"5","value":{"token":7}}""", ActivityKind.Message)]
    [InlineData("""{"type":"message","text":""}""", null)]
    [InlineData("""{"type":"typing"}""", null)]
    public void Each_activity_means_one_thing(string json, ActivityKind? kind)
    {
        var payload = json.Insert(1, """
            "from":{"id":"web-1"},"conversation":{"id":"web-1"},
            """);
        Adapter.Parse(payload)?.Kind.ShouldBe(kind!.Value);
        (Adapter.Parse(payload) is null).ShouldBe(kind is null);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"type":"message","text":"from nobody"}""")]
    public void What_cannot_be_understood_is_a_format_fault(string payload) => Should.Throw<FormatException>(() => Adapter.Parse(payload));

    [Fact]
    public void A_very_long_text_is_cut_between_characters()
    {
        var text = new string('x', 3999) + "😀";
        var payload = JsonSerializer.Serialize(new { type = "message", text, from = new { id = "web-1" }, conversation = new { id = "web-1" } });
        Adapter.Parse(payload)!.Text.ShouldBe(new string('x', 3999));
    }

    private ChannelAdapter Adapter => _host.Services.GetRequiredService<ChannelAdapter>();

    private Task<SendResult> SendAsync(Message message) => Adapter.SendAsync(new Envelope(_visitor.Conversation, null, message, null), CancellationToken.None);

    private async Task<JsonElement> LastAsync() => (await _visitor.PollAsync()).Activities[^1];

    private static IReadOnlyList<JsonElement> Actions(JsonElement activity) =>
        activity.TryGetProperty("suggestedActions", out var suggested) ? [.. suggested.GetProperty("actions").EnumerateArray()] : [];
}
