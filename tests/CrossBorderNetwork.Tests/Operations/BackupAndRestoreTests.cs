using System.Globalization;
using System.Text;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Operations;

public sealed class BackupAndRestoreTests
{
    private const string Canary = "zqvunique";

    [Fact]
    public async Task Whoever_was_forgotten_after_a_backup_stays_forgotten_after_its_restore()
    {
        await using var network = await OperatedNetwork.StartAsync();
        var ona = network.People[4];
        await WriteCanaryAsync(network, ona);
        var backup = Path.Combine(network.Server.Folder, "before.db");

        // Taken while everybody writes: a copy of a moment, sound, and for its owner's eyes only.
        foreach (var person in network.People) person.Says("/help");
        var taken = network.RunAsync("backup", backup);
        foreach (var person in network.People) person.Says("/profile");
        (await taken).ExitCode.ShouldBe(0, (await taken).Output);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Contains(backup, Canary).ShouldBeTrue();
        var again = await network.RunAsync("backup", backup);
        again.ExitCode.ShouldBe(1);
        again.Output.ShouldContain("exists already");

        await network.SettleAsync();
        await network.ForgetAsync(ona, "lt");
        await OperatedNetwork.UntilAsync(() => Task.FromResult(FilesWith(network.Data, Canary).Count == 0));
        var besideAServer = await network.RunAsync("restore", backup, "--verify");
        besideAServer.ExitCode.ShouldBe(1);
        besideAServer.Output.ShouldContain("Stop it first");
        (await network.Server.StopAsync()).ShouldBe(0);

        var restored = await network.RunAsync("restore", backup, "--verify");

        restored.ExitCode.ShouldBe(0, restored.Output);
        restored.Output.ShouldContain("Erased again: 1 people");
        (await network.Server.SqlAsync("SELECT id FROM member")).Count.ShouldBe(OperatedNetwork.Members - 1);
        (await network.Server.SqlAsync("SELECT id FROM conversation WHERE address = @a", ("@a", Address(ona)))).ShouldBeEmpty();
        FilesWith(network.Data, Canary).ShouldBeEmpty();
        Directory.GetFiles(network.Data, "network.db.before-restore-*").ShouldNotBeEmpty();

        await OthersGetDigestsAsync(network, ona);
        FilesWith(network.Data, Canary).ShouldBeEmpty();
        network.Server.Log.ShouldNotContain(Canary);
    }

    [Fact]
    public async Task Whoever_was_forgotten_after_a_dump_of_PostgreSQL_stays_forgotten_when_it_is_restored()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        var cluster = await PostgresCluster.SharedAsync();
        var database = await cluster.CreateAsync();
        await using var network = await OperatedNetwork.StartAsync([.. cluster.SettingsFor(database), ("Database__ErasureLedger", "network.erased")]);
        var ona = network.People[4];
        await WriteCanaryAsync(network, ona);
        var backup = Path.Combine(network.Server.Folder, "before.dump");
        await cluster.RunToolAsync("pg_dump", database, "--format=custom", "--file", backup);
        var taken = TimeProvider.System.GetUtcNow();
        (await WordsAsync()).ShouldContain(Canary);
        await network.ForgetAsync(ona, "lt");
        await network.SettleAsync();
        (await network.Server.StopAsync()).ShouldBe(0);

        await cluster.RunToolAsync("pg_restore", database, "--clean", "--if-exists", backup);
        (await WordsAsync()).ShouldContain(Canary);
        var settled = await network.RunAsync("settle", "--taken", taken.ToString("O", CultureInfo.InvariantCulture));

        settled.ExitCode.ShouldBe(0, settled.Output);
        settled.Output.ShouldContain("Erased again: 1 people");
        (await WordsAsync()).ShouldNotContain(Canary);
        await OthersGetDigestsAsync(network, ona);
        (await WordsAsync()).ShouldNotContain(Canary);
        network.Server.Log.ShouldNotContain(Canary);

        async Task<string> WordsAsync()
        {
            var file = Path.Combine(network.Server.Folder, "words.sql");
            await cluster.RunToolAsync("pg_dump", database, "--file", file);
            return await File.ReadAllTextAsync(file);
        }
    }

    [Fact]
    public async Task A_backup_that_was_merely_copied_into_place_forgets_again_at_the_next_start()
    {
        await using var network = await OperatedNetwork.StartAsync();
        var jan = network.People[5];
        await WriteCanaryAsync(network, jan);
        var backup = Path.Combine(network.Server.Folder, "copy.db");
        (await network.RunAsync("backup", backup)).ExitCode.ShouldBe(0);
        await network.ForgetAsync(jan, "pl");
        // The numbers of the forgotten, and nothing else of theirs, stand beside the database.
        var ledger = await File.ReadAllTextAsync(Path.Combine(network.Data, "network.erased"));
        ledger.ShouldContain("\"number\":1");
        ledger.ShouldNotContain(Canary);
        ledger.ShouldNotContain(Address(jan));
        (await network.Server.StopAsync()).ShouldBe(0);

        File.Copy(backup, network.Server.DatabaseFile, overwrite: true);
        await network.Server.StartAsync();

        (await network.Server.SqlAsync("SELECT id FROM member")).Count.ShouldBe(OperatedNetwork.Members - 1);
        network.Server.Log.ShouldContain("1 people were erased from it again");
        FilesWith(network.Data, Canary).ShouldBeEmpty();
        // Whoever joins now may get a number that once was a forgotten person's; nobody else is erased for it.
        await network.Server.RestartAsync();
        (await network.Server.SqlAsync("SELECT id FROM member")).Count.ShouldBe(OperatedNetwork.Members - 1);
    }

    [Fact]
    public async Task What_was_due_when_the_backup_was_taken_is_not_sent_again_nor_what_is_too_old()
    {
        await using var network = await OperatedNetwork.StartAsync();
        (await network.Server.StopAsync()).ShouldBe(0);
        var now = OperatedNetwork.Now();
        var hour = (long)TimeSpan.FromHours(1).TotalMilliseconds;
        await AddToOutboxAsync(network, "on-the-wire", state: 1, due: now - hour, notAfter: now + (10 * hour));
        await AddToOutboxAsync(network, "was-due", state: 0, due: now - hour, notAfter: now + (10 * hour));
        await AddToOutboxAsync(network, "too-old", state: 0, due: now - (30 * hour), notAfter: now - (6 * hour));
        await AddToOutboxAsync(network, "due-since", state: 0, due: now - 1000, notAfter: now + (10 * hour));
        await AddToOutboxAsync(network, "to-come", state: 0, due: now + (5 * hour), notAfter: now + (10 * hour));
        await network.Server.SqlAsync("INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at) VALUES ('telegram', 'old', '{}', 0, 1, @at)", ("@at", now - hour));
        var backup = Path.Combine(network.Server.Folder, "old.db");
        (await network.RunAsync("backup", backup)).ExitCode.ShouldBe(0);
        File.SetLastWriteTimeUtc(backup, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-30));

        var restored = await network.RunAsync("restore", backup);

        restored.ExitCode.ShouldBe(0, restored.Output);
        (await StateAsync(network, "on-the-wire")).ShouldBe("6");
        (await StateAsync(network, "was-due")).ShouldBe("6");
        (await StateAsync(network, "too-old")).ShouldBe("4");
        (await StateAsync(network, "due-since")).ShouldBe("0");
        (await StateAsync(network, "to-come")).ShouldBe("0");
        (await network.Server.SqlAsync("SELECT reason FROM inbox WHERE external_id = 'old' AND payload IS NULL")).ShouldBe(["restored"]);
    }

    [Fact]
    public async Task A_backup_that_is_damaged_foreign_or_newer_is_refused_and_changes_nothing()
    {
        await using var network = await OperatedNetwork.StartAsync();
        (await network.Server.StopAsync()).ShouldBe(0);
        var folder = network.Server.Folder;
        var sound = Path.Combine(folder, "sound.db");
        (await network.RunAsync("backup", sound)).ExitCode.ShouldBe(0);
        var bytes = await File.ReadAllBytesAsync(sound);
        await File.WriteAllBytesAsync(Path.Combine(folder, "cut.db"), bytes[..(bytes.Length / 2)]);
        await File.WriteAllTextAsync(Path.Combine(folder, "letter.db"), "Dear municipality, this is no database at all.");
        File.Copy(sound, Path.Combine(folder, "newer.db"));
        await SqlFile.RunAsync(Path.Combine(folder, "newer.db"), "INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Future', '99')");
        await SqlFile.RunAsync(Path.Combine(folder, "foreign.db"), "CREATE TABLE cat (name TEXT)");
        var before = await File.ReadAllBytesAsync(network.Server.DatabaseFile);

        foreach (var (file, why) in new[] { ("cut.db", "damaged"), ("letter.db", "damaged"), ("newer.db", "newer version"), ("foreign.db", "no database of this service"), ("none.db", "does not exist") })
        {
            var refused = await network.RunAsync("restore", Path.Combine(folder, file), "--verify");
            refused.ExitCode.ShouldBe(1, file);
            refused.Output.ShouldContain(why, customMessage: file);
            refused.Lines.Count.ShouldBe(1, refused.Output);
        }
        (await network.RunAsync("restore", sound, "--dry-run")).ExitCode.ShouldBe(0);

        (await File.ReadAllBytesAsync(network.Server.DatabaseFile)).ShouldBe(before);
    }

    /// <summary>The server starts on what was restored: everybody gets a digest, and nothing reaches whoever was forgotten.</summary>
    private static async Task OthersGetDigestsAsync(OperatedNetwork network, EmulatedUser forgotten)
    {
        var before = network.Api.Truth.Effects.Count;
        await network.Server.StartAsync();
        await network.Server.SqlAsync("UPDATE member SET next_digest_at = @now", ("@now", OperatedNetwork.Now() - 1000));
        await OperatedNetwork.UntilAsync(async () => (await network.Server.SqlAsync("SELECT member_id FROM digest_sent")).Count == OperatedNetwork.Members - 1);
        await network.SettleAsync();
        var sent = network.Api.Truth.Effects.Skip(before).ToList();
        sent.Select(effect => effect.ChatId).Distinct().Count().ShouldBeGreaterThan(20);
        sent.ShouldNotContain(effect => effect.ChatId == forgotten.Id);
    }

    private static async Task WriteCanaryAsync(OperatedNetwork network, EmulatedUser person)
    {
        await network.Server.SqlAsync(
            "UPDATE member SET name = @name, about = @about, contact = @contact WHERE id = (SELECT person_id FROM conversation WHERE address = @a)",
            ("@name", Canary + "name"), ("@about", Canary + " about"), ("@contact", Canary + "@example.org"), ("@a", Address(person)));
    }

    private static async Task AddToOutboxAsync(OperatedNetwork network, string key, int state, long due, long notAfter) => await network.Server.SqlAsync(
        """
        INSERT INTO outbox (conversation_id, channel, lane, state, payload, key, attempts, created_at, due_at, not_after)
        SELECT min(id), 'telegram', 1, @state, '{"x":{"Runs":[]}}', @key, @state, @due, @due, @until FROM conversation
        """,
        ("@key", key), ("@state", state), ("@due", due), ("@until", notAfter));

    private static async Task<string> StateAsync(OperatedNetwork network, string key) => (await network.Server.SqlAsync("SELECT state FROM outbox WHERE key = @key", ("@key", key)))[0];

    private static string Address(EmulatedUser person) => person.Id.ToString(CultureInfo.InvariantCulture);

    private static List<string> FilesWith(string folder, string words) => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && Contains(file, words)).ToList();

    private static bool Contains(string file, string words)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;
    }
}
