using CrossBorderNetwork.Cooperations;
using CrossBorderNetwork.Introductions;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Introductions;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using SkiaSharp;

namespace CrossBorderNetwork.Tests.Cooperations;

public class FunnelTests
{
    [Fact]
    public async Task A_coordinator_sees_it_as_a_picture_with_the_same_in_words()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network);
        var (ona, jan) = await network.IntroducedAsync();
        foreach (var _ in Enumerable.Range(0, 6)) await network.IntroduceAsync();
        foreach (var _ in Enumerable.Range(0, 5)) await network.IntroduceAsync(isAccepted: false);
        await network.RunJobAsync("funnel");

        await rasa.Types("/funnel");

        rasa.Sees("Kuo virto pažintys: mėnesiai, 2025-11 – 2026-10");
        rasa.Sees("• Iš viso: supažindinta – 12, abi pusės sutiko – 7\n");
        using var picture = SKBitmap.Decode(Files(network, "image/png").Single().Content);
        (picture.Width, picture.Height).ShouldBe((1000, 502));
        IsReadableInGrey(picture).ShouldBeTrue();
    }

    [Fact]
    public async Task Each_introduction_counts_once_at_each_stage_that_it_reaches()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await network.RunJobAsync("funnel");
        await network.RunJobAsync("funnel");
        await network.FollowUpAfterAsync(7);
        await ona.Presses("Taip");
        await ona.Presses("Vizitas");
        await jan.Presses("Tak");
        await jan.Presses("Wizyta");
        await network.RunJobAsync("funnel");

        foreach (var view in Enum.GetValues<FunnelView>())
        {
            await using var db = network.Read();
            var counts = await db.FunnelCounts.Where(c => c.View == view).ToListAsync();
            // Two municipalities and two roles of one introduction, each under its own word.
            counts.Select(c => c.Value).Distinct().Count().ShouldBe(view is FunnelView.Role or FunnelView.Municipality ? 2 : 1);
            counts.ShouldAllBe(c => c.Count == 1 && c.Month == "2026-10" && c.Stage <= FunnelStage.Cooperating);
        }
    }

    [Fact]
    public async Task Counts_stay_when_members_are_forgotten()
    {
        await using var network = await TestNetwork.StartAsync();
        var (_, jan) = await network.IntroducedAsync();
        // Not counted by the job yet: forgetting counts first.
        await jan.Types("/forget");
        await jan.Presses("Dalej");
        await jan.Presses("Usuń wszystko teraz");
        await network.RunJobAsync("funnel");

        await using var db = network.Read();
        (await db.Introductions.CountAsync()).ShouldBe(0);
        (await db.FunnelCounts.Where(c => c.View == FunnelView.Month).OrderBy(c => c.Stage).Select(c => c.Count).ToListAsync()).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Small_groups_are_shown_neither_in_the_chat_nor_in_the_workbook()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network);
        foreach (var _ in Enumerable.Range(0, 6)) await network.IntroduceAsync(municipality: "LT06");
        foreach (var _ in Enumerable.Range(0, 4)) await network.IntroduceAsync(askerRole: "official", municipality: "LT06");
        await network.IntroduceAsync(askerRole: "parent", municipality: "LT02");
        await network.RunJobAsync("funnel");

        await rasa.Types("/funnel");
        await rasa.Presses("Pagal vaidmenį");
        rasa.Sees("2 grupės per mažos, kad būtų rodomos.");
        rasa.DoesNotSee("supažindinta – 4");
        await rasa.Presses("„Excel“ failas");

        var file = Files(network, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").Single();
        file.Name.ShouldBe("funnel-2026-10.xlsx");
        using var content = new MemoryStream(file.Content);
        var sheets = content.GetSheetNames();
        sheets.ShouldBe(["mėnesiai", "kas pradėjo", "vaidmenys", "savivaldybės"]);
        var rows = sheets.SelectMany(sheet => content.Query(useHeaderRow: false, sheetName: sheet).Cast<IDictionary<string, object?>>()).ToList();
        rows.SelectMany(row => row.Values).OfType<double>().ShouldAllBe(count => count >= 5);
        rows.SelectMany(row => row.Values).OfType<double>().ShouldContain(11);
    }

    [Fact]
    public async Task Nobody_else_sees_it_and_each_look_is_noted()
    {
        await using var network = await TestNetwork.StartAsync();
        var rasa = await CoordinatorAsync(network);
        var jan = await network.JanAsync();
        await jan.Types("/funnel");
        jan.Sees("Mogą to zobaczyć tylko koordynatorzy.");
        await rasa.Types("/funnel");
        rasa.Sees("Skaičiai rodomi nuo penkių.");

        await using var db = network.Read();
        (await db.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Act).ToListAsync()).ShouldBe(["denied:funnel.show", "funnel.show"]);
    }

    private static async Task<ScriptedMember> CoordinatorAsync(TestNetwork network)
    {
        var rasa = await network.MemberAsync("Rasa Rimkutė", role: "official", mayBeFound: false);
        await network.AppointAsync(rasa, "LT");
        return rasa;
    }

    private static List<FileContent> Files(TestNetwork network, string mediaType) =>
        [.. network.Channel.Sent.Select(sent => sent.Message.File).OfType<FileContent>().Where(file => file.MediaType == mediaType)];

    /// <summary>Dark bars and light ground stay far apart without colour.</summary>
    private static bool IsReadableInGrey(SKBitmap picture)
    {
        var brightness = picture.Pixels.Select(pixel => (0.299 * pixel.Red) + (0.587 * pixel.Green) + (0.114 * pixel.Blue)).ToList();
        return brightness.Count(value => value < 60) > 1000 && brightness.Count(value => value > 240) > 100_000;
    }
}
