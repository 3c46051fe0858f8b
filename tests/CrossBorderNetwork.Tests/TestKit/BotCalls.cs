using CrossBorderNetwork.TestKit.BotApi;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace CrossBorderNetwork.Tests.TestKit;

/// <summary>The client library against the emulator, without the library's own retries, so that each refusal is seen.</summary>
internal static class BotCalls
{
    public static TelegramBotClient Client(this BotApiEmulator api) =>
        new(new TelegramBotClientOptions(api.Token, api.BaseUrl.ToString()) { RetryCount = 1 });

    /// <summary>The call must be refused by an error envelope with exactly this description.</summary>
    public static async Task<ApiRequestException> Refused(Func<Task> call, string description, int code = 400)
    {
        var refusal = await Should.ThrowAsync<ApiRequestException>(call);
        refusal.Message.ShouldBe(description);
        refusal.ErrorCode.ShouldBe(code);
        return refusal;
    }

    /// <summary>The call must end without an envelope: a broken connection, a page of HTML, an empty result.</summary>
    public static async Task<RequestException> Broken(Func<Task> call)
    {
        var failure = await Should.ThrowAsync<RequestException>(call);
        failure.ShouldNotBeOfType<ApiRequestException>();
        return failure;
    }
}
