using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Brings the bot's menu and descriptions at Telegram in line with the dialogs' texts. Compares first: Telegram allows few changes
/// a day. A failure costs only looks, so it is logged and never stops the server.
/// </summary>
internal sealed partial class TelegramProfile(TelegramApi api, ILogger<TelegramProfile> log, BotProfile? profile = null) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (profile is null) return;
        try
        {
            foreach (var (language, texts) in profile.Texts) await ApplyAsync(language == "en" ? "" : language, texts, profile.Coordinators, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    /// <param name="language">Empty: for every language that has no texts of its own.</param>
    private async Task ApplyAsync(string language, ProfileTexts texts, IReadOnlyList<long> coordinators, CancellationToken ct)
    {
        if (texts.Name is { } name)
        {
            await TryAsync("name", async () =>
            {
                if ((await api.Bot.SendRequest(new GetMyNameRequest { LanguageCode = language }, ct)).Name != name)
                    await api.Bot.SendRequest(new SetMyNameRequest { Name = name, LanguageCode = language }, ct);
            });
        }
        await TryAsync("description", async () =>
        {
            if ((await api.Bot.SendRequest(new GetMyDescriptionRequest { LanguageCode = language }, ct)).Description != texts.Description)
                await api.Bot.SendRequest(new SetMyDescriptionRequest { Description = texts.Description, LanguageCode = language }, ct);
        });
        await TryAsync("short description", async () =>
        {
            if ((await api.Bot.SendRequest(new GetMyShortDescriptionRequest { LanguageCode = language }, ct)).ShortDescription != texts.ShortDescription)
                await api.Bot.SendRequest(new SetMyShortDescriptionRequest { ShortDescription = texts.ShortDescription, LanguageCode = language }, ct);
        });
        await TryAsync("commands", () => ApplyCommandsAsync(language, texts.Commands, BotCommandScope.AllPrivateChats(), ct));
        foreach (var coordinator in coordinators)
        {
            // The most specific list hides the others, so it holds everybody's commands too.
            await TryAsync("coordinator's commands", () =>
                ApplyCommandsAsync(language, [.. texts.Commands, .. texts.CoordinatorCommands], BotCommandScope.Chat(coordinator), ct));
        }
    }

    private async Task ApplyCommandsAsync(string language, IReadOnlyList<ProfileCommand> commands, BotCommandScope scope, CancellationToken ct)
    {
        var known = await api.Bot.SendRequest(new GetMyCommandsRequest { Scope = scope, LanguageCode = language }, ct);
        if (known.Select(command => new ProfileCommand(command.Command, command.Description)).SequenceEqual(commands)) return;
        await api.Bot.SendRequest(
            new SetMyCommandsRequest
            {
                Commands = commands.Select(command => new BotCommand { Command = command.Name, Description = command.Description }),
                Scope = scope,
                LanguageCode = language,
            },
            ct);
    }

    private async Task TryAsync(string what, Func<Task> apply)
    {
        try
        {
            await apply();
        }
        catch (RequestException fault)
        {
            LogFailed(what, Outcome.Describe(fault));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The bot's {What} could not be brought up to date at Telegram: {Reason}")]
    private partial void LogFailed(string what, string reason);
}
