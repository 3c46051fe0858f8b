using System.Reflection;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Data;

public enum DatabaseProvider
{
    /// <summary>One file, one server.</summary>
    Sqlite,

    /// <summary>A database server, on which several of our servers may work together.</summary>
    PostgreSql,
}

/// <summary>Settings under <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    public string ConnectionString { get; set; } = "Data Source=data/network.db";

    /// <summary>
    /// For PostgreSQL: the file that remembers, outside the database, who was erased from it; on a disk that several servers share.
    /// Without one a restored backup brings back whoever was erased since. SQLite keeps its own beside the database file.
    /// </summary>
    public string? ErasureLedger { get; set; }

    /// <summary>The same with relative file paths made absolute under the given folder.</summary>
    public DatabaseOptions Under(string folder)
    {
        if (Provider != DatabaseProvider.Sqlite)
            return new DatabaseOptions { Provider = Provider, ConnectionString = ConnectionString, ErasureLedger = ErasureLedger is { Length: > 0 } ledger ? Path.GetFullPath(ledger, folder) : null };
        var connection = new SqliteConnectionStringBuilder(ConnectionString);
        if (connection.DataSource != ":memory:") connection.DataSource = Path.GetFullPath(connection.DataSource, folder);
        return new DatabaseOptions { Provider = Provider, ConnectionString = connection.ToString() };
    }
}

/// <summary>The assemblies whose <c>IEntityTypeConfiguration</c> classes make up the model: the floors above bring their own tables.</summary>
public sealed record ModelParts(IReadOnlyList<Assembly> Assemblies);
