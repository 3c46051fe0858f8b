using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit.BotApi;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;
using static CrossBorderNetwork.Tests.TestKit.BotCalls;

namespace CrossBorderNetwork.Tests.TestKit;

/// <summary>
/// What a bot may put on a screen, what it is refused, and what people then see; through the client library that we use.
/// </summary>
public sealed class BotApiEmulatorTests : IAsyncLifetime
{
    private const string NotModified =
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
        + "as a current content and reply markup of the message";

    private const string QueryTooOld = "Bad Request: query is too old and response timeout expired or query ID is invalid";

    private BotApiEmulator api = null!;
    private TelegramBotClient bot = null!;
    private EmulatedUser ona = null!;

    public async ValueTask InitializeAsync()
    {
        api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        bot = api.Client();
        ona = api.User(1001, "Ona", "lt");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_person_sees_the_message_with_its_buttons_and_the_bot_learns_its_id()
    {
        ona.Says("/start");
        var countries = new InlineKeyboardMarkup([[("Lietuva", "c:lt"), ("Lenkija", "c:pl")]]);
        var sent = await bot.SendMessage(1001, "Kuri <b>šalis</b>?", ParseMode.Html, replyMarkup: countries);

        sent.Id.ShouldBe(2);
        sent.Entities![0].Type.ShouldBe(MessageEntityType.Bold);
        sent.Entities[0].Offset.ShouldBe(5);
        ona.Screen.ShouldBe("> /start\n< Kuri šalis?\n  [Lietuva] [Lenkija]");
    }

    [Fact]
    public async Task A_press_reaches_the_bot_with_its_message_and_is_listed_until_answered()
    {
        ona.Says("/start");
        await bot.SendMessage(1001, "Kuri šalis?", replyMarkup: new InlineKeyboardMarkup([[("Lietuva", "c:lt")]]));
        var press = ona.Presses("Liet");
        var answer = ona.GetsAnswer(press);

        var query = (await bot.GetUpdates()).Single(update => update.CallbackQuery is not null).CallbackQuery!;
        query.Data.ShouldBe("c:lt");
        query.From.LanguageCode.ShouldBe("lt");
        query.Message!.Text.ShouldBe("Kuri šalis?");
        api.UnansweredPresses.Single().Data.ShouldBe("c:lt");
        await bot.AnswerCallbackQuery(query.Id, "Ačiū");
        (await answer).ShouldBe("Ačiū");
        api.UnansweredPresses.ShouldBeEmpty();
        ona.Transcript.ShouldEndWith("[Lietuva]\n< notice: Ačiū");
        await Refused(() => bot.AnswerCallbackQuery(query.Id), QueryTooOld);
    }

    [Fact]
    public async Task A_missing_button_is_reported_with_the_screen()
    {
        ona.Says("/start");
        await bot.SendMessage(1001, "Labas");
        Should.Throw<InvalidOperationException>(() => ona.Presses("Toliau")).Message.ShouldContain("< Labas");
        var late = await Should.ThrowAsync<TimeoutException>(ona.Sees("Sveiki", TimeSpan.FromMilliseconds(1)));
        late.Message.ShouldContain("< Labas");
    }

    [Fact]
    public async Task Waiting_ends_when_the_message_comes_and_old_messages_are_not_new()
    {
        ona.Says("/start");
        await bot.SendMessage(1001, "Labas");
        ona.Says("/help");
        var waiting = ona.SeesNew("Labas");
        waiting.IsCompleted.ShouldBeFalse();
        (await ona.Sees("Labas")).MessageId.ShouldBe(2);
        await bot.SendMessage(1001, "Labas vėl");
        (await waiting).Text.ShouldBe("Labas vėl");
    }

    [Fact]
    public async Task An_edit_replaces_the_text_and_without_markup_removes_the_keyboard()
    {
        ona.Says("/start");
        var sent = await bot.SendMessage(1001, "Kuri šalis?", replyMarkup: new InlineKeyboardMarkup([[("Lietuva", "c:lt")]]));
        await bot.EditMessageText(1001, sent.Id, "Lietuva");
        ona.Screen.ShouldBe("> /start\n< Lietuva");
        ona.Transcript.ShouldEndWith("< edited: Lietuva");
        await Refused(() => bot.EditMessageText(1001, sent.Id, "Lietuva"), NotModified);
        await Refused(() => bot.EditMessageReplyMarkup(1001, sent.Id, new InlineKeyboardMarkup()), NotModified);
    }

    [Fact]
    public async Task What_is_gone_or_was_written_by_a_person_or_moved_the_reply_keyboard_cannot_be_edited()
    {
        var said = ona.Says("/start");
        var keys = await bot.SendMessage(1001, "Rinkitės", replyMarkup: new ReplyKeyboardMarkup("Taip", "Ne"));
        var gone = await bot.SendMessage(1001, "Trumpam");
        await bot.DeleteMessage(1001, gone.Id);

        await Refused(() => bot.EditMessageText(1001, gone.Id, "x"), "Bad Request: message to edit not found");
        await Refused(() => bot.EditMessageText(1001, 99, "x"), "Bad Request: message to edit not found");
        await Refused(() => bot.EditMessageText(1001, said.MessageId, "x"), "Bad Request: message can't be edited");
        await Refused(() => bot.EditMessageText(1001, keys.Id, "x"), "Bad Request: message can't be edited");
        await Refused(() => bot.DeleteMessage(1001, gone.Id), "Bad Request: message to delete not found");
        await bot.DeleteMessages(1001, [keys.Id, gone.Id, 99]);
        ona.PressesKey("Taip").Text.ShouldBe("Taip");
        ona.Messages.Select(message => message.Text).ShouldBe(["/start", "Taip"]);
    }

    [Theory]
    [InlineData("a < b", "Unsupported start tag \"\" at byte offset 2")]
    [InlineData("ąč <h1>x</h1>", "Unsupported start tag \"h1\" at byte offset 5")]
    [InlineData("<b>x", "Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("<b><i>x</b></i>", "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"")]
    [InlineData("x</b>", "Unexpected end tag at byte offset 1")]
    [InlineData("x <b", "Unclosed start tag at byte offset 2")]
    [InlineData("<span>x</span>", "Tag \"span\" must have class \"tg-spoiler\" at byte offset 0")]
    [InlineData("Jonas & Ona", "Unescaped \"&\" at byte offset 6")]
    [InlineData("a &nbsp; b", "Unescaped \"&\" at byte offset 2")]
    [InlineData("<code><b>x</b></code>", "Tag \"b\" can't be inside \"code\" at byte offset 6")]
    public async Task Invalid_markup_is_refused_with_the_place(string html, string why)
    {
        ona.Says("/start");
        await Refused(() => bot.SendMessage(1001, html, ParseMode.Html), "Bad Request: can't parse entities: " + why);
        api.Truth.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task All_markup_of_Telegram_is_understood()
    {
        ona.Says("/start");
        const string html = """
            <b>a</b><strong>b</strong><i>c</i><em>d</em><u>e</u><ins>f</ins><s>g</s><strike>h</strike><del>i</del>
            <span class="tg-spoiler">j</span><tg-spoiler>k</tg-spoiler><a href="https://example.org/?a=1&amp;b=2">l</a>
            <code>m</code><pre><code class="language-cs">n &lt; &#111;</code></pre><blockquote expandable>p <b>q</b></blockquote>
            <tg-emoji emoji-id="53683241706">👍</tg-emoji><tg-time unix="1790000000" format="r">soon</tg-time> &gt;&quot;&amp;
            """;
        var sent = await bot.SendMessage(1001, html, ParseMode.Html);
        sent.Text.ShouldStartWith("abcdefghi\njkl\nmn < op q");
        sent.Text.ShouldEndWith("soon >\"&");
        sent.Entities!.Length.ShouldBe(18);
        sent.Entities.Single(entity => entity.Type == MessageEntityType.TextLink).Url.ShouldBe("https://example.org/?a=1&b=2");
        sent.Entities.Single(entity => entity.Type == MessageEntityType.Pre).Language.ShouldBe("cs");
        sent.EntityValues!.Single(value => value == "soon").ShouldBe("soon");
    }

    [Fact]
    public async Task MarkdownV2_needs_its_escapes()
    {
        ona.Says("/start");
        await Refused(
            () => bot.SendMessage(1001, "Pabaiga.", ParseMode.MarkdownV2),
            "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'");
        (await bot.SendMessage(1001, "*Pabaiga*\\.", ParseMode.MarkdownV2)).Text.ShouldBe("Pabaiga.");
    }

    [Fact]
    public async Task Text_has_1_to_4096_characters_after_the_markup_is_read()
    {
        ona.Says("/start");
        await Refused(() => bot.SendMessage(1001, " \n "), "Bad Request: message text is empty");
        await Refused(() => bot.SendMessage(1001, "<b></b>", ParseMode.Html), "Bad Request: message text is empty");
        await Refused(() => bot.SendMessage(1001, new string('ž', 4097)), "Bad Request: message is too long");
        await bot.SendMessage(1001, "<b>" + string.Concat(Enumerable.Repeat("👍", 4096)) + "</b>", ParseMode.Html);
    }

    [Fact]
    public async Task A_document_travels_with_a_caption_of_at_most_1024_characters_and_can_be_sent_again_by_its_id()
    {
        ona.Says("/start");
        var calendar = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR");
        var upload = InputFile.FromStream(new MemoryStream(calendar), "renginys.ics");
        var sent = await bot.SendDocument(1001, upload, caption: "Renginys");
        sent.Document!.MimeType.ShouldBe("text/calendar");
        ona.Screen.ShouldEndWith("< (document renginys.ics) Renginys");
        await bot.SendDocument(1001, InputFile.FromFileId(sent.Document.FileId));
        await Refused(
            () => bot.SendDocument(1001, InputFile.FromFileId(sent.Document.FileId), caption: new string('a', 1025)),
            "Bad Request: message caption is too long");
        await Refused(() => bot.EditMessageText(1001, sent.Id, "x"), "Bad Request: there is no text in the message to edit");

        using var copy = new MemoryStream();
        await bot.GetInfoAndDownloadFile(sent.Document.FileId, copy);
        copy.ToArray().ShouldBe(calendar);
    }

    [Fact]
    public async Task A_photo_a_copy_and_a_typing_sign_are_accepted()
    {
        ona.Says("/start");
        var photo = await bot.SendPhoto(1001, InputFile.FromStream(new MemoryStream([1, 2, 3]), "a.jpg"), "Nuotrauka");
        photo.Photo!.Length.ShouldBe(1);
        (await bot.CopyMessage(1001, 1001, photo.Id)).Id.ShouldBe(3);
        await bot.SendChatAction(1001, ChatAction.UploadDocument);
        ona.Messages.Select(message => message.Text).ShouldBe(["/start", "(photo) Nuotrauka", "(photo) Nuotrauka"]);
        await Refused(() => bot.CopyMessage(1001, 1001, 77), "Bad Request: message to copy not found");
    }

    public static TheoryData<string, string> BadKeyboards => new()
    {
        { Row($$"""{"text":"a","callback_data":"{{new string('x', 65)}}"}"""), "BUTTON_DATA_INVALID" },
        { Row($$"""{"text":"a","callback_data":"{{new string('ž', 33)}}"}"""), "BUTTON_DATA_INVALID" },
        { Row("""{"text":"a"}"""), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard" },
        { Row("""{"callback_data":"a"}"""), "can't parse inline keyboard button: Field \"text\" must be of type String" },
        { Row("""{"text":"","callback_data":"a"}"""), "can't parse inline keyboard button: button text must be non-empty" },
        {
            Row("""{"text":"a","callback_data":"a","url":"https://example.org"}"""),
            "can't parse inline keyboard button: exactly one action must be used, found url, callback_data"
        },
        {
            Row("""{"text":"a","url":"http://localhost"}"""),
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL"
        },
        { Row(Times(9, """{"text":"a","callback_data":"a"}""")), "REPLY_MARKUP_TOO_LONG" },
        { $$"""{"inline_keyboard":[{{Times(101, """[{"text":"a","callback_data":"a"}]""")}}]}""", "REPLY_MARKUP_TOO_LONG" },
        { "{}", "object expected as reply markup" },
        { "no json", "can't parse reply_markup" },
    };

    [Theory]
    [MemberData(nameof(BadKeyboards))]
    public async Task A_keyboard_that_clients_could_not_show_is_refused(string markup, string why)
    {
        ona.Says("/start");
        using var form = new FormUrlEncodedContent([new("chat_id", "1001"), new("text", "a"), new("reply_markup", markup)]);
        var (status, body) = await Post("sendMessage", form);
        status.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(body)!["description"]!.GetValue<string>().ShouldBe("Bad Request: " + why);
    }

    [Fact]
    public async Task Data_of_64_bytes_and_100_buttons_of_8_a_row_are_accepted()
    {
        ona.Says("/start");
        var data = new string('ž', 32);
        var buttons = Enumerable.Range(0, 100).Select(number => InlineKeyboardButton.WithCallbackData($"{number}", data));
        await bot.SendMessage(1001, "a", replyMarkup: new InlineKeyboardMarkup(buttons.Chunk(8)));
        ona.Presses("99").Data.ShouldBe(data);
    }

    [Fact]
    public async Task Nobody_is_written_to_who_never_wrote_or_blocked_the_bot_or_left_Telegram()
    {
        await Refused(() => bot.SendMessage(1001, "Labas"), "Bad Request: chat not found");
        await Refused(() => bot.SendMessage(5, "Labas"), "Bad Request: chat not found");
        ona.Says("/start");
        ona.Blocks();
        await Refused(() => bot.SendMessage(1001, "Labas"), "Forbidden: bot was blocked by the user", 403);
        Should.Throw<InvalidOperationException>(() => ona.Says("Labas"));
        ona.Unblocks();
        await bot.SendMessage(1001, "Labas");
        ona.DeletesAccount();
        await Refused(() => bot.SendMessage(1001, "Labas"), "Forbidden: user is deactivated", 403);

        var changes = (await bot.GetUpdates()).Select(update => update.MyChatMember).OfType<ChatMemberUpdated>();
        changes.Select(change => change.NewChatMember.Status).ShouldBe([ChatMemberStatus.Kicked, ChatMemberStatus.Member]);
    }

    [Fact]
    public async Task Forms_uploads_query_strings_and_any_letter_case_are_understood()
    {
        ona.Says("/start");
        using var form = new FormUrlEncodedContent([new("chat_id", "1001"), new("text", "<b>a</b>"), new("parse_mode", "Html")]);
        (await Post("SENDMESSAGE", form)).Status.ShouldBe(HttpStatusCode.OK);
        using var multipart = new MultipartFormDataContent
        {
            { new StringContent("1001"), "chat_id" }, { new StringContent("b"), "text" },
        };
        (await Post("sendMessage", multipart)).Status.ShouldBe(HttpStatusCode.OK);
        using var http = new HttpClient();
        var inQuery = await http.GetAsync(new Uri(api.BaseUrl, $"/bot{api.Token}/sendmessage?chat_id=1001&text=c"));
        inQuery.StatusCode.ShouldBe(HttpStatusCode.OK);
        const string noButtons = """{"chat_id":"1001","text":"d","reply_markup":{"inline_keyboard":[]}}""";
        using var json = new StringContent(noButtons, Encoding.UTF8, "application/json");
        (await Post("sendMessage", json)).Status.ShouldBe(HttpStatusCode.OK);
        ona.Messages.Select(message => message.Text).ShouldBe(["/start", "a", "b", "c", "d"]);
    }

    [Fact]
    public async Task A_foreign_token_and_an_unknown_method_are_refused_and_the_token_is_not_recorded()
    {
        using var http = new HttpClient();
        var foreign = await http.GetAsync(new Uri(api.BaseUrl, "/bot1:other/getMe"));
        foreign.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await foreign.Content.ReadAsStringAsync()).ShouldBe("""{"ok":false,"error_code":401,"description":"Unauthorized"}""");
        (await http.GetAsync(new Uri(api.BaseUrl, $"/bot{api.Token}/sendDream"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await bot.GetMe()).Username.ShouldBe("emulated_bot");
        api.Truth.Requests.Select(request => (request.Method, request.Status)).ShouldBe([("getMe", 200)]);
    }

    private static string Times(int count, string json) => string.Join(',', Enumerable.Repeat(json, count));

    private static string Row(string buttons) => $$"""{"inline_keyboard":[[{{buttons}}]]}""";

    private async Task<(HttpStatusCode Status, string Body)> Post(string method, HttpContent content)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(new Uri(api.BaseUrl, $"/bot{api.Token}/{method}"), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
