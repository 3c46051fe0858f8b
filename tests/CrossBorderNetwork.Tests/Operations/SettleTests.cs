using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Operations;

/// <summary>After PostgreSQL has restored its own backup.</summary>
public sealed class SettleTests
{
    private static readonly ModelParts Parts = new([typeof(Conversation).Assembly, typeof(Rights).Assembly, typeof(WebChatActivity).Assembly]);

    [Fact]
    public async Task What_a_restored_database_on_PostgreSQL_was_in_the_middle_of_is_let_go_of()
    {
        var folder = TestFolders.Create();
        await using var made = await TestDatabase.CreateAsync(folder, Parts, DatabaseProvider.PostgreSql);
        (string, string)[] settings = [("Database__Provider", "PostgreSql"), ("Database__ConnectionString", made.ConnectionString), ("Database__ErasureLedger", Path.Combine(folder, "network.erased"))];
        await using (var database = new Database(made.Options, Parts))
        await using (var work = await database.BeginAsync(TestContext.Current.CancellationToken))
        {
            work.Execute("INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at) VALUES ('telegram', '1', '{}', 0, 1, 1)");
            await work.CommitAsync(TestContext.Current.CancellationToken);
        }

        var unsaid = await ServerVerb.RunAsync(folder, settings, "settle");
        unsaid.ExitCode.ShouldBe(2, unsaid.Output);
        unsaid.Output.ShouldContain("--taken");
        var wrong = await ServerVerb.RunAsync(folder, settings, "settle", "--taken", "yesterday");
        wrong.ExitCode.ShouldBe(2, wrong.Output);
        wrong.Output.ShouldContain("such as 2026-11-27T03:00Z");
        var settled = await ServerVerb.RunAsync(folder, settings, "settle", "--taken", "2026-11-27T03:00Z");

        settled.ExitCode.ShouldBe(0, settled.Output);
        settled.Output.ShouldContain("Erased again: 0 people. Not sent again: 0 messages in doubt, 0 too old. Updates set aside: 1.");
        settled.Output.ShouldNotContain("Password");
        Directory.Delete(folder, recursive: true);
    }
}
