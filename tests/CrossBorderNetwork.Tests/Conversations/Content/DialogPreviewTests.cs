using System.Xml.Linq;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.Content;

public sealed class DialogPreviewTests
{
    [Fact]
    public async Task The_preview_shows_every_sentence_in_every_language_with_its_buttons()
    {
        await using var network = await TestDialogs.StartAsync();

        var page = DialogPreview.Render(network.Content);

        page.ShouldContain("Kuo Jūs vardu?");
        page.ShouldContain("Jak się Pani lub Pan nazywa?");
        page.ShouldContain("Are <b>you</b> sure, ‹name›, Lithuania");
        page.ShouldContain("<span class=\"button\">Lenkija</span>");
        page.ShouldContain("Come along to ‹where›!");
        page.ShouldContain("Please answer “Yes” or “No”.");
    }

    [Fact]
    public async Task The_preview_needs_nothing_from_outside_and_has_no_script()
    {
        await using var network = await TestDialogs.StartAsync();

        var page = DialogPreview.Render(network.Content);

        page.ShouldNotContain("src=");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("url(http");
    }

    [Fact]
    public async Task The_diagram_of_a_dialog_has_a_box_for_each_step_and_an_arrow_for_each_way()
    {
        await using var network = await TestDialogs.StartAsync();
        var page = DialogPreview.Render(network.Content);
        var from = page.IndexOf("<svg class=\"diagram\"", page.IndexOf("id=\"trip\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var svg = XElement.Parse(page[from..(page.IndexOf("</svg>", from, StringComparison.Ordinal) + 6)]);

        var boxes = svg.Elements("g").Select(box => box.Element("text")!.Value).ToList();

        boxes.ShouldBe(["begins", "[join]", "link trip", .. network.Content.Dialogs["trip"].Steps.Keys, "end", "end"], ignoreOrder: true);
        svg.Elements("path").Count().ShouldBe(18);
        svg.Elements("text").Select(label => label.Nodes().OfType<XText>().First().Value).ShouldContain("saved");
    }

    [Fact]
    public void Faulty_content_can_be_looked_at_too()
    {
        using var mini = new MiniContent();
        mini.Change("mini/dialog.yaml", "next: many", "next: nowhere");
        mini.Change("mini/texts.lt.yaml", "told: ", "tolled: ");
        mini.Change("mini/dialog.yaml", "list: colours", "list: colors");

        DialogPreview.Render(mini.Load()).ShouldContain("missing");
    }
}
