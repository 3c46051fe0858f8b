using CrossBorderNetwork.TestKit;
using Microsoft.Playwright;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

/// <summary>The strip above the chat in a demonstration, on the server as a newcomer starts it.</summary>
public sealed class DemoPanelTests(Chromium chromium)
{
    [Theory]
    [InlineData("en-US", "This network already has members")]
    [InlineData("lt-LT", "Šiame tinkle jau yra narių")]
    [InlineData("pl-PL", "Ta sieć ma już członków")]
    public async Task Who_wants_the_demonstration_when_somebody_has_enrolled_is_told_why_there_is_none(string language, string sentence)
    {
        await using var server = await ServerProcess.StartAsync();
        var page = await chromium.NewPageAsync(language);
        await page.GotoAsync(server.Address.ToString());
        var fill = page.Locator(".panel button");
        await fill.WaitForAsync();
        await server.SqlAsync(
            """
            INSERT INTO member (id, name, contact, side, municipality, zone, role, languages, topics, offers, seeks, muted_kinds, is_bridge,
                digest_day, digest_hour, may_be_found, wants_digest, wants_announcements, joined_at, last_active_at, times_found)
            VALUES (7, 'Ona', 'ona@example.org', 'LT', 'LT06', 'Europe/Vilnius', 'teacher', '{}', '[]', '[]', '[]', '[]', 0, 'Monday', 8, 1, 1, 1, 0, 0, 0)
            """);
        await fill.ClickAsync();
        await Assertions.Expect(page.Locator(".panel")).ToContainTextAsync(sentence);
        await Assertions.Expect(page.Locator(".panel")).ToContainTextAsync("Database:ConnectionString");
        await page.GotoAsync(server.Address.ToString());
        await Assertions.Expect(page.Locator(".panel")).ToHaveCountAsync(0);
        server.Log.ShouldNotContain("unencrypted");
    }

    [Fact]
    public async Task On_a_small_screen_the_demonstration_leaves_the_chat_its_room()
    {
        await using var server = await ServerProcess.StartAsync();
        var page = await chromium.NewPageAsync("lt-LT", 320, 640);
        await page.GotoAsync(server.Address.ToString());
        await page.Locator(".panel button").ClickAsync();
        var box = page.Locator("textarea[data-id='webchat-sendbox-input']");
        await box.WaitForAsync();
        var panel = (await page.Locator(".panel").BoundingBoxAsync())!;
        panel.Height.ShouldBeLessThan(100);
        var choices = page.Locator(".panel button");
        await choices.Last.FocusAsync();
        await Assertions.Expect(choices.Last).ToBeInViewportAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "demo-320x640.png") });
    }
}
