using System.Data.Common;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Data;

/// <summary>Units of work that wait for the writer together share one commit to disk, and nothing else.</summary>
public class GroupCommitTests : IAsyncLifetime
{
    private const string Insert = "INSERT INTO inbox (channel, external_id, state, attempts, received_at) VALUES ('test', @1, 1, 1, 0)";

    private readonly string _folder = TestFolders.Create();
    private readonly List<string> _happened = [];
    private TestDatabase _stored = null!;
    private Database _database = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var parts = new ModelParts([typeof(Inbox).Assembly, typeof(Member).Assembly, typeof(WebChatSetup).Assembly]);
        _stored = await TestDatabase.CreateAsync(_folder, parts);
        _database = new Database(_stored.Options, parts);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _stored.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Units_that_wait_together_become_durable_together_and_in_order()
    {
        var first = await _database.BeginAsync(Ct);
        var others = Enumerable.Range(2, 5).Select(n => WriteAsync(n)).ToList();
        first.Execute(Insert, "1");
        first.AfterCommit(() => _happened.Add("1"));
        var commit = first.CommitAsync(Ct);
        commit.IsCompleted.ShouldBeFalse("the others wait: the transaction is left open for them");
        await Task.WhenAll([commit, .. others]);

        (await StoredAsync()).ShouldBe(["1", "2", "3", "4", "5", "6"]);
        _happened.ShouldBe(["1", "2", "3", "4", "5", "6"]);
    }

    [Fact]
    public async Task A_unit_that_fails_in_the_middle_takes_nothing_from_the_others()
    {
        var first = await _database.BeginAsync(Ct);
        var failing = WriteAsync(2, fails: true);
        var last = WriteAsync(3);
        first.Execute(Insert, "1");
        await Task.WhenAll(first.CommitAsync(Ct), last, Should.ThrowAsync<InvalidDataException>(failing));

        (await StoredAsync()).ShouldBe(["1", "3"]);
        _happened.ShouldBe(["3"]);
    }

    [Fact]
    public async Task When_the_last_of_a_group_fails_the_units_before_it_are_durable()
    {
        var first = await _database.BeginAsync(Ct);
        var failing = WriteAsync(2, fails: true);
        first.Execute(Insert, "1");
        var commit = first.CommitAsync(Ct);
        await Should.ThrowAsync<InvalidDataException>(failing);
        await commit;

        (await StoredAsync()).ShouldBe(["1"]);
    }

    [Fact]
    public async Task When_the_one_that_waited_gives_up_nobody_is_left_waiting()
    {
        using var patience = new CancellationTokenSource();
        var first = await _database.BeginAsync(Ct);
        var waiting = WriteAsync(2, ct: patience.Token);
        first.Execute(Insert, "1");
        var givingUp = patience.CancelAsync();
        await Task.WhenAll(first.CommitAsync(Ct), givingUp).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Ct);
        // It may have been its turn already when it gave up.
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        (await StoredAsync()).ShouldContain("1");
    }

    [Fact]
    public async Task A_fault_that_ends_the_common_transaction_is_told_to_everybody_in_it()
    {
        var first = await _database.BeginAsync(Ct);
        var ending = EndTransactionAsync();
        first.Execute(Insert, "1");
        var commit = first.CommitAsync(Ct);
        await Should.ThrowAsync<InvalidDataException>(ending);
        await Should.ThrowAsync<CommonTransactionException>(commit);
        (await StoredAsync()).ShouldBeEmpty();

        await WriteAsync(2);
        (await StoredAsync()).ShouldBe(["2"]);
    }

    [Fact]
    public async Task Entities_of_one_unit_do_not_leak_into_the_next()
    {
        var first = await _database.BeginAsync(Ct);
        var failing = Task.Run(async () =>
        {
            await using var work = await _database.BeginAsync(Ct);
            work.Db.Add(new InboxEntry { Channel = "test", ExternalId = "never" });
            throw new InvalidDataException();
        }, Ct);
        var last = Task.Run(async () =>
        {
            while (!failing.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Ct);
            await using var work = await _database.BeginAsync(Ct);
            work.Db.Add(new InboxEntry { Channel = "test", ExternalId = "3", State = InboxState.Done });
            await work.CommitAsync(Ct);
        }, Ct);
        first.Execute(Insert, "1");
        await Task.WhenAll(first.CommitAsync(Ct), last, Should.ThrowAsync<InvalidDataException>(failing));

        (await StoredAsync()).ShouldBe(["1", "3"]);
    }

    private async Task WriteAsync(int number, bool fails = false, CancellationToken? ct = null)
    {
        await using var work = await _database.BeginAsync(ct ?? Ct);
        var name = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        work.Execute(Insert, name);
        work.AfterCommit(() => _happened.Add(name));
        if (fails) throw new InvalidDataException();
        await work.CommitAsync(Ct);
    }

    /// <summary>As a full disk does, or a database server that is stopped.</summary>
    private async Task EndTransactionAsync()
    {
        await using var work = await _database.BeginAsync(Ct);
        try
        {
            work.Execute(_database.IsShared ? "SELECT pg_terminate_backend(pg_backend_pid())" : "ROLLBACK");
        }
        catch (DbException)
        {
            // Cut off.
        }
        throw new InvalidDataException();
    }

    private async Task<List<string>> StoredAsync()
    {
        await using var db = _database.Read();
        return await db.Set<InboxEntry>().OrderBy(entry => entry.ExternalId).Select(entry => entry.ExternalId).ToListAsync(Ct);
    }
}
