using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;

namespace CrossBorderNetwork.Data;

/// <summary>A writing connection to the server. A transaction knows its own number, by which the server can be asked what became of it.</summary>
/// <param name="connection">Open; belongs to the session.</param>
/// <param name="first">The first statement of each transaction.</param>
/// <param name="engine">Whom to ask when a commit gets no answer.</param>
/// <param name="createDb">Makes a context on the connection.</param>
/// <param name="othersWait">See <see cref="Engine.OpenSession"/>.</param>
internal sealed partial class PostgresSession(NpgsqlConnection connection, string first, PostgresEngine engine, Func<NetworkDb> createDb, Func<bool> othersWait)
    : WriteSession(connection, othersWait)
{
    private readonly string _begin = $"BEGIN; {first}; SELECT CAST(pg_current_xact_id() AS text)";
    private string _transaction = "";
    private bool _spoilt;

    public override bool IsAlive => !_spoilt && IsConnected;

    protected override bool IsEnded => !IsAlive;

    protected override async ValueTask BeginTransactionAsync(CancellationToken ct)
    {
        try
        {
            await using var answers = await Prepare(_begin).ExecuteReaderAsync(ct);
            await answers.NextResultAsync(ct);
            await answers.ReadAsync(ct);
            _transaction = answers.GetString(0);
        }
        catch
        {
            // It may have begun, and then waited in vain for the lock.
            _spoilt = true;
            throw;
        }
    }

    /// <summary>
    /// To commit a transaction in which a statement has failed takes it back without an error; the statement before the commit is
    /// refused then, and says so.
    /// </summary>
    protected override void Commit() => Run("SELECT 1; COMMIT");

    protected override Task FailedAsync(EndOfTransaction ending, Exception fault) =>
        IsAlive ? base.FailedAsync(ending, fault) : FindOutAsync(ending, fault, _transaction);

    private async Task FindOutAsync(EndOfTransaction ending, Exception fault, string transaction)
    {
        var committed = false;
        try
        {
            committed = await engine.WasCommittedAsync(transaction);
        }
        catch (OperationCanceledException)
        {
            // The program ends before the database is back: whoever waits takes it for failed, and the keys decide at the next start.
        }
        if (!committed)
        {
            ending.Failed(fault);
            throw new InvalidOperationException("The connection to the database broke before the commit.", fault);
        }
        ending.Succeeded();
    }

    /// <summary>Our statements name parameters @1, @2 …; the server calls them $1, $2 …</summary>
    protected override DbCommand Create(string sql, int parameters)
    {
        var command = new NpgsqlCommand(parameters == 0 ? sql : Parameter().Replace(sql, "$$"), connection);
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new NpgsqlParameter());
        return command;
    }

    protected override NetworkDb CreateDb() => createDb();

    [GeneratedRegex("@(?=[0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
