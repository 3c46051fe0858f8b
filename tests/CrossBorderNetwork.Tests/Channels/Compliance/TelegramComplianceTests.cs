using System.Globalization;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.TestKit.BotApi;
using Microsoft.AspNetCore.Builder;

namespace CrossBorderNetwork.Tests.Channels.Compliance;

public class TelegramComplianceTests : ChannelCompliance
{
    /// <summary>The settings name this user as coordinator.</summary>
    private const string Named = "Rūta";
    private const long NamedId = 700;

    [Fact]
    public async Task Whom_the_settings_name_coordinates_from_the_first_word_on()
    {
        await using var network = await ChannelNetwork.StartAsync(await RigAsync());
        var (ruta, ona) = (await network.PersonAsync(Named), await network.PersonAsync("Ona"));

        await ruta.Does("> /coordinators\n< Paskirti koordinatoriai");
        await ona.Does("> /coordinators\n< Tai gali tik tinklo koordinatoriai.");
    }

    private protected override async Task<ChannelRig> RigAsync() => new TelegramRig(await BotApiEmulator.StartAsync(new BotApiOptions { Rates = null }));

    private sealed class TelegramRig(BotApiEmulator api) : ChannelRig
    {
        private long _lastUser = NamedId;

        public override string Channel => "telegram";

        public override bool CanEdit => true;

        public override bool HasRows => true;

        public override bool KeepsForTheAbsent => false;

        public override int TextLimit => 4096;

        public override bool IsHandedIn => api.PendingUpdates == 0;

        public override void Add(WebApplicationBuilder builder, string folder)
        {
            builder.Configuration["Telegram:Token"] = api.Token;
            builder.Configuration["Telegram:ApiBaseUrl"] = api.BaseUrl.ToString();
            builder.Configuration["Network:Coordinators:0:Telegram"] = NamedId.ToString(CultureInfo.InvariantCulture);
            builder.Configuration["Network:Coordinators:0:Country"] = "LT";
            builder.Services.AddTelegramChannel();
        }

        public override void Map(WebApplication app) => app.MapTelegram();

        public override Task<ChannelPerson> PersonAsync(ChannelNetwork network, string name) =>
            Task.FromResult<ChannelPerson>(new TelegramPerson(network, name, api, api.User(name == Named ? NamedId : ++_lastUser, name, "lt")));

        public override ValueTask DisposeAsync() => api.DisposeAsync();
    }

    private sealed class TelegramPerson(ChannelNetwork network, string name, BotApiEmulator api, EmulatedUser user) : ChannelPerson(network, name)
    {
        public override string Address { get; } = user.Id.ToString(CultureInfo.InvariantCulture);

        public override void Dispose()
        {
            // The phone belongs to the emulator.
        }

        protected override Task WriteAsync(string text) => Done(() => user.Says(text));

        // A button of somebody else can only be pressed by a forged client, from any message of one's own.
        protected override Task PressAsync(ShownButton button) =>
            Done(() => user.PressesData(user.Messages.FirstOrDefault(message => Id(message) == button.MessageId) ?? user.Messages[^1], button.Token));

        protected override Task ArriveAsync(string payload) => Done(() => user.Starts(payload));

        protected override Task AttachAsync() => Done(() => user.Sends(Attachment.Sticker));

        protected override Task RepeatAsync() => Done(() => api.DeliverAgain(api.LastUpdateId));

        protected override Task LeaveAsync() => Done(user.Blocks);

        protected override Task ReturnAsync() => Done(user.Unblocks);

        protected override Task<IReadOnlyList<ShownMessage>> ReadScreenAsync() => Task.FromResult<IReadOnlyList<ShownMessage>>(
            [.. user.Messages.Where(message => message.FromBot).Select(message => new ShownMessage(Id(message), message.Text, message.Bold,
                [.. message.Buttons.Select(row => (IReadOnlyList<ShownButton>)[.. row.Where(button => button.Data is not null).Select(button => new ShownButton(button.Text, button.Data!, Id(message)))])]))]);

        private static string Id(ScreenMessage message) => message.MessageId.ToString(CultureInfo.InvariantCulture);

        private static Task Done(Action deed)
        {
            deed();
            return Task.CompletedTask;
        }
    }
}
