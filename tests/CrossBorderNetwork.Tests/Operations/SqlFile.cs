using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Tests.Operations;

/// <summary>SQL on a database file that no server has open; the file is made if it is missing.</summary>
internal static class SqlFile
{
    public static async Task RunAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
