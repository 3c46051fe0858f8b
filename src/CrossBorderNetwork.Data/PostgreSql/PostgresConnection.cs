using Npgsql;

namespace CrossBorderNetwork.Data;

/// <summary>How our servers connect to a PostgreSQL that they share.</summary>
public static class PostgresConnection
{
    /// <summary>A server that stands still in the middle of a transaction is cut off, so that the others can go on.</summary>
    private const string Limits = "-c idle_in_transaction_session_timeout=5000 -c lock_timeout=20000 -c statement_timeout=60000";

    private const int MostConnections = 24;

    /// <summary>The setting, with what it does not say. Statements that recur are prepared by the driver.</summary>
    public static NpgsqlConnectionStringBuilder Complete(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, PersistSecurityInfo = true, ApplicationName = "CrossBorderNetwork" };
        if (!builder.ContainsKey("Maximum Pool Size")) builder.MaxPoolSize = MostConnections;
        if (!builder.ContainsKey("Timeout")) builder.Timeout = 5;
        builder.Options = string.IsNullOrEmpty(builder.Options) ? Limits : $"{Limits} {builder.Options}";
        return builder;
    }
}
