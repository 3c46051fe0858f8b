using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrossBorderNetwork.Data;

/// <summary>
/// What every connection to the file is told: readers beside the writer (WAL), a commit is on disk before it is acknowledged
/// (FULL), and deleted text is overwritten (secure_delete).
/// </summary>
internal static class SqlitePragmas
{
    /// <summary>How long a statement waits for others.</summary>
    public const string Patience = "PRAGMA busy_timeout=10000";

    private const string Sql = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; {Patience};";

    public static readonly DbConnectionInterceptor Interceptor = new OnOpened();

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    /// <summary>EF asks through a connection of its own that only reads whether the file exists; such a one cannot make a restored file WAL.</summary>
    private static bool Writes(DbConnection connection) => !connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase);

    private sealed class OnOpened : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (Writes(connection)) Apply(connection);
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (connection is SqliteConnection && Writes(connection)) Apply(connection);
            return Task.CompletedTask;
        }
    }
}
