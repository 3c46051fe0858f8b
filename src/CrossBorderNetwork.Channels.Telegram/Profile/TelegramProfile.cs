using CrossBorderNetwork.Messaging;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace CrossBorderNetwork.Channels.Telegram;

/// <summary>
/// Brings the bot's menu and descriptions at Telegram in line with the dialogs' texts, and the menu of each coordinator with who
/// coordinates now. Compares first: Telegram allows few changes a day. A failure costs only looks, so it is logged and never stops
/// the server. A menu hides or shows and permits nothing: rights are checked on use.
/// </summary>
internal sealed partial class TelegramProfile(TelegramApi api, TimeProvider time, ILogger<TelegramProfile> log, BotProfile? profile = null) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly HashSet<long> _offered = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (profile is null) return;
        try
        {
            foreach (var (language, texts) in profile.Texts) await ApplyAsync(CodeOf(language), texts, stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            do await OfferAsync(profile, stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    /// <summary>Shows their commands to those who coordinate since the last time, and takes them from those who no longer do.</summary>
    private async Task OfferAsync(BotProfile bot, CancellationToken ct)
    {
        IReadOnlyList<long> coordinators;
        try
        {
            coordinators = await bot.CoordinatorsAsync(ct);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed("coordinators' commands", Faults.Describe(fault));
            return;
        }
        foreach (var chat in coordinators.Where(_offered.Add).ToList())
        {
            // The most specific list hides the others, so it holds everybody's commands too.
            foreach (var (language, texts) in bot.Texts)
                await TryAsync("coordinators' commands", () => ApplyCommandsAsync(CodeOf(language), [.. texts.Commands, .. texts.CoordinatorCommands], BotCommandScope.Chat(chat), ct));
        }
        foreach (var chat in _offered.Except(coordinators).ToList())
        {
            _offered.Remove(chat);
            foreach (var language in bot.Texts.Keys)
                await TryAsync("coordinators' commands", () => api.Bot.SendRequest(new DeleteMyCommandsRequest { Scope = BotCommandScope.Chat(chat), LanguageCode = CodeOf(language) }, ct));
        }
    }

    /// <summary>Telegram's code for it; empty for English, which stands for every language that has no texts of its own.</summary>
    private static string CodeOf(string language) => language == "en" ? "" : language;

    private async Task ApplyAsync(string language, ProfileTexts texts, CancellationToken ct)
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

    [LoggerMessage(LogLevel.Warning, "The bot's {What} could not be brought up to date: {Reason}")]
    private partial void LogFailed(string what, string reason);
}
