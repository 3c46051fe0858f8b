using System.Data.Common;
using System.Text.RegularExpressions;
using Npgsql;

namespace CrossBorderNetwork.Data;

/// <summary>A writing connection to the server. Each transaction has a number, by which the database can be asked what became of it.</summary>
/// <param name="connection">Open; belongs to the session.</param>
/// <param name="session">Its number in the table of units of work.</param>
/// <param name="first">The first statement of each transaction.</param>
/// <param name="engine">Whom to ask when a commit gets no answer.</param>
/// <param name="createDb">Makes a context on the connection.</param>
/// <param name="othersWait">See <see cref="Engine.OpenSession"/>.</param>
internal sealed partial class PostgresSession(NpgsqlConnection connection, long session, string first, PostgresEngine engine, Func<NetworkDb> createDb, Func<bool> othersWait)
    : WriteSession(connection, othersWait)
{
    private readonly string _begin = FormattableString.Invariant($"BEGIN; {first}; UPDATE unit_of_work SET unit = unit + 1, at = now() WHERE session = {session} RETURNING unit");
    private long _unit;
    private bool _spoilt;

    public override bool IsAlive => !_spoilt && IsConnected;

    public override bool IsEnded => !IsAlive;

    protected override async ValueTask BeginTransactionAsync(CancellationToken ct)
    {
        try
        {
            await using var answers = await Prepare(_begin).ExecuteReaderAsync(ct);
            await answers.NextResultAsync(ct);
            await answers.ReadAsync(ct);
            _unit = answers.GetInt64(0);
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
        IsAlive ? base.FailedAsync(ending, fault) : FindOutAsync(ending, fault, _unit);

    private async Task FindOutAsync(EndOfTransaction ending, Exception fault, long unit)
    {
        var committed = false;
        try
        {
            committed = await engine.WasCommittedAsync(session, unit);
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
