using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Members;

public partial class PersonalDataTests
{
    [Fact]
    public async Task Every_column_that_names_a_person_is_in_the_map()
    {
        await using var network = await TestNetwork.StartAsync();
        await using var db = network.Read();
        var named = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => PersonName().IsMatch(property.Name)).ToList();
        var mapped = PersonalData.Columns(db.Model).Select(column => column.Person).ToHashSet();

        named.Count.ShouldBeGreaterThan(8);
        named.Where(property => !mapped.Contains(property)).Select(property => $"{property.DeclaringType.Name}.{property.Name} lacks HasPerson").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_file_holds_a_row_of_every_table_that_concerns_the_person_and_nobody_elses()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Canary Ona", language: "en", organisation: "Canary kindergarten", about: "canary-about");
        await network.MemberAsync("Other Rasa", about: "other-about");
        var tables = await FillEveryTableAsync(network, await ona.PersonIdAsync());

        await ona.Types("/mydata");

        network.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ShouldBeEmpty();
        ona.Sees("my-data.json");
        var file = Encoding.UTF8.GetString(network.Channel.Sent.Last(envelope => envelope.Message.File is not null).Message.File!.Content);
        var stored = JsonNode.Parse(file)!["stored"]!.AsObject();
        foreach (var table in tables) stored[table]!.AsArray().Count.ShouldBeGreaterThan(0, table);
        file.ShouldContain("Canary Ona");
        file.ShouldContain("canary-about");
        file.ShouldContain("Canary kindergarten");
        file.ShouldContain("canary.ona@example.org");
        file.ShouldNotContain("other-about");
    }

    [Fact]
    public async Task The_file_holds_the_lines_that_a_channel_keeps_of_the_person()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var id = await ona.PersonIdAsync();
        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None))
        {
            work.Db.Conversations.Add(new Conversation { Channel = "webchat", Address = "web-ona", SenderId = "web-ona", Language = "en", PersonId = id });
            foreach (var (address, text) in new[] { ("web-ona", "canary line"), ("web-rasa", "other line") })
            {
                work.Db.WebChatActivities.Add(new WebChatActivity
                {
                    Address = address, ActivityId = address, Json = new JsonObject { ["text"] = text }.ToJsonString(), File = [1, 2, 3], CreatedAt = network.Clock.GetUtcNow(),
                });
            }
            await work.CommitAsync(CancellationToken.None);
        }

        await ona.Types("/mydata");

        var file = Encoding.UTF8.GetString(network.Channel.Sent.Last(envelope => envelope.Message.File is not null).Message.File!.Content);
        var line = JsonNode.Parse(file)!["stored"]!["webchat_activity"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)line["json"]).ShouldBe("""{"text":"canary line"}""");
        line.AsObject().ShouldNotContainKey("file");
    }

    [Fact]
    public async Task After_forget_no_table_names_the_person_and_no_word_is_left_in_any_file_or_log()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Zqvonamė Petraitė", language: "en", contact: "zqvcontact@example.org", about: "zqvabout words");
        var rasa = await network.MemberAsync("Rasa", about: "stays as it is");
        var id = await ona.PersonIdAsync();
        await FillEveryTableAsync(network, id);
        await ona.Types("/profile");
        await ona.Presses("About me");
        await ona.Types("zqvchanged words");
        await ona.Types("zqvtyped at random");

        await ona.Types("/forget");
        await ona.Presses("Go on");
        await ona.Presses("Delete everything now");

        ona.Sees("Everything about you has been deleted.");
        network.Channel.Forgotten.ShouldContain(ona.Address);
        await using (var db = network.Read())
        {
            (await db.Conversations.Where(c => c.PersonId == id).CountAsync()).ShouldBe(0);
            (await db.Consents.CountAsync(line => line.MemberId == 0)).ShouldBeGreaterThan(0);
            (await db.Members.SingleAsync()).About.ShouldBe("stays as it is");
            (await db.Outbox.CountAsync(entry => entry.ConversationId == id)).ShouldBe(0);
        }
        (await TablesNamingAsync(network, id)).ShouldBeEmpty();
        // The purge begins when the last word to her is recorded.
        for (var tries = 0; tries < 200 && await RemainsAsync() is not []; tries++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        (await RemainsAsync()).ShouldBeEmpty();
        network.Log.Lines.Count.ShouldBeGreaterThan(0);
        network.Log.Lines.Where(line => line.Contains("zqv", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        await rasa.Types("/profile");
        rasa.Sees("stays as it is");

        async Task<List<string>> RemainsAsync() =>
            [.. (await network.Database.RemainsAsync()).Where(remains => remains.Contains("zqv", StringComparison.OrdinalIgnoreCase))];
    }

    [Fact]
    public async Task A_half_finished_enrolment_is_forgotten_too_and_the_way_back_begins_anew()
    {
        await using var network = await TestNetwork.StartAsync();
        var person = network.Person("Ona");
        var enrolling = new Enrolling(network, person, "en");
        await enrolling.ToNameAsync();
        await person.Types("Zqvonamė Petraitė");

        await person.Types("/forget");
        await person.Presses("Go on");
        await person.Presses("Delete everything now");
        person.DoesNotSee("On which side of the border");
        await using (var db = network.Read()) (await db.Conversations.CountAsync()).ShouldBe(0);

        await person.Types("/start");
        person.Sees("Which language shall we speak?");
        person.DoesNotSee("Let us go on");
    }

    [Fact]
    public async Task A_second_thought_keeps_everything()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");

        await ona.Types("/forget");
        await ona.Presses("Go on");
        await ona.Presses("Keep my data");

        ona.Sees("Nothing was deleted.");
        await using var db = network.Read();
        (await db.Members.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Joined_chats_get_a_last_word_and_go_too_even_one_that_cannot_be_reached()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var web = network.Person("Ona on the web", "lt");
        var blocked = network.Person("Ona elsewhere", "lt");
        await web.Types("/start");
        await blocked.Types("/start");
        await blocked.Sends(ActivityKind.Left);
        var id = await ona.PersonIdAsync();
        await ExecuteAsync(network, "UPDATE conversation SET person_id = @1", id);
        network.Channel.FailNext(new SendResult.Unreachable("blocked"), blocked.Address);

        await ona.Types("/forget");
        await ona.Presses("Go on");
        await ona.Presses("Delete everything now");

        web.Sees("viskas apie Jus ištrinta");
        await using var db = network.Read();
        (await db.Conversations.CountAsync()).ShouldBe(0);
        network.Channel.Forgotten.ShouldBe([ona.Address, web.Address, blocked.Address], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_waits_for_the_answer_of_someone_forgotten_is_told_that_none_will_come()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        var jan = await network.MemberAsync("Jan", side: "PL", language: "en");
        await using (var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None))
        {
            var (asker, asked) = (await jan.PersonIdAsync(), await ona.PersonIdAsync());
            work.Db.Introductions.Add(new Introduction { AskerId = asker, AskedId = asked, YesBy = asker, Pair = $"{asked}-{asker}", LineLanguage = "en", AskedAt = network.Clock.GetUtcNow() });
            await work.CommitAsync(CancellationToken.None);
        }

        await ona.Types("/forget");
        await ona.Presses("Go on");
        await ona.Presses("Delete everything now");

        jan.Sees("has not answered, so we have closed the question");
        await using var db = network.Read();
        (await db.Introductions.CountAsync()).ShouldBe(0);
    }

    /// <summary>Puts the person into every table of the map by plain SQL, whatever the table is about.</summary>
    private static async Task<IReadOnlyList<string>> FillEveryTableAsync(TestNetwork network, long personId)
    {
        await using var db = network.Read();
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync(db is SqliteNetworkDb ? "PRAGMA foreign_keys=OFF" : "SET session_replication_role = replica");
        var personal = PersonalData.Columns(db.Model).Where(column => column.Channel is null).Select(column => column.Entity).Distinct().ToList();
        var parents = personal.SelectMany(entity => entity.GetForeignKeys()).Select(key => key.PrincipalEntityType).Distinct();
        foreach (var entity in personal.Union(parents))
        {
            var table = entity.GetTableName()!;
            if (table is "member" or "conversation") continue;
            var people = PersonalData.Columns(db.Model).Where(column => column.Entity == entity).Select(column => column.Person).ToHashSet();
            var columns = entity.GetFlattenedProperties().Where(property => property.ValueGenerated == Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never).ToList();
            var values = columns.Select(property => people.Contains(property) ? personId.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : property.IsNullable ? "NULL" : Value(property));
            var sql = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(property => '"' + property.GetColumnName() + '"'))}) VALUES ({string.Join(", ", values)}) ON CONFLICT DO NOTHING";
            await db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }
        return [.. personal.Select(entity => entity.GetTableName()!)];
    }

    private static string Value(Microsoft.EntityFrameworkCore.Metadata.IProperty property) => property switch
    {
        _ when property.GetColumnType().EndsWith("[]", StringComparison.Ordinal) => "'{}'",
        _ when property.ClrType == typeof(bool) => "TRUE",
        _ when ProviderType(property) == typeof(string) || property.ClrType == typeof(DateOnly) => Words(property),
        _ => "1",
    };

    private static Type ProviderType(Microsoft.EntityFrameworkCore.Metadata.IProperty property) =>
        property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;

    private static string Words(Microsoft.EntityFrameworkCore.Metadata.IProperty property) =>
        property.ClrType == typeof(DateOnly) ? "'2026-10-05'" : property.ClrType.IsEnum ? $"'{Enum.GetNames(property.ClrType)[0]}'" : property.ClrType == typeof(string) ? "'x'" : property.ClrType.IsGenericType && property.ClrType.GetGenericTypeDefinition() == typeof(List<>) ? "'[]'" : "'{}'";

    private static async Task<IReadOnlyList<string>> TablesNamingAsync(TestNetwork network, long personId)
    {
        await using var db = network.Read();
        var found = new List<string>();
        foreach (var column in PersonalData.Columns(db.Model).Where(column => column.Channel is null))
        {
            var sql = $"SELECT count(*) AS \"Value\" FROM \"{column.Entity.GetTableName()}\" WHERE \"{column.Person.GetColumnName()}\" = {personId}";
            if (await db.Database.SqlQueryRaw<long>(sql).SingleAsync() > 0) found.Add($"{column.Entity.GetTableName()}.{column.Person.GetColumnName()}");
        }
        return found;
    }

    private static async Task ExecuteAsync(TestNetwork network, string sql, long id)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        work.Execute(sql, id);
        await work.CommitAsync(CancellationToken.None);
    }

    [GeneratedRegex("(Member|Person|Asker|Asked|Author)Id$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PersonName();
}
