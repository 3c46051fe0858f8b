using CrossBorderNetwork.Backups;
using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Digests;
using CrossBorderNetwork.Matching;
using CrossBorderNetwork.Matching.Rounds;
using CrossBorderNetwork.Matching.Scoring;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.Rounds;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrossBorderNetwork.Server;

/// <summary>Reads every setting at start and names all faults at once, each with its remedy. Secrets are never quoted.</summary>
internal static class ConfigurationCheck
{
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
    [
        .. Of<DatabaseOptions>(configuration, DatabaseOptions.Section, DatabaseFaults),
        .. Of<TelegramOptions>(configuration, TelegramOptions.Section, telegram => telegram.Token.Length > 0 ? telegram.Faults() : []),
        .. Of<NetworkOptions>(configuration, NetworkOptions.Section, NetworkFaults),
        .. Of<DeliveryOptions>(configuration, DeliveryOptions.Section, delivery => delivery.Faults()),
        .. Of<InboxOptions>(configuration, InboxOptions.Section, inbox => inbox.Faults()),
        .. Of<DigestOptions>(configuration, DigestOptions.Section, DigestFaults),
        .. Of<BroadcastOptions>(configuration, BroadcastOptions.Section, BroadcastFaults),
        .. Of<MatchingOptions>(configuration, MatchingOptions.Section, matching => matching.Problems()),
        .. Of<RoundOptions>(configuration, RoundOptions.Section, rounds => rounds.Problems()),
        .. Of<RoundSettings>(configuration, RoundSettings.Section, round => round.Problems()),
        .. Of<ScoreWeights>(configuration, ScoreWeights.Section, weights => weights.Problems()),
        .. Of<WebChatOptions>(configuration, WebChatOptions.Section, WebChatFaults),
        .. Of<BackupOptions>(configuration, BackupOptions.Section, BackupFaults),
        .. Of<HealthOptions>(configuration, HealthOptions.Section, HealthFaults),
        .. Of<ProxyOptions>(configuration, ProxyOptions.Section, proxy => proxy.Faults()),
        .. Schedules.Faults(configuration),
        .. AddressFaults(configuration),
        .. LogOutput.Faults(configuration),
        .. Observability.Faults(configuration),
    ];

    /// <summary>Settings of the right form; what is not set, or not of its form, stands at its default.</summary>
    public static T Read<T>(IConfiguration configuration, string section)
        where T : new()
    {
        var faulty = SettingForms.Faults(configuration.GetSection(section), typeof(T)).Select(fault => fault.Setting).ToList();
        if (faulty.Count == 0) return configuration.GetSection(section).Get<T>() ?? new T();
        var sound = configuration.GetSection(section).AsEnumerable().Where(setting => !faulty.Exists(fault => IsWithin(setting.Key, fault)));
        return new ConfigurationBuilder().AddInMemoryCollection(sound).Build().GetSection(section).Get<T>() ?? new T();
    }

    /// <summary>Faults of form and of meaning; a setting of the wrong form is named once.</summary>
    private static IEnumerable<string> Of<T>(IConfiguration configuration, string section, Func<T, IEnumerable<string>> faults)
        where T : new()
    {
        var forms = SettingForms.Faults(configuration.GetSection(section), typeof(T)).ToList();
        return
        [
            .. forms.Select(form => $"{form.Setting} must be {form.Form}."),
            .. faults(Read<T>(configuration, section)).Where(fault => !forms.Exists(form => IsWithin(fault.Split(' ', 2)[0], form.Setting))),
        ];
    }

    private static bool IsWithin(string setting, string fault) =>
        setting.Equals(fault, StringComparison.OrdinalIgnoreCase) || setting.StartsWith(fault + ":", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> DatabaseFaults(DatabaseOptions options)
    {
        var (missing, example) = options.Provider == DatabaseProvider.Sqlite
            ? (Lacks("Data Source", () => new SqliteConnectionStringBuilder(options.ConnectionString).DataSource), "Data Source=data/network.db")
            : (Lacks("Host", () => new NpgsqlConnectionStringBuilder(options.ConnectionString).Host), "Host=db.example.org;Database=network;Username=network;Password=…");
        if (missing is not null) yield return $"Database:ConnectionString {missing}. For Database:Provider={options.Provider} write it like this: {example}";
    }

    private static string? Lacks(string part, Func<string?> read)
    {
        try
        {
            return string.IsNullOrEmpty(read()) ? $"has no '{part}'" : null;
        }
        catch (ArgumentException)
        {
            return "cannot be read";
        }
    }

    private static IEnumerable<string> NetworkFaults(NetworkOptions options)
    {
        foreach (var (index, coordinator) in options.Coordinators.Index())
        {
            if (coordinator.Telegram <= 0) yield return $"Network:Coordinators:{index}:Telegram must be the coordinator's numeric Telegram user id.";
            if (coordinator.Country is not ("LT" or "PL")) yield return $"Network:Coordinators:{index}:Country must be LT or PL.";
        }
        foreach (var language in Languages.All.Where(language => !options.CoFundingLine.ContainsKey(language)))
            yield return $"Network:CoFundingLine:{language} is missing: the programme asks for the line in each language (write an empty text for none).";
    }

    private static IEnumerable<string> DigestFaults(DigestOptions options)
    {
        if (options.WindowHours is < 1 or > 168) yield return "Digests:WindowHours must be between 1 and 168.";
    }

    private static IEnumerable<string> BroadcastFaults(BroadcastOptions options)
    {
        if (options.SecondYesAbove < 0) yield return "Broadcasts:SecondYesAbove must be 0 or more; with 0 every announcement needs a second coordinator.";
        if (options.WindowHours is < 1 or > 168) yield return "Broadcasts:WindowHours must be between 1 and 168.";
    }

    private static IEnumerable<string> WebChatFaults(WebChatOptions options)
    {
        if (options.PublicUrl.Length > 0 && !(Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.PathAndQuery == "/"))
            yield return "WebChat:PublicUrl must be this server's public address without a path, such as https://network.example.org, or empty.";
    }

    private static IEnumerable<string> BackupFaults(BackupOptions options)
    {
        if (options.KeepDays is < 1 or > 3650) yield return "Backup:KeepDays must be between 1 and 3650.";
    }

    private static IEnumerable<string> HealthFaults(HealthOptions options)
    {
        if (options.LongestInboxWait <= TimeSpan.Zero) yield return "Health:LongestInboxWait must be longer than nothing, such as 00:05:00.";
        if (options.LongestOutboxWait <= TimeSpan.Zero) yield return "Health:LongestOutboxWait must be longer than nothing, such as 02:00:00.";
    }

    private static IEnumerable<string> AddressFaults(IConfiguration configuration) => (configuration["Urls"] ?? "")
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(address => !IsAddress(address))
        .Select(_ => "Urls must be addresses to listen at, such as http://localhost:5080 (several separated by ;).");

    private static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address).Port is >= 0 and <= 65535;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
