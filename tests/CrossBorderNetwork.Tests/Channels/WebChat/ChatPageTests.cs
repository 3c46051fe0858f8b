using CrossBorderNetwork.Channels.WebChat;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

/// <summary>Microsoft's own Web Chat, unchanged, in a real browser against the channel.</summary>
public sealed class ChatPageTests(Chromium chromium)
{
    private static readonly string[] Topics = ["Music and movement", "Outdoor learning", "Early English", "Art", "Science", "Inclusion", "Digital play", "Stories", "Health", "Families"];

    [Fact]
    public async Task A_visitor_talks_and_sees_the_answer()
    {
        await using var host = await WebChatHost.StartAsync();
        var page = await OpenAsync(host);
        await SayAsync(page, "Hello from Punsk");
        await Assertions.Expect(Bubble(page, "You wrote: Hello from Punsk")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_button_is_pressed_without_a_mouse_and_stands_in_the_transcript_as_chosen()
    {
        await using var host = await WebChatHost.StartAsync(Menu);
        var page = await OpenAsync(host);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Outdoor learning" });
        await button.WaitForAsync();
        await page.Locator("textarea[data-id='webchat-sendbox-input']").FocusAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(button).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Bubble(page, "pressed token-1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".webchat__bubble--from-user").GetByText("Outdoor learning")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_can_be_sent_while_the_bot_asks_for_one_and_only_then()
    {
        await using var host = await WebChatHost.StartAsync(turn => turn.Activity.Text == "file"
            ? new Message { Text = RichText.Plain("Which file?"), AsksForFile = true }
            : new Message { Text = RichText.Plain("Got " + turn.Activity.Media?.Name) });
        var page = await OpenAsync(host);
        await Assertions.Expect(page.Locator("input[type=file]")).ToHaveCountAsync(0);
        await SayAsync(page, "file");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "plan.png", MimeType = "image/png", Buffer = [1, 2, 3] });
        await Assertions.Expect(Bubble(page, "Got plan.png")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("input[type=file]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_link_is_followed_once()
    {
        await using var host = await WebChatHost.StartAsync();
        var page = await chromium.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/?start=event-17").ToString());
        await Assertions.Expect(Bubble(page, "You wrote: /start event-17")).ToBeVisibleAsync();
        new Uri(page.Url).PathAndQuery.ShouldBe("/");
    }

    [Fact]
    public async Task A_reload_shows_the_history_and_the_buttons_again()
    {
        await using var host = await WebChatHost.StartAsync(Menu);
        var page = await OpenAsync(host);
        await SayAsync(page, "remember");
        await Assertions.Expect(Bubble(page, "You wrote: remember")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(Bubble(page, "You wrote: remember")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Families" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Send failed")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("button => { button.click(); button.click(); }")]
    [InlineData("button => { button.click(); setTimeout(() => button.click(), 5); }")]
    [InlineData(null)]
    public async Task A_double_press_is_one_answer_and_one_can_write_on(string? pressing)
    {
        await using var host = await WebChatHost.StartAsync(Menu);
        var page = await OpenAsync(host);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Outdoor learning" });
        if (pressing is null) await button.DblClickAsync();
        else await button.EvaluateAsync(pressing);
        await Assertions.Expect(Bubble(page, "pressed token-1")).ToBeVisibleAsync();
        await page.Locator("textarea[data-id='webchat-sendbox-input']").ClickAsync();
        await page.Keyboard.TypeAsync("Still here");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Bubble(page, "You wrote: Still here")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".webchat__bubble--from-user")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Two_presses_that_overlap_leave_the_box_open_for_writing()
    {
        await using var host = await WebChatHost.StartAsync(Menu);
        var page = await OpenAsync(host);
        await page.GetByRole(AriaRole.Button, new() { Name = "Families" }).WaitForAsync();
        await page.EvaluateAsync("document.querySelectorAll('.webchat__suggested-action').forEach(button => button.click())");
        await Assertions.Expect(Bubble(page, "pressed token-9")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("textarea[data-id='webchat-sendbox-input']")).ToBeEditableAsync();
    }

    [Fact]
    public async Task A_reload_never_shows_the_buttons_of_a_question_that_is_past()
    {
        await using var host = await WebChatHost.StartAsync(turn => new Message
        {
            Text = RichText.Plain("You wrote: " + turn.Activity.Text), Buttons = [[new Button("Answer " + turn.Activity.Text, "token")]],
        });
        var page = await OpenAsync(host);
        for (var i = 1; i <= 6; i++)
        {
            await SayAsync(page, $"{i}");
            await Assertions.Expect(Bubble(page, $"You wrote: {i}")).ToBeVisibleAsync();
        }
        await page.AddInitScriptAsync(
            """
            window.shown = new Set();
            new MutationObserver(() => document.querySelectorAll('.webchat__suggested-action').forEach(button => window.shown.add(button.textContent)))
              .observe(document, { subtree: true, childList: true, characterData: true });
            """);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Answer 6" })).ToBeVisibleAsync();
        (await page.EvaluateAsync<string[]>("[...window.shown]")).ShouldBe(["Answer 6"]);
    }

    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>", "[click](https://evil.example) ![x](https://evil.example/x.png)", "[ref]\n\n[ref]: https://evil.example",
        "https://evil.example www.evil.example evil@evil.example <https://evil.example>", "**bold** __bold__ *i* _i_ ~~s~~ `code` ```\nfence\n```", "# heading\n## two\nsetext\n=====\n- list\n1. list\n> quote",
        "| a | b |\n|---|---|\n| 1 | 2 |", "\\( a^2 \\) $$x$$ \\[y\\]", "&lt;b&gt; &#60; &amp; &copy;", "    code by indent\n\tand tab", "(c) ... -- \"quotes\" 'single' ??? +-", "\\ \\\\ \\n trailing \\", "***\n---\n___", "javascript:alert(1)", "Ona \"Žirafa\" O'Šeškė — 5 < 6 & 7 > 2",
    ];

    [Fact]
    public async Task What_a_person_typed_is_shown_as_typed_and_never_becomes_markup()
    {
        await using var host = await WebChatHost.StartAsync();
        var page = await OpenAsync(host);
        var adapter = host.Services.GetRequiredService<ChannelAdapter>();
        await using var db = host.Services.GetRequiredService<Database>().Read();
        var address = db.Conversations.Single().Address;
        foreach (var (typed, i) in Hostile.Select((typed, i) => (typed, i)))
        {
            var text = new RichText([new Run("begin"), new Run(typed, RunStyle.Bold), new Run(typed), new Run("end")]);
            await adapter.SendAsync(new Envelope(address, null, new Message { Text = text }, null), CancellationToken.None);
            var markdown = page.Locator(".webchat__text-content__markdown").Nth(i + 1);
            await markdown.WaitForAsync();
            Squeeze(await markdown.InnerTextAsync()).ShouldBe(Squeeze("begin" + typed + typed + "end"));
            (await markdown.Locator("*:not(p):not(br):not(strong):not(div)").EvaluateAllAsync<string[]>("all => all.map(one => one.outerHTML)")).ShouldBeEmpty(typed);
            (await markdown.Locator("strong").CountAsync()).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task Marks_and_links_are_shown_wherever_they_stand()
    {
        await using var host = await WebChatHost.StartAsync(_ => new Message
        {
            Text = new RichText([new Run("a"), new Run("B!", RunStyle.Bold), new Run("c"), new Run("D", RunStyle.Italic), new Run("E ", RunStyle.Bold | RunStyle.Italic), new Run("f"),
                new Run("page", Link: "https://example.org/a?b=1&copy=2&c=(d)"), new Run("one\ntwo\n\nthree", RunStyle.Bold)]),
            Buttons = [[new Button("Open the call", null, "https://example.org/call"), new Button("Mail", null, "mailto:x@example.org")]],
        });
        var page = await OpenAsync(host);
        var markdown = page.Locator(".webchat__text-content__markdown").First;
        await markdown.WaitForAsync();
        var strong = await markdown.Locator("strong").AllInnerTextsAsync();
        strong.ShouldBe(["B!", "E", "one", "two", "three"]);
        (await markdown.Locator("em").AllInnerTextsAsync()).ShouldBe(["D", "E"]);
        var links = await markdown.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        links.ShouldBe(["https://example.org/a?b=1&copy=2&c=(d)", "https://example.org/call"]);
        (await markdown.InnerTextAsync()).ShouldNotContain("*");
    }

    [Fact]
    public async Task A_file_is_downloaded_by_its_visitor_only()
    {
        await using var host = await WebChatHost.StartAsync(_ => new Message
        {
            Text = RichText.Plain("Your event"), File = new FileContent("renginys.ics", "text/calendar", "BEGIN:VCALENDAR"u8.ToArray()),
        });
        var page = await OpenAsync(host);
        var link = page.GetByRole(AriaRole.Link, new() { NameRegex = new("renginys.ics") });
        await link.WaitForAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => link.ClickAsync());
        download.SuggestedFilename.ShouldBe("renginys.ics");
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldBe("BEGIN:VCALENDAR");

        using var stranger = host.NewVisitor();
        await stranger.OpenAsync();
        (await stranger.Http.GetAsync(await link.GetAttributeAsync("href"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_picture_is_seen_whole_and_its_name_stands_for_it()
    {
        using var tall = new SKBitmap(100, 300);
        await using var host = await WebChatHost.StartAsync(_ => new Message
        {
            Text = RichText.Plain("A picture"), File = new FileContent("Bars.png", "image/png", tall.Encode(SKEncodedImageFormat.Png, 100).ToArray()),
        });
        var page = await OpenAsync(host);

        var picture = page.GetByAltText("Bars.png");
        await picture.WaitForAsync();

        await Assertions.Expect(picture).ToHaveJSPropertyAsync("naturalHeight", 300);
        (await picture.EvaluateAsync<int>("one => one.parentElement.clientHeight - one.clientHeight")).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("en-US", 1280, 900)]
    [InlineData("lt-LT", 1280, 900)]
    [InlineData("pl-PL", 1280, 900)]
    [InlineData("en-US", 320, 640)]
    [InlineData("lt-LT", 320, 640)]
    [InlineData("pl-PL", 320, 640)]
    [InlineData("en-US", 320, 225)]
    [InlineData("lt-LT", 320, 225)]
    [InlineData("pl-PL", 320, 225)]
    public async Task Nobody_is_shut_out(string language, int width, int height)
    {
        await using var host = await WebChatHost.StartAsync(Menu, panel: new WebChatPanel((_, _) => Task.FromResult("<form method=\"post\" action=\"/x\"><button>Newcomer</button></form>")));
        var page = await OpenAsync(host, language, width, height);
        await SayAsync(page, "Labas");
        await Assertions.Expect(Bubble(page, "You wrote: Labas")).ToBeVisibleAsync();
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });
        await ShootAsync(page, $"{language}-{width}x{height}");
        result.Violations.Select(v => v.Id + ": " + string.Join(" | ", v.Nodes.Select(n => n.Html))).ShouldBeEmpty();
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBe(0);
        (await page.EvaluateAsync<string>("document.documentElement.lang")).ShouldBe(language[..2]);
    }

    [Fact]
    public async Task The_chosen_language_wins_over_the_browsers()
    {
        await using var host = await WebChatHost.StartAsync();
        var page = await OpenAsync(host, "pl-PL");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lietuvių" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ikimokyklinio ugdymo tinklas abipus sienos");
        await Assertions.Expect(page.GetByPlaceholder("Parašykite žinutę")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nothing_breaks_the_content_security_policy()
    {
        await using var host = await WebChatHost.StartAsync(Menu);
        var page = await chromium.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        await page.GotoAsync(host.Address.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Families" }).WaitForAsync();
        await SayAsync(page, "x");
        await Assertions.Expect(Bubble(page, "You wrote: x")).ToBeVisibleAsync();
        complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_demonstration_switches_the_person_from_the_panel()
    {
        await using var host = await WebChatHost.StartAsync(
            panel: new WebChatPanel((http, language) => Task.FromResult($"<form method=\"post\" action=\"/demo\"><button>Coordinator ({language})</button></form>")),
            map: app => app.MapPost("/demo", (HttpContext http, WebChatVisitors visitors) =>
            {
                visitors.SignInAs(http, "demo-coordinator");
                return Results.Redirect("/");
            }));
        var page = await OpenAsync(host);
        await SayAsync(page, "I am new");
        await Assertions.Expect(Bubble(page, "You wrote: I am new")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Coordinator (en)" }).ClickAsync();
        // What is typed before the new page has its line stays in the box.
        await Assertions.Expect(Bubble(page, "You wrote: I am new")).ToHaveCountAsync(0);
        await page.Locator(".webchat__bubble").First.WaitForAsync();
        await SayAsync(page, "I coordinate");
        await Assertions.Expect(Bubble(page, "You wrote: I coordinate")).ToBeVisibleAsync();
        await Assertions.Expect(Bubble(page, "You wrote: I am new")).ToHaveCountAsync(0);
        await using var db = host.Services.GetRequiredService<Database>().Read();
        db.Conversations.Select(c => c.SenderId).ToList().ShouldContain("demo-coordinator");
    }

    private static Message Menu(TurnContext turn) => turn.Activity.Kind switch
    {
        ActivityKind.Press => new Message { Text = RichText.Plain("pressed " + turn.Activity.Token) },
        ActivityKind.Joined => new Message { Text = new RichText([new Run("Welcome!", RunStyle.Bold), new Run("\nWhat interests you? Choose a topic or write your own.")]), Buttons = Rows() },
        _ => new Message { Text = RichText.Plain("You wrote: " + turn.Activity.Text), Buttons = Rows() },
    };

    private static IReadOnlyList<IReadOnlyList<Button>> Rows() => [.. Topics.Select((topic, i) => (IReadOnlyList<Button>)[new Button(topic, $"token-{i}")])];

    private static ILocator Bubble(IPage page, string text) => page.Locator(".webchat__bubble:not(.webchat__bubble--from-user)").GetByText(text, new() { Exact = true });

    private static async Task SayAsync(IPage page, string text)
    {
        await page.Locator("textarea[data-id='webchat-sendbox-input']").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ", "", StringComparison.Ordinal).Replace("\u200b", "", StringComparison.Ordinal);

    private async Task<IPage> OpenAsync(WebChatHost host, string language = "en-US", int width = 1280, int height = 900)
    {
        var page = await chromium.NewPageAsync(language, width, height);
        await page.GotoAsync(host.Address.ToString());
        await page.Locator(".webchat__bubble").First.WaitForAsync();
        return page;
    }

    /// <summary>Kept for a person to look at when the variable names a folder.</summary>
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }
}
