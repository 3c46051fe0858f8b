using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.Texts;

public sealed class FoldingTests
{
    private static readonly DialogContent Content = DialogContent.Load(TestFolders.Dialogs);

    [Theory]
    [InlineData("Suwałki", "suwalki")]
    [InlineData("Žiežmariai", "ziezmariai")]
    [InlineData("  Łomża – Śródmieście! ", "lomza srodmiescie")]
    [InlineData("Šv. Onos", "sv onos")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("👨‍👩‍👧", "")]
    [InlineData("", "")]
    public void Case_accents_and_punctuation_do_not_count(string text, string folded) => Folding.Fold(text).ShouldBe(folded);

    [Theory]
    [InlineData("birstonas", "Birštono savivaldybė")]
    [InlineData("Birštonas", "Birštono savivaldybė")]
    [InlineData("Birsztany", "Birštono savivaldybė")]
    [InlineData("birštnoas", "Birštono savivaldybė")]
    [InlineData("marjampole", "Marijampolės savivaldybė")]
    [InlineData("Mariampol", "Marijampolės savivaldybė")]
    [InlineData("druskieniki", "Druskininkų savivaldybė")]
    public void A_municipality_is_found_however_people_spell_it(string typed, string label)
    {
        var found = Content.Lists["municipalities"].Search(typed, _ => true, 6);

        found[0].Label("lt").ShouldBe(label);
    }

    [Theory]
    [InlineData("suwalki")]
    [InlineData("Suwałki")]
    [InlineData("suwałk")]
    [InlineData("Suvalkai")]
    public void Suwalki_is_the_town_or_the_commune_and_nothing_else(string typed)
    {
        var found = Content.Lists["municipalities"].Search(typed, _ => true, 6);

        found.ShouldNotBeEmpty();
        found.ShouldAllBe(item => item.Label("pl").Contains("Suwałki"));
    }

    [Fact]
    public void A_typing_slip_is_only_assumed_where_nothing_fits_without_one()
    {
        var colours = new ControlledList("colours", [Item("green", "Green"), Item("greek", "Greek"), Item("grey", "Grey")], lowersInside: false);

        colours.Search("green", _ => true, 6).ShouldHaveSingleItem().Key.ShouldBe("green");
        colours.Search("gren", _ => true, 6).ShouldBeEmpty();
        colours.Search("greem", _ => true, 6).Select(item => item.Key).ShouldBe(["green", "greek"]);
    }

    [Fact]
    public void Every_municipality_is_found_by_its_own_names()
    {
        var list = Content.Lists["municipalities"];
        foreach (var item in list.Items)
        {
            foreach (var name in item.Attributes["names"].Split(';', StringSplitOptions.TrimEntries).Concat(item.Labels.Values))
                list.Search(name, _ => true, 20).ShouldContain(item, $"“{name}” does not find {item.Key}");
        }
    }

    private static ListItem Item(string key, string label) => new(key, new Dictionary<string, string> { ["en"] = label, ["lt"] = label, ["pl"] = label }, new Dictionary<string, string>());
}
