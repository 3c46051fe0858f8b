using System.Globalization;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Channels.WebChat;
using Microsoft.Playwright;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>The walk through the demonstration that the README describes, in a browser, with the server as the README's first command starts it.</summary>
public sealed class ReadmeWalkTests(Chromium chromium)
{
    private const string Title = "Vasaros stovykla miške";

    private static readonly NewMember Newcomer = new()
    {
        Name = "Zofia Żak", Side = "PL", Town = "korycin", Role = "teacher", Organisation = "Przedszkole nr 7",
        Languages = new Dictionary<string, int> { ["pl"] = 3, ["en"] = 2 }, Topics = ["bilingual"], Contact = "zofia@example.org",
    };

    [Fact]
    public async Task A_newcomer_gets_through_it_as_written()
    {
        await using var server = await ServerProcess.StartAsync();
        var page = await chromium.NewPageAsync("en-US", 1000, 900);
        await page.GotoAsync(server.Address.ToString());

        await IntroducesOnaToAnna(page);
        await PublishesAnEvent(await BecomesAsync(page, "be.coordinator", "lt"));
        await BecomesAsync(page, "monday", "lt");
        var ona = await BecomesAsync(page, "be.member-lt", "lt");
        var digest = await ona.Sees("digest", "heading");
        digest.ShouldContain(Title);
        digest.ShouldContain("Bendrai finansuoja Europos Sąjunga");
        var newcomer = await BecomesAsync(page, "be.newcomer", "pl");
        await Newcomer.Enrols(newcomer);
        await newcomer.Presses("menu", "menu.options.partners");
        await newcomer.Sees("partners", "reason.topics");
    }

    private static async Task IntroducesOnaToAnna(IPage page)
    {
        const string line = "Norėčiau pamatyti, kaip ugdote lauke.";
        var ona = await BecomesAsync(page, "fill", "lt");
        await ona.Presses("menu", "menu.options.partners");
        (await ona.Sees("Anna Nowak")).ShouldContain(ona.Words.Of("partners", "reason.topics"));
        await ona.Presses(ona.Words.Of("partners", "card.options.introduce"), "partners", "line.ask");
        await ona.Types(line, "partners", "confirm.ask");
        await ona.Presses(ona.Words.Of("partners", "confirm.options.yes"), "partners", "asked.ask");

        var anna = await BecomesAsync(page, "be.member-pl", "pl");
        var asked = await anna.Sees("introductions", "messages.asked.text");
        asked.ShouldContain("Ona Kazlauskienė");
        asked.ShouldContain(line);
        await anna.Presses(anna.Words.Of("introductions", "messages.asked.buttons.accept"), "introductions", "messages.accepted.text");
        await anna.Sees("ona.kazlauskiene@example.org");

        await (await BecomesAsync(page, "be.member-lt", "lt")).Sees("anna.nowak@example.org");
    }

    /// <summary>In one language only, on a topic that Ona chose.</summary>
    private static async Task PublishesAnEvent(PageTalker rasa)
    {
        var words = rasa.Words;
        var skip = words.Of("common", "buttons.skip");
        await rasa.Types("/newevent", "newevent", "title-lt.ask");
        await rasa.Types(Title, "newevent", "description-lt.ask");
        await rasa.Presses(skip, "newevent", "title-pl.ask");
        await rasa.Presses(skip, "newevent", "title-en.ask");
        await rasa.Presses(skip, "newevent", "starts.ask");
        await rasa.Types(TimeProvider.System.GetUtcNow().AddDays(12).ToString("yyyy-MM-dd 17:00", CultureInfo.InvariantCulture), "newevent", "lasts.ask");
        await rasa.Presses(words.Of("newevent", "lasts.options.120"), "newevent", "venue.ask");
        await rasa.Presses(words.Of("newevent", "venue.options.online"), "newevent", "link.ask");
        await rasa.Types("https://meet.example/stovykla", "newevent", "access.ask");
        await rasa.Presses(words.Of("newevent", "access.options.public"), "newevent", "organisers-lt.ask");
        await rasa.Presses(skip, "newevent", "organisers-pl.ask");
        await rasa.Presses(skip, "newevent", "topics.ask");
        await rasa.Finds(words.Label("topics", "outdoor"));
        await rasa.Ticks(words.Label("topics", "outdoor"));
        await rasa.Presses(words.Of("common", "buttons.done"), "newevent", "capacity.ask");
        await rasa.Presses(skip, "newevent", "review-missing.ask");
        await rasa.Presses(words.Of("newevent", "review-missing.options.publish"), "newevent", "published");
    }

    /// <summary>Presses a button of the demonstration above the chat.</summary>
    private static async Task<PageTalker> BecomesAsync(IPage page, string button, string language)
    {
        var label = Stage.Content.Text("demo", button, "en", []).ToString();
        await page.EvaluateAsync("document.body.dataset.past = true");
        await page.Locator(".panel button", new() { HasText = label }).ClickAsync();
        await page.Locator("body:not([data-past]) .webchat__bubble").First.WaitForAsync();
        return new PageTalker(page, new Words(Stage.Content, language));
    }
}
