using System.Diagnostics;
using System.Globalization;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrossBorderNetwork.Benchmarks.Delivering;

/// <summary>An audience of a hundred thousand turned into messages, against a bare INSERT … SELECT of the same rows; and what memory it takes.</summary>
internal static class QueueBenchmark
{
    private const int Audience = 100_000;
    private const int Rounds = 5;

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        var folder = TestFolders.Create();
        try
        {
            await using var database = new Database(
                new DatabaseOptions { ConnectionString = "Data Source=" + Path.Combine(folder, "network.db") }, new ModelParts([typeof(Conversation).Assembly]));
            await using (var db = database.Read()) await db.Database.EnsureCreatedAsync();
            var outbox = new Outbox(TimeProvider.System, new DeliverySignal(), new ChatPace([], Options.Create(new DeliveryOptions())), new Node(database));
            var message = new Message { Text = RichText.Plain(new string('x', 400)) };
            var (ours, bare) = (new List<double>(), new List<double>());
            var (memory, rows) = (0.0, 0);
            await WriteAsync(database, work => work.Execute(AddPeople, Audience));
            for (var round = 0; round < Rounds; round++)
            {
                var before = Memory();
                ours.Add(await WriteAsync(database, work => rows = outbox.PostToAll(
                    work, "SELECT id FROM conversation", message,
                    new Posting { Lane = Lane.Bulk, Window = TimeSpan.FromHours(24), Key = "broadcast:1", Source = "broadcast:1" })));
                memory = Math.Max(memory, Memory() - before);
                if (rows != Audience) throw new InvalidOperationException($"{rows} rows were added.");
                var payload = Text(database, "SELECT payload FROM outbox LIMIT 1");
                await WriteAsync(database, work => work.Execute("DELETE FROM outbox"));
                bare.Add(await WriteAsync(database, work => work.Execute(Bare, payload, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds())));
                await WriteAsync(database, work => work.Execute("DELETE FROM outbox"));
            }
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"queue: {Audience:N0} messages in {Numbers.Median(ours):0} ms, a bare INSERT … SELECT of the same rows in {Numbers.Median(bare):0} ms, ratio {Numbers.Median(ours) / Numbers.Median(bare):0.00}; memory grew by at most {memory:0.0} MB"));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>Milliseconds to the end of the commit.</returns>
    private static async Task<double> WriteAsync(Database database, Action<UnitOfWork> write)
    {
        var start = Stopwatch.GetTimestamp();
        await using var work = await database.BeginAsync(CancellationToken.None);
        write(work);
        await work.CommitAsync(CancellationToken.None);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Megabytes of the process, SQLite's included.</summary>
    private static double Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }

    private static string Text(Database database, string sql)
    {
        using var connection = new SqliteConnection(database.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (string)command.ExecuteScalar()!;
    }

    private const string AddPeople =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @1)
        INSERT INTO conversation (channel, address, sender_id, person_id, language, language_chosen, reachable, revision, last_active_at, forgotten, ready_at)
        SELECT 'telegram', i, i, i, 'en', TRUE, TRUE, 0, 0, FALSE, 0 FROM n
        """;

    private const string Bare =
        """
        INSERT INTO outbox (conversation_id, channel, lane, state, payload, key, source, attempts, created_at, due_at, not_after)
        SELECT id, 'telegram', 2, 0, @1, 'broadcast:1:' || id, 'broadcast:1', 0, @2, @2, @2 + 86400000 FROM conversation
        """;
}
