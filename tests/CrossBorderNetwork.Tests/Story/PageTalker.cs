using System.Diagnostics;
using CrossBorderNetwork.TestKit;
using Microsoft.Playwright;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>A person at the web chat's page, in a real browser. The page shows the newest buttons only, and takes files only when asked for one.</summary>
internal sealed class PageTalker(IPage page, Words words) : Talker(words)
{
    private const string Bubbles = ".webchat__bubble:not(.webchat__bubble--from-user)";
    private const string Buttons = ".webchat__suggested-action";

    /// <summary>Nobody reads faster; and the page takes two presses that follow faster for one, and twenty in ten seconds for a machine's.</summary>
    private static readonly TimeSpan Reading = TimeSpan.FromMilliseconds(600);

    private int _read;

    public override string Screen => page.Locator("main").InnerTextAsync().GetAwaiter().GetResult();

    public override async Task Types(string text)
    {
        await Task.Delay(Reading);
        _read = await page.Locator(Bubbles).CountAsync();
        await page.Locator("textarea[data-id='webchat-sendbox-input']").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    public override async Task Presses(string label)
    {
        await Task.Delay(Reading);
        var button = page.Locator(Buttons, new() { HasText = label }).First;
        await button.WaitForAsync(new() { Timeout = (float)Patience.TotalMilliseconds });
        _read = await page.Locator(Bubbles).CountAsync();
        await button.ClickAsync();
    }

    public override Task PressesOld(string label) => throw new NotSupportedException("The page shows the newest buttons only.");

    public override Task SendsFile() => throw new NotSupportedException("The page takes a file only where one is asked for.");

    public override async Task<string> Sees(string fragment)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            var said = await page.Locator(Bubbles).AllInnerTextsAsync();
            // What was typed is shown literally with the help of signs that nobody sees.
            if (said.Skip(_read).Select(text => text.Replace("\u200b", "", StringComparison.Ordinal)).FirstOrDefault(text => text.Contains(fragment, StringComparison.Ordinal)) is { } found) return found;
            await Task.Delay(50);
        }
        throw new TimeoutException($"“{fragment}” did not come:\n{await page.Locator("main").InnerTextAsync()}");
    }

    public override Task SeesChosen(string label) => Sees(label);

    /// <summary>Leafs through a long list until the button is there.</summary>
    public async Task Finds(string label)
    {
        while (await page.Locator(Buttons, new() { HasText = label }).CountAsync() == 0) await Ticks(Words.Of("common", "buttons.page-next"));
    }
}
