using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrossBorderNetwork.Data;

/// <summary>The one writing connection to the file.</summary>
internal sealed class SqliteSession(SqliteConnection connection, Func<NetworkDb> createDb, Func<bool> othersWait) : WriteSession(connection, othersWait)
{
    private static readonly string[] ParameterNames = [.. Enumerable.Range(1, 24).Select(n => "@" + n.ToString(CultureInfo.InvariantCulture))];

    public override bool IsAlive => true;

    public override bool IsEnded => raw.sqlite3_get_autocommit(connection.Handle) != 0;

    protected override ValueTask BeginTransactionAsync(CancellationToken ct)
    {
        Run("BEGIN IMMEDIATE");
        return ValueTask.CompletedTask;
    }

    protected override DbCommand Create(string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in ParameterNames.AsSpan(0, parameters)) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    protected override NetworkDb CreateDb() => createDb();
}
