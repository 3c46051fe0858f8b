namespace CrossBorderNetwork.Server;

/// <summary>Writes the log for whoever reads it: lines for people, or JSON for a collector, which is what stands behind a container.</summary>
internal static class LogOutput
{
    private const string Setting = "Logging:Format";

    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        configuration[Setting] is null or "" || Enum.TryParse<LogFormat>(configuration[Setting], ignoreCase: true, out _) ? [] : [$"{Setting} must be Text or Json."];

    public static void AddLogOutput(this ILoggingBuilder logging, IConfiguration configuration)
    {
        var inContainer = configuration["DOTNET_RUNNING_IN_CONTAINER"] == "true" || configuration["RUNNING_IN_CONTAINER"] == "true";
        if (!Enum.TryParse<LogFormat>(configuration[Setting], ignoreCase: true, out var format)) format = inContainer ? LogFormat.Json : LogFormat.Text;
        if (format == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else logging.AddSimpleConsole();
    }

    private enum LogFormat
    {
        Text,
        Json,
    }
}
