using CrossBorderNetwork;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Server;
using CrossBorderNetwork.Server.Commands;
using CrossBorderNetwork.Server.Demo;

if (await CommandLine.TryRunAsync(args) is { } exitCode) return exitCode;

if (Start.CreateBuilder(args) is not { } builder) return 1;
if (ConfigurationCheck.Faults(builder.Configuration) is { Count: > 0 } faults)
{
    foreach (var fault in faults) await Console.Error.WriteLineAsync("Configuration: " + fault);
    return 1;
}
var content = DialogContent.Load(ContentRoot.Dialogs(builder.Environment.ContentRootPath));
var telegram = ConfigurationCheck.Read<TelegramOptions>(builder.Configuration, TelegramOptions.Section);

builder.AddOperations();
builder.Services.AddNetworkDatabase(builder.Configuration, builder.Environment);
builder.Services.AddMessaging();
builder.Services.AddConversations(content);
builder.Services.AddNetwork();
builder.Services.AddSchedules(builder.Configuration);
builder.Services.AddWebChatChannel();
if (telegram.Token.Length > 0) builder.Services.AddTelegramChannel();
builder.Services.AddBotTexts(content);
builder.Services.AddDemo();

var app = builder.Build();

if (!await Start.PrepareAsync(app, telegram)) return 1;

app.UseReverseProxy();
app.MapHealth();
app.MapTelegram();
app.MapWebChat();
app.MapDemo();

await app.RunAsync();
return 0;
