using System.Globalization;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

/// <summary>What each kind of update means; the wire format is Telegram's own.</summary>
public sealed class TelegramParsingTests : IAsyncDisposable
{
    private const string From = """ "from":{"id":7,"is_bot":false,"first_name":"Ewa"} """;
    private const string Private = """ "chat":{"id":7,"type":"private","first_name":"Ewa"} """;
    private const string Group = """ "chat":{"id":-50,"type":"group","title":"Sejny"} """;

    private readonly TelegramHost _host = TelegramHost.Build(new Uri("http://127.0.0.1:9"), "4200000001:never-used-by-these-tests");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("""  "text":"/start abc" """, ActivityKind.Message)]
    [InlineData("""  "text":"a dog & <b>" """, ActivityKind.Message)]
    [InlineData("""  "text":"yes","forward_origin":{"type":"hidden_user","sender_user_name":"X","date":1} """, ActivityKind.Unreadable)]
    [InlineData("""  "text":"yes","via_bot":{"id":9,"is_bot":true,"first_name":"B"} """, ActivityKind.Unreadable)]
    [InlineData("""  "photo":[{"file_id":"a","file_unique_id":"b","width":1,"height":1}],"caption":"look" """, ActivityKind.Unreadable)]
    [InlineData("""  "voice":{"file_id":"a","file_unique_id":"b","duration":1} """, ActivityKind.Unreadable)]
    [InlineData("""  "contact":{"phone_number":"+370","first_name":"A"} """, ActivityKind.Unreadable)]
    [InlineData("""  "location":{"longitude":1,"latitude":2} """, ActivityKind.Unreadable)]
    [InlineData("""  "hologram":{"depth":3} """, ActivityKind.Unreadable)]
    public void A_message_is_text_that_was_typed_and_everything_else_is_unreadable(string content, ActivityKind kind)
    {
        var activity = Parse("""{"update_id":1,"message":{"message_id":5,"date":1,FROM,PRIVATE,CONTENT}}""".Replace("CONTENT", content, StringComparison.Ordinal)).ShouldNotBeNull();

        activity.Kind.ShouldBe(kind);
        (activity.Text.Length > 0).ShouldBe(kind == ActivityKind.Message);
    }

    [Fact]
    public void The_looks_of_a_text_are_read_wherever_they_overlap_and_words_alone_have_none()
    {
        var written = Parse("""
            {"update_id":1,"message":{"message_id":5,"date":1,FROM,PRIVATE,"text":"🎈 bold both link","entities":[
            {"type":"bold","offset":3,"length":9},{"type":"italic","offset":8,"length":4},{"type":"text_link","offset":13,"length":4,"url":"https://example.org/"}]}}
            """).ShouldNotBeNull().Formatted.ShouldNotBeNull();

        written.Runs.ShouldBe(
        [
            new Run("🎈 "), new Run("bold ", RunStyle.Bold), new Run("both", RunStyle.Bold | RunStyle.Italic), new Run(" "), new Run("link", Link: "https://example.org/"),
        ]);
        Parse("""{"update_id":1,"message":{"message_id":5,"date":1,FROM,PRIVATE,"text":"/start #tag","entities":[{"type":"bot_command","offset":0,"length":6},{"type":"hashtag","offset":7,"length":4}]}}""")
            .ShouldNotBeNull().Formatted.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"update_id":1,"message":{"message_id":5,"date":1,FROM,PRIVATE,"pinned_message":{"message_id":4,"date":0,PRIVATE}}}""")]
    [InlineData("""{"update_id":1,"message":{"message_id":5,"date":1,FROM,GROUP,"text":"talk among people"}}""")]
    [InlineData("""{"update_id":1,"channel_post":{"message_id":5,"date":1,"chat":{"id":-9,"type":"channel","title":"C"},"text":"news"}}""")]
    [InlineData("""{"update_id":1,"edited_message":{"message_id":5,"date":1,"edit_date":2,FROM,PRIVATE,"location":{"longitude":1,"latitude":2}}}""")]
    [InlineData("""{"update_id":1,"callback_query":{"id":"8",FROM,"inline_message_id":"x","chat_instance":"1","data":"t"}}""")]
    public void What_is_not_said_to_the_bot_is_passed_over(string update) => Parse(update).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("""{"update_id":1,"message":{"message_id":""")]
    public void What_is_no_update_is_a_format_fault(string payload) => Should.Throw<FormatException>(() => Parse(payload));

    [Theory]
    [InlineData(1700000000)]
    [InlineData(0)]
    public void A_press_tells_token_and_message_even_when_the_message_is_no_longer_accessible(int date)
    {
        var activity = Parse("""{"update_id":1,"callback_query":{"id":"8",FROM,"message":{"message_id":33,"date":DATE,PRIVATE},"chat_instance":"1","data":"frame:2"}}""".Replace("DATE", date.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)).ShouldNotBeNull();

        activity.Kind.ShouldBe(ActivityKind.Press);
        activity.Token.ShouldBe("frame:2");
        activity.PressedMessageId.ShouldBe("33");
        activity.Address.ShouldBe("7");
    }

    [Fact]
    public void A_changed_message_is_told_with_its_new_text()
    {
        var activity = Parse("""{"update_id":1,"edited_message":{"message_id":5,"date":1,"edit_date":2,FROM,PRIVATE,"text":"better"}}""").ShouldNotBeNull();

        activity.Kind.ShouldBe(ActivityKind.Edited);
        activity.Text.ShouldBe("better");
    }

    [Fact]
    public void The_topic_of_a_chat_is_echoed_but_not_the_thread_of_a_reply()
    {
        Parse("""{"update_id":1,"message":{"message_id":5,"date":1,FROM,PRIVATE,"message_thread_id":12,"is_topic_message":true,"text":"hi"}}""")!.Thread.ShouldBe("12");
        Parse("""{"update_id":2,"message":{"message_id":6,"date":1,FROM,PRIVATE,"message_thread_id":12,"text":"hi"}}""")!.Thread.ShouldBeNull();
    }

    private Activity? Parse(string payload) => _host.Adapter.Parse(payload
        .Replace("FROM", From, StringComparison.Ordinal)
        .Replace("PRIVATE", Private, StringComparison.Ordinal)
        .Replace("GROUP", Group, StringComparison.Ordinal));
}
