using System.Data.Common;
using CrossBorderNetwork.Backups;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Demo;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Scheduling;

namespace CrossBorderNetwork.Server;

/// <summary>What happens between building the host and serving: faulty content stops it, the schema is brought up, the log says what was found.</summary>
internal static partial class Start
{
    /// <returns>Null when a settings file cannot be read; why stands on standard error.</returns>
    public static WebApplicationBuilder? CreateBuilder(string[] args)
    {
        try
        {
            return WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });
        }
        catch (InvalidDataException fault)
        {
            // The innermost says in which line the JSON breaks off; it quotes a sign at most.
            Console.Error.WriteLine($"Configuration: {fault.Message} {fault.GetBaseException().Message}");
            return null;
        }
    }

    /// <returns>False when the server must not start; why stands on standard error.</returns>
    public static async Task<bool> PrepareAsync(WebApplication app, TelegramOptions telegram)
    {
        var services = app.Services;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("CrossBorderNetwork");
        var faults = ContentCheck.Run(services.GetRequiredService<DialogContent>(), services.GetRequiredService<ActionSet>());
        foreach (var fault in faults) await Console.Error.WriteLineAsync("dialogs/" + fault);
        if (faults.Count > 0) return false;

        if (!await OpenDatabaseAsync(services, log)) return false;

        var database = services.GetRequiredService<Database>();
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

    private static async Task<bool> OpenDatabaseAsync(IServiceProvider services, ILogger log)
    {
        var database = services.GetRequiredService<Database>();
        var file = database.Name;
        try
        {
            if (!services.GetRequiredService<ServerLock>().TryTake())
            {
                await Console.Error.WriteLineAsync($"Another server works on {file}. Two would send everything twice: stop that one, or name another file in Database:ConnectionString.");
                return false;
            }
            var backups = services.GetRequiredService<DailyBackups>();
            var applied = await Schema.MigrateAsync(database, migration => LogBackup(log, backups.BeforeMigration(migration) ?? "none"), CancellationToken.None);
            LogDatabase(log, file, applied.Count);
            var erased = await services.GetRequiredService<ReapplyErasures>().RunAsync(CancellationToken.None);
            if (erased > 0) LogErasedAgain(log, erased);
            return true;
        }
        catch (NewerSchemaException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DbException)
        {
            await Console.Error.WriteLineAsync($"The database {file} cannot be used: {fault.Message} Run the verb 'doctor' to see why.");
        }
        return false;
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    [LoggerMessage(LogLevel.Information, "Database {File} is ready ({Applied} migrations applied)")]
    private static partial void LogDatabase(ILogger log, string file, int applied);

    [LoggerMessage(LogLevel.Information, "Before changing the tables a backup was taken: {File}")]
    private static partial void LogBackup(ILogger log, string file);

    [LoggerMessage(LogLevel.Warning, "The database is older than the erasure ledger; {Count} people were erased from it again")]
    private static partial void LogErasedAgain(ILogger log, int count);

    [LoggerMessage(LogLevel.Information, "Found {Dialogs} dialogs with {Actions} actions; digest sections: {Sections}; jobs: {Jobs}; channels: {Channels}")]
    private static partial void LogFound(ILogger log, int dialogs, int actions, string sections, string jobs, string channels);

    [LoggerMessage(LogLevel.Information, "Telegram is off: no Telegram:Token is set. The web chat offers everything without it")]
    private static partial void LogNoTelegram(ILogger log);

    [LoggerMessage(LogLevel.Information, "Open {Address} in a browser (network: {Kind})")]
    private static partial void LogReady(ILogger log, string address, NetworkKind kind);
}
