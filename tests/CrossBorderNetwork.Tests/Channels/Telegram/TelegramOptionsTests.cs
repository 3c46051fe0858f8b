using CrossBorderNetwork.Channels.Telegram;

namespace CrossBorderNetwork.Tests.Channels.Telegram;

public sealed class TelegramOptionsTests
{
    private const string Token = "4200000001:emulated-bot-api-token";

    [Fact]
    public void Sound_settings_have_no_faults()
    {
        new TelegramOptions { Token = Token }.Faults().ShouldBeEmpty();
        new TelegramOptions { Token = Token, ApiBaseUrl = "http://127.0.0.1:8081/" }.Faults().ShouldBeEmpty();
        new TelegramOptions { Token = Token, ApiBaseUrl = "http://telegram-bot-api:8081" }.Faults().ShouldBeEmpty();
        new TelegramOptions { Token = Token, Receive = ReceiveMode.Webhook, WebhookUrl = "https://network.example.org", WebhookSecret = "a-1_B" }.Faults().ShouldBeEmpty();
    }

    [Fact]
    public void All_faults_are_named_at_once_and_no_secret_is_quoted()
    {
        var faults = new TelegramOptions
        {
            Token = "12:tooshort", ApiBaseUrl = "http://api.example.org", Receive = ReceiveMode.Webhook, WebhookUrl = "http://network.example.org", WebhookSecret = "not allowed!",
        }.Faults().ToList();

        faults.Select(fault => fault[..fault.IndexOf(' ', StringComparison.Ordinal)]).ShouldBe(
            ["Telegram:Token", "Telegram:ApiBaseUrl", "Telegram:WebhookUrl", "Telegram:WebhookSecret"]);
        string.Concat(faults).ShouldNotContain("tooshort");
        string.Concat(faults).ShouldNotContain("not allowed!");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("https://api.telegram.org/path")]
    [InlineData("ftp://api.telegram.org")]
    [InlineData("https://user:pass@api.telegram.org")]
    public void An_address_of_the_api_that_cannot_work_is_a_fault(string address) =>
        new TelegramOptions { Token = Token, ApiBaseUrl = address }.Faults().ShouldHaveSingleItem().ShouldStartWith("Telegram:ApiBaseUrl");

    [Fact]
    public void A_webhook_without_a_secret_is_a_fault() =>
        new TelegramOptions { Token = Token, Receive = ReceiveMode.Webhook, WebhookUrl = "https://network.example.org" }.Faults()
            .ShouldHaveSingleItem().ShouldStartWith("Telegram:WebhookSecret");
}
