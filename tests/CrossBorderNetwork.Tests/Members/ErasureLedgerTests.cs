using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Members;

/// <summary>Whoever was erased stays erased when the database goes back in time, wherever it lies.</summary>
public class ErasureLedgerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_was_erased_since_the_backup_is_erased_again_and_nobody_else()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona", about: "unikalus žodis");
        await network.MemberAsync("Rasa");
        var folder = TestFolders.Create();
        await using var database = ServerOn(network.Services.GetRequiredService<Database>(), Path.Combine(folder, "network.erased"));
        var ledger = new ErasureLedger(database, TimeProvider.System);
        var erase = new Erase(network.Services.GetServices<BeforeErasure>(), ledger);
        var reapply = new ReapplyErasures(database, ledger, erase, []);
        var id = await ona.PersonIdAsync();
        await RunAsync(database, "CREATE TABLE backup AS SELECT * FROM member");

        await using (var work = await database.BeginAsync(Ct))
        {
            await erase.RunAsync(work, id, Ct);
            await work.CommitAsync(Ct);
        }
        (await reapply.RunAsync(Ct)).ShouldBe(0, "this database has been through it");
        await RunAsync(database, "INSERT INTO member SELECT * FROM backup WHERE about = 'unikalus žodis'", "DELETE FROM network_state WHERE key = 'erasures'", "DROP TABLE backup");
        (await NamesAsync(network)).ShouldBe(["Ona", "Rasa"], "the backup brought her back");

        (await reapply.RunAsync(Ct)).ShouldBe(1);

        (await NamesAsync(network)).ShouldBe(["Rasa"]);
        await using var db = network.Read();
        (await db.Conversations.CountAsync(conversation => conversation.PersonId == id, Ct)).ShouldBe(0, "nothing can be sent to her");
        (await reapply.RunAsync(Ct)).ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A second server on the same database, which knows the ledger.</summary>
    private static Database ServerOn(Database database, string ledger) => new(
        new DatabaseOptions { Provider = database.IsShared ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite, ConnectionString = database.ConnectionString, ErasureLedger = ledger },
        new ModelParts([typeof(Conversation).Assembly, typeof(Rights).Assembly, typeof(WebChatActivity).Assembly]));

    private static async Task RunAsync(Database database, params string[] statements)
    {
        await using var work = await database.BeginAsync(Ct);
        foreach (var sql in statements) work.Execute(sql);
        await work.CommitAsync(Ct);
    }

    private static async Task<List<string>> NamesAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Members.Select(member => member.Name).Order().ToListAsync(Ct);
    }
}
