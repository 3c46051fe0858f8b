using CrossBorderNetwork.Channels.Telegram;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Server;

/// <summary>Reads every setting at start and names all faults at once, each with its remedy. Secrets are never quoted.</summary>
internal static class ConfigurationCheck
{
    public static IEnumerable<string> Faults(IConfiguration configuration, TelegramOptions telegram) =>
        DatabaseFaults(configuration)
            .Concat(telegram.Token.Length > 0 ? telegram.Faults() : [])
            .Concat(NetworkFaults(configuration))
            .Concat(DeliveryFaults(configuration))
            .Concat(Schedules.Faults(configuration));

    private static IEnumerable<string> DatabaseFaults(IConfiguration configuration)
    {
        var options = Read<DatabaseOptions>(configuration, DatabaseOptions.Section);
        if (options.Provider != "Sqlite")
            yield return $"Database:Provider is '{options.Provider}'; this version knows only Sqlite.";
        var fault = "";
        try
        {
            if (new SqliteConnectionStringBuilder(options.ConnectionString).DataSource.Length == 0) fault = "has no 'Data Source'";
        }
        catch (ArgumentException)
        {
            fault = "cannot be read";
        }
        if (fault.Length > 0) yield return $"Database:ConnectionString {fault}. Write it like this: Data Source=data/network.db";
    }

    private static IEnumerable<string> NetworkFaults(IConfiguration configuration)
    {
        var options = Read<NetworkOptions>(configuration, NetworkOptions.Section);
        foreach (var (index, coordinator) in options.Coordinators.Index())
        {
            if (coordinator.Telegram <= 0) yield return $"Network:Coordinators:{index}:Telegram must be the coordinator's numeric Telegram user id.";
            if (coordinator.Country is not ("LT" or "PL")) yield return $"Network:Coordinators:{index}:Country must be LT or PL.";
        }
        foreach (var language in Languages.All.Where(language => !options.CoFundingLine.ContainsKey(language)))
            yield return $"Network:CoFundingLine:{language} is missing: the programme asks for the line in each language (write an empty text for none).";
    }

    private static IEnumerable<string> DeliveryFaults(IConfiguration configuration)
    {
        var options = Read<DeliveryOptions>(configuration, DeliveryOptions.Section);
        if (options.MessagesPerSecond is < 1 or > 1000) yield return "Delivery:MessagesPerSecond must be between 1 and 1000; Telegram allows about 30.";
        if (options.Window is < 1 or > 1000) yield return "Delivery:Window must be between 1 and 1000.";
    }

    private static T Read<T>(IConfiguration configuration, string section)
        where T : new() => configuration.GetSection(section).Get<T>() ?? new T();
}
