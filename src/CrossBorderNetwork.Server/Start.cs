using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;

namespace CrossBorderNetwork.Server;

/// <summary>What happens between building the host and serving: faulty content stops it, the schema is brought up, the log says what was found.</summary>
internal static partial class Start
{
    /// <returns>False when the server must not start; why stands on standard error.</returns>
    public static async Task<bool> PrepareAsync(WebApplication app, TelegramOptions telegram)
    {
        var services = app.Services;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("CrossBorderNetwork");
        var faults = ContentCheck.Run(services.GetRequiredService<DialogContent>(), services.GetRequiredService<ActionSet>());
        foreach (var fault in faults) await Console.Error.WriteLineAsync("dialogs/" + fault);
        if (faults.Count > 0) return false;

        var database = services.GetRequiredService<Database>();
        var applied = await Schema.MigrateAsync(database, CancellationToken.None);
        LogDatabase(log, database.FilePath ?? "memory", applied.Count);

        await using var db = database.Read();
        var kind = await db.KindAsync(CancellationToken.None);
        if (kind == NetworkKind.Demo)
        {
            var isTestRig = Uri.TryCreate(telegram.ApiBaseUrl, UriKind.Absolute, out var api) && api.IsLoopback;
            if (telegram.Token.Length > 0 && !isTestRig)
            {
                await Console.Error.WriteLineAsync(
                    "Configuration: Telegram:Token is set, but the database holds the demonstration. Invented people are never mixed with real ones: "
                    + "name another file in Database:ConnectionString, or start without the token.");
                return false;
            }
            services.GetRequiredService<DemoClock>().SetForward(await db.ClockOffsetAsync(CancellationToken.None));
        }
        LogFound(
            log,
            services.GetRequiredService<DialogContent>().Dialogs.Count,
            services.GetRequiredService<ActionSet>().All.Count,
            Names(services.GetServices<IDigestSection>().Select(section => section.Name)),
            Names(services.GetServices<IScheduledJob>().Select(job => job.Name)),
            Names(services.GetServices<ChannelAdapter>().Select(adapter => adapter.Channel)));
        if (telegram.Token.Length == 0) LogNoTelegram(log);
        app.Lifetime.ApplicationStarted.Register(() => LogReady(log, app.Urls.FirstOrDefault() ?? "", kind));
        return true;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    [LoggerMessage(LogLevel.Information, "Database {File} is ready ({Applied} migrations applied)")]
    private static partial void LogDatabase(ILogger log, string file, int applied);

    [LoggerMessage(LogLevel.Information, "Found {Dialogs} dialogs with {Actions} actions; digest sections: {Sections}; jobs: {Jobs}; channels: {Channels}")]
    private static partial void LogFound(ILogger log, int dialogs, int actions, string sections, string jobs, string channels);

    [LoggerMessage(LogLevel.Information, "Telegram is off: no Telegram:Token is set. The web chat offers everything without it")]
    private static partial void LogNoTelegram(ILogger log);

    [LoggerMessage(LogLevel.Information, "Open {Address} in a browser (network: {Kind})")]
    private static partial void LogReady(ILogger log, string address, NetworkKind kind);
}
