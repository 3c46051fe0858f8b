using System.Net;
using System.Net.Sockets;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Operations;

/// <summary>Each fault that an operator may have is made once, and the doctor names it, alone, with its remedy.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task A_sound_network_is_called_sound_before_its_first_start_while_it_runs_and_after()
    {
        var empty = TestFolders.Create();
        var first = await ServerVerb.RunAsync(empty, "doctor");
        first.ExitCode.ShouldBe(0, first.Output);
        first.Output.ShouldContain("made at the first start");
        Directory.GetFileSystemEntries(empty).ShouldBeEmpty();

        await using var network = await OperatedNetwork.StartAsync();
        var running = await network.RunAsync("doctor");
        running.ExitCode.ShouldBe(0, running.Output);
        foreach (var topic in new[] { "settings", "dialogs", "token", "clock", "time zones", "font", "folder", "database", "schema", "network", "backlog", "backup" })
            running.Lines.ShouldContain(line => line.StartsWith("ok     " + topic, StringComparison.Ordinal), running.Output);
        running.Output.ShouldContain("@" + network.Api.Options.BotUsername);
        running.Output.ShouldNotContain(network.Api.Token);
        (await network.Server.StopAsync()).ShouldBe(0);

        (await network.RunAsync("doctor")).ExitCode.ShouldBe(0);
        // A doctor who leaves files behind as another user would lock the server out of its own database.
        Directory.GetFiles(network.Data, "network.db-*").ShouldBeEmpty();
        Directory.Delete(empty, recursive: true);
    }

    [Fact]
    public async Task Every_fault_is_named_in_one_line_with_its_remedy()
    {
        await using var network = await OperatedNetwork.StartAsync();
        (await network.Server.StopAsync()).ShouldBe(0);
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nobody = "http://" + closed.LocalEndpoint;
        closed.Stop();
        var noZones = Directory.CreateDirectory(Path.Combine(network.Server.Folder, "no-zones")).FullName;
        var file = Path.Combine(network.Server.Folder, "a-file");
        await File.WriteAllTextAsync(file, "");

        await ShouldSayAsync(network, "settings", "Delivery:Window must be a whole number", ("Delivery__Window", "many"));
        await ShouldSayAsync(network, "token", "@BotFather", ("Telegram__Token", "4200000001:some-other-bots-old-token"));
        await ShouldSayAsync(network, "token", "check the firewall", ("Telegram__ApiBaseUrl", nobody));
        await ShouldSayAsync(network, "token", "name is not known", ("Telegram__ApiBaseUrl", "https://no-such-host.invalid"));
        await ShouldSayAsync(network, "time zones", "Install the package tzdata", ("TZDIR", noZones));
        await ShouldSayAsync(network, "folder", "change Backup:Folder", ("Backup__Folder", Path.Combine(file, "backups")));

        await network.Server.SqlAsync("INSERT INTO inbox (channel, external_id, payload, state, attempts, received_at) VALUES ('telegram', 'x', '{}', 0, 1, @at)", ("@at", OperatedNetwork.Now() - 3_600_000));
        await ShouldSayAsync(network, "backlog", "Is the server running?");
        await network.Server.SqlAsync("UPDATE inbox SET state = 1, received_at = @at WHERE external_id = 'x'", ("@at", OperatedNetwork.Now() + 3_600_000));
        await ShouldSayAsync(network, "clock", "timedatectl");
        await network.Server.SqlAsync("DELETE FROM inbox WHERE external_id = 'x'");

        // A real network of some days without a backup.
        await network.Server.SqlAsync("DELETE FROM network_state WHERE key = 'demo'");
        Directory.CreateDirectory(Path.Combine(network.Data, "backups"));
        await File.WriteAllTextAsync(Path.Combine(network.Data, "backups", "network-2020-01-01.db"), "");
        await ShouldSayAsync(network, "backup", "newest in data/backups is 2020-01-01");
        Directory.Delete(Path.Combine(network.Data, "backups"), recursive: true);

        await network.Server.SqlAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Future', '99.0')");
        await ShouldSayAsync(network, "schema", "made by a newer version");
        await network.Server.SqlAsync("DELETE FROM \"__EFMigrationsHistory\"");
        await ShouldSayAsync(network, "schema", "pending");

        await File.WriteAllTextAsync(network.Server.DatabaseFile, "This was the database once, and is it no more.");
        await ShouldSayAsync(network, "database", "restore the last backup");
    }

    private static async Task ShouldSayAsync(OperatedNetwork network, string topic, string words, params (string Name, string Value)[] settings)
    {
        var result = await ServerVerb.RunAsync(network.Server.Folder, ServerProcess.BotOf(network.Api).Concat(settings), "doctor");
        result.ExitCode.ShouldBe(1, result.Output);
        var faults = result.Lines.Where(line => line.StartsWith("FAULT", StringComparison.Ordinal)).ToList();
        faults.Count.ShouldBe(1, result.Output);
        faults[0].ShouldStartWith("FAULT  " + topic);
        faults[0].ShouldContain(words);
        result.Output.ShouldNotContain(network.Api.Token);
        result.Output.ShouldNotContain("   at ");
    }
}
