using System.Data.Common;
using System.Text;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Broadcasts;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Members;

/// <summary>The log of what coordinators did: only ever added to, and readable by all of them.</summary>
public class AuditTests
{
    private static readonly ModelParts Parts = new([typeof(Conversation).Assembly, typeof(Rights).Assembly, typeof(WebChatActivity).Assembly]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DELETE FROM audit")]
    [InlineData("UPDATE audit SET act = 'event.publish'")]
    [InlineData("UPDATE audit SET at = at + 1")]
    [InlineData("UPDATE audit SET subject = NULL")]
    [InlineData("UPDATE audit SET person_id = 7")]
    [InlineData("UPDATE audit SET seal = '', nonce = '', person_id = 0")]
    public async Task Nobody_can_change_or_delete_a_line_not_even_past_the_program(string sql)
    {
        // As a server makes it: by the migrations.
        var folder = TestFolders.Create();
        await using var made = await TestDatabase.CreateAsync(folder, Parts);
        var options = made.Provider == DatabaseProvider.Sqlite ? new DatabaseOptions { ConnectionString = $"Data Source={folder}/migrated.db;Pooling=False" } : made.Options;
        await using (var database = new Database(options, Parts))
        {
            await Schema.MigrateAsync(database, Ct);
            await using var db = database.Read();
            await db.Database.ExecuteSqlRawAsync("INSERT INTO audit (person_id, act, subject, at, nonce, actor, seal) VALUES (5, 'event.cancel', '3', 1, 'n', 'a', 's')", Ct);

            (await Should.ThrowAsync<DbException>(() => db.Database.ExecuteSqlRawAsync(sql, Ct))).Message.ShouldContain("only ever added to");

            (await db.Database.ExecuteSqlRawAsync("UPDATE audit SET person_id = 0, nonce = ''", Ct)).ShouldBe(1, "who is forgotten is forgotten here too");
        }
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("UPDATE audit SET act = 'announce.send' WHERE id = 2", 2L)]
    [InlineData("UPDATE audit SET person_id = person_id + 1 WHERE id = 1", 1L)]
    [InlineData("DELETE FROM audit WHERE id = 2", 3L)]
    [InlineData("DELETE FROM audit WHERE id = 3", 0L)]
    public async Task Whoever_gets_round_the_guard_is_found_out_by_the_seals(string sql, long brokenAt)
    {
        await using var network = await TestNetwork.StartAsync();
        await AppointedAsync(network);
        await using var db = network.Read();
        if (db.Database.IsNpgsql()) sql = $"ALTER TABLE audit DISABLE TRIGGER ALL; {sql}; ALTER TABLE audit ENABLE TRIGGER ALL";
        await db.Database.ExecuteSqlRawAsync(sql, Ct);

        (await AuditTrail.BrokenAtAsync(db, Ct)).ShouldBe(brokenAt);
    }

    [Fact]
    public async Task Of_a_forgotten_coordinator_the_lines_stay_and_hold_but_say_no_more_whose_they_were()
    {
        await using var network = await TestNetwork.StartAsync();
        var (_, jan) = await AppointedAsync(network);
        var id = await jan.PersonIdAsync();
        await jan.Types("/forget");
        await jan.Presses("Dalej");
        await jan.Presses("Usuń wszystko teraz");
        await network.SettleAsync();

        await using var db = network.Read();
        (await db.Audit.CountAsync(Ct)).ShouldBe(3);
        (await db.Audit.CountAsync(line => line.PersonId == id, Ct)).ShouldBe(0);
        (await db.Audit.CountAsync(line => line.PersonId == 0 && line.Nonce == "", Ct)).ShouldBe(2);
        (await AuditTrail.BrokenAtAsync(db, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_coordinator_reads_who_did_what_and_takes_the_whole_log_out_as_a_table()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, _) = await AppointedAsync(network, "=Jan");

        await rasa.Types("/audit");
        rasa.Sees("Rasa · paskirtas koordinatorius");
        rasa.Sees("=Jan · neleista: koordinatorių sąrašas");
        rasa.Sees("=Jan · neleista: veiksmų žurnalas");
        await rasa.Presses("Visas žurnalas faile");

        rasa.Sees("Visas žurnalas: 3 įrašai. Visi įrašai tokie, kokie buvo įrašyti.");
        var file = network.Channel.Sent.Last(sent => sent.Message.File is not null).Message.File!;
        var lines = Encoding.UTF8.GetString(file.Content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[1].ShouldContain("\"'=Jan\",\"denied:coordinators\"");
        lines[3].ShouldContain("\"Rasa\",\"coordinator.appoint\"");
        (await network.ActsAsync())[^1].ShouldBe("audit.file");
    }

    [Fact]
    public async Task Somebody_else_cannot_read_it_and_a_coordinator_finds_the_own_acts_in_the_own_data()
    {
        await using var network = await TestNetwork.StartAsync();
        var (rasa, _) = await AppointedAsync(network);
        var ona = await network.MemberAsync("Ona");
        await ona.Types("/audit");
        ona.Sees("Žurnalą skaito tik tinklo koordinatoriai");

        await rasa.Types("/mydata");
        var file = Encoding.UTF8.GetString(network.Channel.Sent.Last(sent => sent.Message.File is not null).Message.File!.Content);
        file.ShouldContain("coordinator.appoint");
        file.ShouldNotContain("denied:audit");
    }

    /// <summary>Jan tries twice what he may not; then Rasa makes him a coordinator.</summary>
    private static async Task<(ScriptedMember Rasa, ScriptedMember Jan)> AppointedAsync(TestNetwork network, string name = "Jan")
    {
        var rasa = await network.MemberAsync("Rasa");
        await network.AppointAsync(rasa, "LT");
        var jan = await network.MemberAsync(name, side: "PL");
        await jan.Types("/coordinators");
        await jan.Types("/audit");
        await rasa.Types("/coordinators");
        await rasa.Presses("Paskirti");
        await rasa.Types("jan");
        await rasa.Presses(name);
        await rasa.Presses("Lenkija");
        return (rasa, jan);
    }
}
