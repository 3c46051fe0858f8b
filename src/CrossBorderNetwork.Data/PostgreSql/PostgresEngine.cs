using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrossBorderNetwork.Data;

/// <summary>
/// The network on a PostgreSQL server (13 or later), which several of our servers may share. Units of work that decide follow one
/// another across all of them, by an advisory lock that lasts as long as their transaction; those that only move messages run beside.
/// </summary>
internal sealed class PostgresEngine : Engine
{
    /// <summary>Keys of advisory locks; the first number, "CBN" in ASCII, keeps them apart from those of other programs.</summary>
    internal const string DecidingLock = "pg_advisory_xact_lock(4407886, 1)";
    private const string MigrationLock = "pg_advisory_xact_lock(4407886, 2)";

    /// <summary>Each session counts its transactions in a row of its own, within them: the count tells afterwards which have become durable.</summary>
    private const string UnitTable = "CREATE TABLE IF NOT EXISTS unit_of_work (session bigint PRIMARY KEY, unit bigint NOT NULL, at timestamptz NOT NULL)";

    private const string EnterSession =
        """
        WITH gone AS (DELETE FROM unit_of_work WHERE at < now() - interval '30 days')
        INSERT INTO unit_of_work (session, unit, at) VALUES ($1, 0, now())
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _source;
    private readonly DbContextOptions _readOptions;
    private readonly CancellationTokenSource _closed = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private Task _hearing = Task.CompletedTask;

    public PostgresEngine(string connectionString, ModelParts parts)
        : base(parts)
    {
        var complete = PostgresConnection.Complete(connectionString);
        ConnectionString = complete.ToString();
        Name = $"{complete.Database ?? complete.Username} on {complete.Host}";
        _source = NpgsqlDataSource.Create(ConnectionString);
        _readOptions = Options(builder => builder.UseNpgsql(_source));
    }

    public override string ConnectionString { get; }

    /// <summary>For what may take its time.</summary>
    private NpgsqlConnectionStringBuilder Unlimited => new(ConnectionString) { Options = "", Pooling = false };

    public override string Name { get; }

    public override string? FilePath => null;

    public override bool IsShared => true;

    public override string Clock => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS bigint)";

    public override string Taking(string tables) => $" FOR UPDATE OF {tables} SKIP LOCKED";

    public override NetworkDb Read() => new PostgresNetworkDb(_readOptions, Parts);

    public override WriteSession OpenSession(Func<bool> othersWait) => Open($"SELECT {DecidingLock}", othersWait);

    public override WriteSession OpenMovingSession() => Open("SELECT 1", () => false);

    public override async Task MigrateAsync(Func<NetworkDb, Task> migrate, CancellationToken ct)
    {
        // The lock is held by a transaction of its own: migrations run in others.
        await using var holder = await OpenAsync(Unlimited, ct);
        await using var held = await holder.BeginTransactionAsync(ct);
        await using (var command = new NpgsqlCommand($"SELECT {MigrationLock}", holder) { CommandTimeout = 0 }) await command.ExecuteNonQueryAsync(ct);
        await using (var command = new NpgsqlCommand(UnitTable, holder)) await command.ExecuteNonQueryAsync(ct);
        await using var db = new PostgresNetworkDb(
            Options(builder => builder.UseNpgsql(Unlimited.ToString(), server => server.CommandTimeout(600))), Parts);
        await migrate(db);
        await held.CommitAsync(ct);
    }

    /// <summary>
    /// PostgreSQL gives the room of deleted rows to new ones; here it is told to do so now. What lies in its log and in its backups
    /// until they are rotated is in the hands of whoever runs it.
    /// </summary>
    public override async Task PurgeDeletedAsync(WriteSession session, CancellationToken ct)
    {
        await using var connection = await OpenAsync(Unlimited, ct);
        await using var command = new NpgsqlCommand("VACUUM", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    public override void HearOthers(Action<string, string?> heard) => _hearing = new PostgresNotices(ConnectionString, heard).RunAsync(_closed.Token);

    /// <summary>
    /// What became of a transaction whose commit got no answer. Waits until the database is back, and until the transaction is over
    /// there: nothing may be decided on a guess. (The server's own <c>pg_xact_status</c> would not do: after a crash it gives the
    /// number of a lost transaction to another.)
    /// </summary>
    /// <returns>Whether it was committed.</returns>
    internal async Task<bool> WasCommittedAsync(long session, long unit)
    {
        while (true)
        {
            try
            {
                await using var command = _source.CreateCommand("SELECT unit FROM unit_of_work WHERE session = $1 FOR UPDATE");
                command.Parameters.Add(new NpgsqlParameter { Value = session });
                return await command.ExecuteScalarAsync(_closed.Token) is long last && last >= unit;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                // Still away.
            }
            await Task.Delay(Pause, _time, _closed.Token);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync();
        _closed.Dispose();
    }

    internal static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder builder, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(builder.ToString());
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private PostgresSession Open(string first, Func<bool> othersWait)
    {
        var connection = _source.OpenConnection();
        var session = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        try
        {
            using var command = new NpgsqlCommand(EnterSession, connection);
            command.Parameters.Add(new NpgsqlParameter { Value = session });
            command.ExecuteNonQuery();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        return new PostgresSession(connection, session, first, this, () => new PostgresNetworkDb(Options(builder => builder.UseNpgsql(connection)), Parts), othersWait);
    }
}
