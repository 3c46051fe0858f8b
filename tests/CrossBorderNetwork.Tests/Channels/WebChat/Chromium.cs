using System.Collections.Concurrent;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(CrossBorderNetwork.Tests.Channels.WebChat.Chromium))]

namespace CrossBorderNetwork.Tests.Channels.WebChat;

/// <summary>
/// One headless browser for all tests that look at pages. Open pages cost processor time: those of a test are closed when the next
/// test of its class asks for one.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, (string Test, List<IBrowserContext> Contexts)> _open = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page of a browser of its own: no cookies, the given language and size.</summary>
    public async Task<IPage> NewPageAsync(string language = "en-US", int width = 1280, int height = 900)
    {
        var browser = await LaunchAsync();
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            Locale = language, ViewportSize = new ViewportSize { Width = width, Height = height }, TimezoneId = "Europe/Vilnius",
        });
        context.SetDefaultTimeout(60_000);
        await CloseEarlierAsync(context);
        return await context.NewPageAsync();
    }

    private async Task CloseEarlierAsync(IBrowserContext context)
    {
        var (type, test) = (TestContext.Current.TestClass!.UniqueID, TestContext.Current.Test!.UniqueID);
        if (_open.TryGetValue(type, out var open) && open.Test == test)
        {
            open.Contexts.Add(context);
            return;
        }
        _open[type] = (test, [context]);
        foreach (var ended in open.Contexts ?? []) await ended.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        if (_browser is not null) return _browser;
        _playwright = await Playwright.CreateAsync();
        return _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
