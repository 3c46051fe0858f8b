using System.Globalization;
using CrossBorderNetwork.Backups;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Operations;

public sealed class DailyBackupTests
{
    [Fact]
    public async Task A_day_has_one_backup_and_after_two_weeks_it_goes()
    {
        await using var network = await TestNetwork.StartAsync();
        await network.MemberAsync("Ona Petraitė");
        var folder = network.Services.GetRequiredService<DailyBackups>().Folder!;

        await network.RunJobAsync("backup");
        var first = Directory.GetFiles(folder).ShouldHaveSingleItem();
        Path.GetFileName(first).ShouldBe("network-2026-10-05.db");
        var written = await File.ReadAllBytesAsync(first);
        await network.MemberAsync("Rasa");
        await network.RunJobAsync("backup");
        (await File.ReadAllBytesAsync(first)).ShouldBe(written);

        for (var day = 1; day <= 14; day++)
        {
            network.Clock.Advance(TimeSpan.FromDays(1));
            await network.RunJobAsync("backup");
        }
        Directory.GetFiles(folder).Length.ShouldBe(15);
        network.Clock.Advance(TimeSpan.FromDays(1));
        await network.RunJobAsync("backup");

        Directory.GetFiles(folder).Length.ShouldBe(15);
        File.Exists(first).ShouldBeFalse();
        DailyBackups.Newest(folder).ShouldBe(new DateOnly(2026, 10, 20));
    }

    [Fact]
    public async Task It_can_be_switched_off_and_sent_elsewhere()
    {
        var elsewhere = TestFolders.Create();
        await using var network = await TestNetwork.StartAsync(new TestNetworkOptions { Settings = new Dictionary<string, string?> { ["Backup:Folder"] = elsewhere, ["Backup:KeepDays"] = "1" } });
        await network.RunJobAsync("backup");
        Directory.GetFiles(elsewhere).ShouldHaveSingleItem();
        Directory.Delete(elsewhere, recursive: true);

        await using var without = await TestNetwork.StartAsync(new TestNetworkOptions { Settings = new Dictionary<string, string?> { ["Backup:Daily"] = "false" } });
        await without.RunJobAsync("backup");
        Directory.Exists(without.Services.GetRequiredService<DailyBackups>().Folder!).ShouldBeFalse();
    }

    [Fact]
    public async Task Before_the_tables_change_there_is_a_backup_and_the_ledger_lies_beside_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var ona = await network.MemberAsync("Ona Petraitė", language: "en");
        await ona.Types("/forget");
        await ona.Presses("Go on");
        await ona.Presses("Delete everything now");

        var file = network.Services.GetRequiredService<DailyBackups>().BeforeMigration("20270101000000_Next");

        Path.GetFileName(file)!.ShouldStartWith("before-20270101000000_Next-" + network.Clock.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "network.erased")).ShouldBeTrue();
    }
}
