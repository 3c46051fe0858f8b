using System.Reflection;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Data;

/// <summary>Settings under <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>Sqlite</c>; <c>PostgreSql</c> follows when a network outgrows one process.</summary>
    public string Provider { get; set; } = "Sqlite";

    public string ConnectionString { get; set; } = "Data Source=data/network.db";

    /// <summary>The same with a relative file path made absolute under the given folder.</summary>
    public DatabaseOptions Under(string folder)
    {
        var connection = new SqliteConnectionStringBuilder(ConnectionString);
        if (connection.DataSource != ":memory:") connection.DataSource = Path.GetFullPath(connection.DataSource, folder);
        return new DatabaseOptions { Provider = Provider, ConnectionString = connection.ToString() };
    }
}

/// <summary>The assemblies whose <c>IEntityTypeConfiguration</c> classes make up the model: the floors above bring their own tables.</summary>
public sealed record ModelParts(IReadOnlyList<Assembly> Assemblies);
