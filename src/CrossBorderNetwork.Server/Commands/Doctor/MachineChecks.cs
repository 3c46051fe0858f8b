using System.Globalization;
using CrossBorderNetwork.Backups;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Cooperations;

namespace CrossBorderNetwork.Server.Commands;

/// <summary>The doctor's looks at what surrounds the database: dialogs, Telegram, clock, time zones, font, folders.</summary>
internal static class MachineChecks
{
    private const long LeastFree = 100L * 1024 * 1024;

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);
    private static readonly string[] Zones = ["Europe/Vilnius", "Europe/Warsaw"];

    public static async Task<IReadOnlyList<Finding>> RunAsync(Surroundings here, CancellationToken ct)
    {
        var telegram = here.Telegram;
        var asked = telegram.Token.Length > 0 && !telegram.Faults().Any() ? await TokenCheck.AskAsync(telegram, ct) : null;
        return [Dialogs(here), Token(telegram, asked), Clock(asked), TimeZones(), LettersOfPictures()];
    }

    public static IEnumerable<Finding> Folders(Surroundings here)
    {
        var data = DataFolder.Find(here.Database, here.ContentRootPath);
        var keys = Path.GetFullPath(ConfigurationCheck.Read<WebChatOptions>(here.Configuration, WebChatOptions.Section).KeysPath, data);
        var backups = DailyBackups.FolderFor(here.DatabaseFile, ConfigurationCheck.Read<BackupOptions>(here.Configuration, BackupOptions.Section));
        var folders = new List<(string Setting, string Path)> { ("Database:ConnectionString", data), ("WebChat:KeysPath", keys) };
        if (backups is not null) folders.Add(("Backup:Folder", backups));
        var broken = folders.Where(folder => !CanWrite(folder.Path)).ToList();
        foreach (var (setting, path) in broken)
            yield return Finding.Fault("folder", $"{Surroundings.Short(path)} cannot be written to. Give it to the user that runs the server, or change {setting}.");
        if (broken.Count > 0) yield break;

        var free = new DriveInfo(Existing(data)).AvailableFreeSpace;
        // A backup needs as much again as the database, and so does the tidying of it.
        var needed = Math.Max(LeastFree, 2 * (here.DatabaseFile is { } file && File.Exists(file) ? new FileInfo(file).Length : 0));
        yield return free < needed
            ? Finding.Fault("disk", $"only {Megabytes(free)} are free where {Surroundings.Short(data)} is; {Megabytes(needed)} are needed. Make room, or give Backup:Folder another disk.")
            : Finding.Ok("folder", $"{Surroundings.Short(data)} can be written to, {Megabytes(free)} free");
    }

    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:N0} MB");

    private static Finding Dialogs(Surroundings here)
    {
        var folder = ContentRoot.Dialogs(here.ContentRootPath);
        if (!Directory.Exists(folder)) return Finding.Fault("dialogs", $"there is no folder {Surroundings.Short(folder)}. Start in the folder of the program, or put its dialogs back.");
        var content = DialogContent.Load(folder);
        return content.ReadFaults.Count == 0
            ? Finding.Ok("dialogs", $"{content.Dialogs.Count} dialogs")
            : Finding.Fault("dialogs", $"{content.ReadFaults.Count} faults; the verb 'dialogs check' names them with file and line.");
    }

    private static Finding Token(TelegramOptions telegram, TokenAnswer? answer) => answer switch
    {
        { Fault: { } fault } => Finding.Fault("token", fault),
        { Username: { } name } => Finding.Ok("token", $"Telegram knows it as @{name}"),
        _ when telegram.Token.Length == 0 => Finding.Ok("token", "none: Telegram is off"),
        _ => Finding.Fault("token", "not tried: see the settings above."),
    };

    private static Finding Clock(TokenAnswer? answer)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (answer?.ServerTime is not { } theirs) return Finding.Ok("clock", $"{now:yyyy-MM-dd HH:mm} UTC, compared with nobody");
        var ahead = now - theirs;
        return ahead.Duration() <= ClockTolerance
            ? Finding.Ok("clock", $"{now:yyyy-MM-dd HH:mm} UTC, as Telegram's")
            : Finding.Fault("clock", string.Create(CultureInfo.InvariantCulture, $"{ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} Telegram's. Switch time synchronisation on: timedatectl set-ntp true"));
    }

    private static Finding TimeZones()
    {
        var missing = Zones.Where(zone => !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).ToList();
        if (missing.Count > 0) return Finding.Fault("time zones", $"{string.Join(" and ", missing)} not known here: digests would come at the wrong hour. Install the package tzdata.");
        var summer = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);
        return TimeZoneInfo.FindSystemTimeZoneById(Zones[0]).GetUtcOffset(summer).TotalHours is 3 && TimeZoneInfo.FindSystemTimeZoneById(Zones[1]).GetUtcOffset(summer).TotalHours is 2
            ? Finding.Ok("time zones", string.Join(", ", Zones))
            : Finding.Fault("time zones", "summer time is not what it is in Lithuania and Poland. Update the package tzdata.");
    }

    private static Finding LettersOfPictures() => FunnelPicture.FontIsThere
        ? Finding.Ok("font", FunnelPicture.Font)
        : Finding.Fault("font", $"{FunnelPicture.Font} is not there: the picture of /funnel would show boxes for letters. Install the package fonts-dejavu-core.");

    private static bool CanWrite(string folder)
    {
        try
        {
            var existing = Existing(folder);
            // What does not exist yet is made at the first start; whether it can be, its parent tells.
            var probe = Path.Combine(existing, $".doctor-{Environment.ProcessId}");
            using (new FileStream(probe, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }))
                return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Existing(string folder)
    {
        while (!Path.Exists(folder) && Path.GetDirectoryName(folder) is { } parent) folder = parent;
        return folder;
    }
}
