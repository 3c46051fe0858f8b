using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossBorderNetwork.TestKit.BotApi;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using static CrossBorderNetwork.Tests.TestKit.BotCalls;

namespace CrossBorderNetwork.Tests.TestKit;

/// <summary>Telegram's own list of parameters decides; and the texts by which a bot presents itself keep their limits.</summary>
public sealed class BotApiSpecTests : IAsyncLifetime
{
    /// <summary>These ask for a message, file, press or address that exists.</summary>
    private static readonly string[] NeedMoreThanPlausibleValues =
    [
        "answerCallbackQuery", "deleteMessage", "copyMessage", "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "getFile",
        "sendDocument", "sendPhoto", "setWebhook",
    ];

    private BotApiEmulator api = null!;
    private TelegramBotClient bot = null!;
    private EmulatedUser ona = null!;

    public static TheoryData<string, string> RequiredParameters
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (method, parameters) in BotApiSpec.Methods)
            {
                foreach (var parameter in parameters.Where(parameter => parameter.Required))
                    cases.Add(method, parameter.Name);
            }
            return cases;
        }
    }

    public static TheoryData<string> Methods => new(BotApiSpec.Methods.Keys);

    public async ValueTask InitializeAsync()
    {
        api = await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null });
        bot = api.Client();
        ona = api.User(1001, "Ona", "lt", started: true);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [MemberData(nameof(RequiredParameters))]
    public async Task A_call_without_a_required_parameter_is_a_bad_request(string method, string missing)
    {
        var (status, answer) = await Call(method, leftOut: missing);
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("ok").GetBoolean().ShouldBeFalse();
        answer.GetProperty("description").GetString().ShouldStartWith("Bad Request: ");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Each_method_of_the_list_is_answered(string method)
    {
        var (status, answer) = await Call(method, leftOut: null);
        var expected = NeedMoreThanPlausibleValues.Contains(method) ? HttpStatusCode.BadRequest : HttpStatusCode.OK;
        status.ShouldBe(expected, answer.ToString());
    }

    [Theory]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"a","disable_notification":"perhaps"}""", "disable_notification")]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"a","entities":{}}""", "entities")]
    [InlineData("deleteMessage", """{"chat_id":1001,"message_id":"first"}""", "message_id")]
    [InlineData("sendMessage", """{"chat_id":1001,"text":7}""", "text")]
    public async Task A_value_of_the_wrong_type_is_a_bad_request(string method, string body, string wrong)
    {
        using var http = new HttpClient();
        using var json = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(api.BaseUrl, $"/bot{api.Token}/{method}"), json);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("description").GetString().ShouldBe($"Bad Request: can't parse {wrong}");
    }

    [Fact]
    public async Task A_person_sees_the_most_specific_command_list_even_when_it_lacks_their_language()
    {
        await bot.SetMyCommands([new BotCommand("help", "Pagalba")], new BotCommandScopeDefault(), "lt");
        await bot.SetMyCommands([new BotCommand("help", "Help")]);
        ona.Commands.ShouldBe(["/help Pagalba"]);
        await bot.SetMyCommands([new BotCommand("help", "Private help")], new BotCommandScopeAllPrivateChats());
        ona.Commands.ShouldBe(["/help Private help"]);
        (await bot.GetMyCommands(new BotCommandScopeDefault(), "lt")).Single().Description.ShouldBe("Pagalba");
        await bot.DeleteMyCommands(new BotCommandScopeAllPrivateChats());
        ona.Commands.ShouldBe(["/help Pagalba"]);
    }

    [Theory]
    [InlineData("Help", "x", "BOT_COMMAND_INVALID")]
    [InlineData("", "x", "command must be non-empty")]
    [InlineData("help", "", "command description must be non-empty")]
    [InlineData("abcdefghijklmnopqrstuvwxyz_0123456789", "x", "command length must not exceed 32")]
    public async Task A_bad_command_is_refused(string name, string description, string why) =>
        await Refused(() => bot.SetMyCommands([new BotCommand(name, description)]), "Bad Request: " + why);

    [Fact]
    public async Task Names_and_descriptions_have_a_length_and_a_language_of_two_letters()
    {
        await bot.SetMyName("Tinklas", "lt");
        (await bot.GetMyName("lt")).Name.ShouldBe("Tinklas");
        (await bot.GetMyName("pl")).Name.ShouldBe("Emulated bot");
        await bot.SetMyDescription(new string('a', 512));
        (await bot.GetMyDescription("lt")).Description.Length.ShouldBe(512);
        await Should.ThrowAsync<ApiRequestException>(() => bot.SetMyName(new string('a', 65)));
        await Should.ThrowAsync<ApiRequestException>(() => bot.SetMyDescription(new string('a', 513)));
        await Should.ThrowAsync<ApiRequestException>(() => bot.SetMyShortDescription(new string('a', 121)));
        await Should.ThrowAsync<ApiRequestException>(() => bot.SetMyName("Tinklas", "lt-LT"));
        await bot.SetChatMenuButton(menuButton: new MenuButtonCommands());
        (await bot.GetChatMenuButton(1001)).ShouldBeOfType<MenuButtonCommands>();
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Call(string method, string? leftOut)
    {
        var body = new JsonObject();
        foreach (var parameter in BotApiSpec.Methods[method].Where(parameter => parameter.Required && parameter.Name != leftOut))
            body[parameter.Name] = Plausible(parameter);
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(new Uri(api.BaseUrl, $"/bot{api.Token}/{method}"), body);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static JsonNode Plausible(BotApiParameter parameter) => parameter.Name switch
    {
        "chat_id" or "from_chat_id" or "user_id" => 1001,
        "action" => "typing",
        _ when parameter.Types[0] == "Integer" => 1,
        _ when parameter.Types[0] == "Array of Integer" => new JsonArray(1),
        _ when parameter.Types[0].StartsWith("Array of ", StringComparison.Ordinal) => new JsonArray(),
        _ => "a",
    };
}
