using System.Text.Json.Nodes;
using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

/// <summary>The notices that stand beside the chat, as the repository's dialogs word them.</summary>
public sealed class TextPageTests(Chromium chromium)
{
    private static readonly Lazy<DialogContent> Content = new(() => DialogContent.Load(TestFolders.Dialogs));

    [Theory]
    [InlineData("en-US", "/about", "About the network")]
    [InlineData("lt-LT", "/about", "Apie tinklą")]
    [InlineData("pl-PL", "/about", "O sieci")]
    [InlineData("en-US", "/accessibility", "Accessibility")]
    [InlineData("lt-LT", "/accessibility", "Prieinamumas")]
    [InlineData("pl-PL", "/accessibility", "Dostępność")]
    [InlineData("en-US", "/privacy", "Your data, in plain words")]
    [InlineData("lt-LT", "/privacy", "Jūsų duomenys – paprastai")]
    [InlineData("pl-PL", "/privacy", "Dane osobowe – prostymi słowami")]
    public async Task Each_notice_is_a_page_that_shuts_nobody_out(string language, string path, string heading)
    {
        await using var host = await StartAsync("mail@network.example");
        foreach (var width in new[] { 1280, 320 })
        {
            var page = await chromium.NewPageAsync(language, width);
            await page.GotoAsync(new Uri(host.Address, path).ToString());

            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await Assertions.Expect(page.GetByText("mail@network.example")).ToBeVisibleAsync();
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });
            result.Violations.Select(v => v.Id + ": " + string.Join(" | ", v.Nodes.Select(n => n.Html))).ShouldBeEmpty();
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0);
        }
    }

    [Fact]
    public async Task The_footer_leads_to_each_notice_and_the_notice_back_to_the_chat()
    {
        await using var host = await StartAsync(null);
        var page = await chromium.NewPageAsync("lt-LT");
        foreach (var (link, heading) in new[] { ("Apie tinklą", "Apie tinklą"), ("Privatumas", "Jūsų duomenys – paprastai"), ("Prieinamumas", "Prieinamumas") })
        {
            await page.GotoAsync(host.Address.ToString());
            await page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await page.GetByRole(AriaRole.Link, new() { Name = "Į pokalbį" }).ClickAsync();
            await Assertions.Expect(page.GetByPlaceholder("Parašykite žinutę")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task The_language_is_changed_on_the_page_itself()
    {
        await using var host = await StartAsync(null);
        var page = await chromium.NewPageAsync("lt-LT");
        await page.GotoAsync(new Uri(host.Address, "/about").ToString());

        await page.GetByRole(AriaRole.Link, new() { Name = "Polski" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("O sieci");
        new Uri(page.Url).PathAndQuery.ShouldBe("/about");
        await Assertions.Expect(page.GetByText("Kontakt:")).ToHaveCountAsync(0);
    }

    private static Task<WebChatHost> StartAsync(string? contact) => WebChatHost.StartAsync(pages:
        [.. new[] { ("/about", "pages", "about"), ("/accessibility", "pages", "accessibility"), ("/privacy", "privacy", "notice.ask") }
            .Select(page => new TextPage(page.Item1, language => Content.Value.Text(page.Item2, page.Item3, language, new JsonObject { ["network-contact"] = contact, ["has-contact"] = contact is null ? "no" : "yes" })))]);
}
