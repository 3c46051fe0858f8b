using CrossBorderNetwork.Rounds;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CrossBorderNetwork.Tests.Rounds;

/// <summary>Two pairs and one left out: Ona and Jan, Ieva and Ewa share topics; Iga is one too many.</summary>
public class ReviewTests
{
    private static readonly Dictionary<string, string> Polish = new() { ["pl"] = "works" };
    private static readonly Dictionary<string, string> Both = new() { ["lt"] = "works", ["pl"] = "converses" };

    [Fact]
    public async Task A_coordinator_exchanges_partners_and_reads_before_what_it_costs()
    {
        await using var network = await StartAsync();
        var rasa = await network.CoordinatorAsync();
        await network.MatchAsync();
        var before = await ValueAsync(network);

        await OpensAsync(rasa, "Ona Petraitė – Jan Kowalski");
        await rasa.Presses("Somebody else for Ona Petraitė");
        rasa.Sees("Ewa Nowak (−");
        await rasa.Presses("Ewa Nowak");
        rasa.Sees("✗ Ona Petraitė – Jan Kowalski");
        rasa.Sees("✓ Ona Petraitė – Ewa Nowak");
        rasa.Sees("✓ Ieva Rimkutė – Jan Kowalski");
        await rasa.Presses("Yes");
        rasa.Sees("Done.");
        rasa.Sees("2 pairs among 5 members");

        (await ValueAsync(network)).ShouldBeLessThan(before);
        (await PairsAsync(network)).ShouldBe(["Ieva Rimkutė – Jan Kowalski", "Ona Petraitė – Ewa Nowak"]);
        await using var db = network.Read();
        (await db.Set<CrossBorderNetwork.Members.AuditEntry>().Select(entry => entry.Act).ToListAsync())
            .ShouldBe(["round.remove-pair", "round.remove-pair", "round.add-pair", "round.add-pair"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_coordinator_takes_a_pair_apart_and_gives_one_left_out_the_place()
    {
        await using var network = await StartAsync();
        var rasa = await network.CoordinatorAsync();
        await network.MatchAsync();

        await OpensAsync(rasa, "Ona Petraitė – Jan Kowalski");
        await rasa.Presses("Take this pair apart");
        rasa.Sees("The round loses");
        await rasa.Presses("Yes");
        rasa.Sees("Without a partner: 3");
        await rasa.Presses("Without a partner");
        rasa.Sees("Iga Mazur");
        await rasa.Presses("Iga Mazur");
        await rasa.Presses("Ona Petraitė (+");
        await rasa.Presses("Yes");

        (await PairsAsync(network)).ShouldBe(["Ieva Rimkutė – Ewa Nowak", "Ona Petraitė – Iga Mazur"]);
        await network.SendsAsync(rasa);
        (await network.IntroductionsAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_is_found_by_name()
    {
        await using var network = await StartAsync();
        var rasa = await network.CoordinatorAsync();
        await network.MatchAsync();

        await rasa.Types("/round");
        await rasa.Presses("Find somebody");
        await rasa.Types("rimk");
        await rasa.Presses("Ieva Rimkutė");

        rasa.Sees("Ieva Rimkutė – Ewa Nowak");
    }

    [Fact]
    public async Task The_workbook_has_the_pairs_those_left_out_and_no_formula()
    {
        await using var network = await StartAsync();
        await network.MemberAsync("=HYPERLINK(\"http://evil\")", "PL", languages: Polish);
        var rasa = await network.CoordinatorAsync();
        await network.MatchAsync();

        await rasa.Types("/round");
        await rasa.Presses("As a table");
        rasa.Sees("round-2026-10.xlsx");

        var content = network.Channel.Sent.Last(envelope => envelope.Message.File is not null).Message.File!.Content;
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(content));
        var cells = System.Net.WebUtility.HtmlDecode(string.Concat(archive.Entries.Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        })));
        cells.ShouldContain("Ona Petraitė");
        cells.ShouldContain("Iga Mazur");
        cells.ShouldContain("'=HYPERLINK");
        cells.ShouldNotContain("<x:f>");
        cells.ShouldNotContain("<f>");
        cells.ShouldNotContain("@example.org");
    }

    [Fact]
    public async Task A_second_coordinator_sees_the_same_and_who_comes_late_changes_nothing()
    {
        await using var network = await StartAsync();
        var rasa = await network.CoordinatorAsync();
        var anna = await network.MemberAsync("Anna Koordynator", "PL", language: "en", mayBeFound: false);
        await network.AppointAsync(anna, "PL");
        await network.MatchAsync();
        anna.Sees("waits for your look");
        await OpensAsync(anna, "Ona Petraitė – Jan Kowalski");
        await anna.Presses("Take this pair apart");

        await network.SendsAsync(rasa);
        await anna.Presses("Yes");

        anna.Sees("That is no longer so");
        (await PairsAsync(network)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_but_coordinators_gets_in()
    {
        await using var network = await StartAsync();
        var kate = await network.MemberAsync("Kate", language: "en");
        await network.MatchAsync();

        await kate.Types("/round");

        kate.Sees("for coordinators only");
        await using var db = network.Read();
        (await db.Set<CrossBorderNetwork.Members.AuditEntry>().Select(entry => entry.Act).ToListAsync()).ShouldBe(["denied:round"]);
    }

    private static async Task<TestNetwork> StartAsync()
    {
        var network = await TestNetwork.StartAsync();
        await network.MemberAsync("Ona Petraitė", languages: Both, topics: ["music", "outdoor"]);
        await network.MemberAsync("Ieva Rimkutė", languages: Both, topics: ["reading", "steam"]);
        await network.MemberAsync("Jan Kowalski", "PL", languages: Polish, topics: ["music", "outdoor"]);
        await network.MemberAsync("Ewa Nowak", "PL", languages: Polish, topics: ["reading", "steam"]);
        await network.MemberAsync("Iga Mazur", "PL", languages: Polish, topics: ["folklore"]);
        return network;
    }

    private static async Task OpensAsync(ScriptedMember coordinator, string pair)
    {
        await coordinator.Types("/round");
        await coordinator.Presses("The pairs");
        await coordinator.Presses(pair);
    }

    private static async Task<double> ValueAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return await db.RoundPairs.SumAsync(pair => pair.Score);
    }

    private static async Task<List<string>> PairsAsync(TestNetwork network)
    {
        await using var db = network.Read();
        var names = await db.Set<CrossBorderNetwork.Members.Member>().ToDictionaryAsync(member => member.Id, member => member.Name);
        return [.. (await db.RoundPairs.ToListAsync()).Select(pair => $"{names[pair.LithuanianId]} – {names[pair.PolishId]}").Order(StringComparer.Ordinal)];
    }
}
