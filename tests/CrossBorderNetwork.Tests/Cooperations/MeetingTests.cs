using System.Text;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Cooperations;

public class MeetingTests
{
    [Fact]
    public async Task One_picks_the_other_confirms_and_both_get_a_calendar_file_and_a_first_message()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await jan.Presses("Zaproponuj termin rozmowy");
        jan.Sees("Ona Petraitė");
        // Thursday, Monday and Wednesday: working days of both countries, another hour each.
        jan.Buttons.ShouldContain("czw., 8.10, 09:00");
        jan.Buttons.ShouldContain("pon., 12.10, 12:30");
        jan.Buttons.ShouldContain("śr., 14.10, 14:00");
        await jan.Presses("pon., 12.10, 12:30");
        jan.Sees("Pytanie zostało wysłane: Ona Petraitė");

        ona.Sees("Jan Kowalski siūlo pusvalandžio pokalbį: 2026 m. spalio 12 d., pirmadienis, 13:30 (Lietuvos laiku; Lenkijoje 12:30)");
        await ona.Presses("Taip, tinka");

        ona.Sees("jan@przedszkole.example");
        jan.Sees("ona@darzelis.example");
        // Their shared language is Polish.
        ona.Sees("Dzień dobry! Nazywam się Ona Petraitė. Rozmawiamy: poniedziałek, 12 października 2026, 13:30 czasu litewskiego (w Polsce 12:30).");
        foreach (var file in Files(network)) file.ShouldContain("DTSTART:20261012T103000Z");
        Files(network).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_of_mind_keeps_the_earlier_time_until_the_other_agrees_and_updates_the_same_calendar_entry()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await jan.Presses("Zaproponuj termin rozmowy");
        await jan.Presses("pon., 12.10, 12:30");
        await ona.Presses("Taip, tinka");

        await ona.Presses("Keisti");
        await ona.Presses("Kitas laikas");
        await ona.Presses("Parašyti laiką");
        await ona.Types("2026-11-11 10:00");
        ona.Sees("Tą dieną Lenkijoje yra šventė.");
        jan.Sees("Ona Petraitė prosi o przełożenie rozmowy");
        jan.Sees("Do czasu zgody obowiązuje wcześniejszy termin.");
        await jan.Presses("Tak, pasuje");

        var files = Files(network);
        files.Count.ShouldBe(4);
        files[^1].ShouldContain("DTSTART:20261111T080000Z");
        files.Select(file => Line(file, "UID")).Distinct().Count().ShouldBe(1);
        Sequence(files[^1]).ShouldBeGreaterThan(Sequence(files[0]));

        await jan.Types("/meeting");
        await jan.Presses("Ona Petraitė");
        await jan.Presses("Odwołaj rozmowę");
        ona.Sees("Jan Kowalski atšaukia pokalbį");
        Files(network)[^1].ShouldContain("STATUS:CANCELLED");
        Sequence(Files(network)[^1]).ShouldBeGreaterThan(Sequence(files[^1]));
    }

    [Fact]
    public async Task An_old_button_means_the_time_that_stood_above_it()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await jan.Presses("Zaproponuj termin rozmowy");
        await jan.Presses("pon., 12.10, 12:30");
        var old = ona.Press("Taip, tinka");
        await jan.Types("/meeting");
        await jan.Presses("Ona Petraitė");
        await jan.Presses("Inny termin");
        await jan.Presses("śr., 14.10, 14:00");

        await ona.Does(old);

        ona.Sees("Tai jau pasikeitė.");
        ona.Sees("spalio 14 d., trečiadienis, 15:00");
        Files(network).ShouldBeEmpty();
        await ona.Presses("Taip, tinka");
        Files(network).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Both_who_pick_the_same_time_agree_and_a_time_that_passed_is_refused()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, jan) = await network.IntroducedAsync();
        await ona.Types("/meeting");
        await ona.Presses("Jan Kowalski");
        await jan.Types("/meeting");
        await jan.Presses("Ona Petraitė");
        var late = jan.Press("czw., 8.10, 09:00");
        await jan.Presses("pon., 12.10, 12:30");
        await ona.Presses("10-12, pr, 13:30");
        ona.Sees("Sutarta.");
        Files(network).Count.ShouldBe(2);

        await jan.Types("/meeting");
        await jan.Presses("Ona Petraitė");
        await jan.Presses("Inny termin");
        late = jan.Press("czw., 8.10, 09:00");
        network.Clock.Advance(TimeSpan.FromDays(4));
        await jan.Does(late);
        jan.Sees("Ten termin już minął.");
    }

    [Fact]
    public async Task More_times_are_offered_until_one_fits()
    {
        await using var network = await TestNetwork.StartAsync();
        var (ona, _) = await network.IntroducedAsync();
        await ona.Types("/meeting");
        await ona.Presses("Jan Kowalski");
        var first = ona.Buttons.Where(label => label.Contains(':', StringComparison.Ordinal)).ToList();

        await ona.Presses("Kiti laikai");

        var second = ona.Buttons.Where(label => label.Contains(':', StringComparison.Ordinal)).ToList();
        second.Count.ShouldBe(3);
        second.Intersect(first).ShouldBeEmpty();
    }

    private static List<string> Files(TestNetwork network) =>
        [.. network.Channel.Sent.Where(sent => sent.Message.File is { MediaType: "text/calendar" }).Select(sent => Encoding.UTF8.GetString(sent.Message.File!.Content))];

    private static string Line(string file, string name) => file.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    private static int Sequence(string file) => int.Parse(Line(file, "SEQUENCE")[9..], System.Globalization.CultureInfo.InvariantCulture);
}
