using CrossBorderNetwork.Data;
using Microsoft.Data.Sqlite;

namespace CrossBorderNetwork.Server;

/// <summary>The one folder that the server writes to: that of the database file, or <c>data</c> below the content root.</summary>
internal static class DataFolder
{
    public static string Find(DatabaseOptions options, string contentRoot)
    {
        if (options.Provider == DatabaseProvider.Sqlite && new SqliteConnectionStringBuilder(options.ConnectionString).DataSource is { Length: > 0 } file && file != ":memory:")
            return Path.GetDirectoryName(Path.GetFullPath(file, contentRoot))!;
        return Path.GetFullPath("data", contentRoot);
    }
}
