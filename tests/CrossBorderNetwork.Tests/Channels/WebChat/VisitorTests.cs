using System.Net;
using CrossBorderNetwork.Channels.WebChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CrossBorderNetwork.Tests.Channels.WebChat;

public sealed class VisitorTests
{
    private const string Cookie = "webchat-visitor";

    [Fact]
    public async Task The_same_cookie_is_the_same_person()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        var first = visitor.Conversation;
        using var later = host.NewVisitor(visitor.Cookies);
        await later.OpenAsync();
        later.Conversation.ShouldBe(first);
        first.ShouldStartWith("web-");
    }

    [Fact]
    public async Task A_forged_cookie_is_a_new_person()
    {
        await using var host = await WebChatHost.StartAsync();
        using var ona = host.NewVisitor();
        await ona.OpenAsync();
        foreach (var forged in new[] { ona.Conversation, "CfDJ8" + ona.Conversation, "" })
        {
            using var thief = host.NewVisitor();
            thief.Cookies.Add(host.Address, new Cookie(Cookie, forged));
            await thief.OpenAsync();
            thief.Conversation.ShouldNotBe(ona.Conversation);
        }
    }

    [Fact]
    public async Task A_visit_renews_the_cookie_and_half_a_year_of_silence_ends_it()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await WebChatHost.StartAsync(time: time);
        using var visitor = host.NewVisitor();
        await visitor.OpenAsync();
        var ona = visitor.Conversation;
        time.Advance(TimeSpan.FromDays(170));
        await visitor.OpenAsync();
        time.Advance(TimeSpan.FromDays(170));
        await visitor.OpenAsync();
        visitor.Conversation.ShouldBe(ona);
        time.Advance(TimeSpan.FromDays(181));
        await visitor.OpenAsync();
        visitor.Conversation.ShouldNotBe(ona);
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_the_host_and_the_stream_is_encrypted()
    {
        await using var host = await WebChatHost.StartAsync(before: app => app.Use((http, next) =>
        {
            http.Request.Scheme = "https";
            return next(http);
        }));
        using var visitor = host.NewVisitor();
        using var page = await visitor.Http.GetAsync("/");
        var cookie = page.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        cookie.ShouldStartWith("__host-webchat-visitor=");
        cookie.ShouldContain("secure");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        page.Headers.GetValues("Strict-Transport-Security").Single().ShouldBe("max-age=31536000");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("wss://");
    }

    [Fact]
    public async Task The_page_carries_its_protective_headers_and_a_fresh_nonce()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        using var page = await visitor.Http.GetAsync("/");
        using var again = await visitor.Http.GetAsync("/");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var rule in new[] { "default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'" }) policy.ShouldContain(rule);
        policy.ShouldNotContain("unsafe");
        again.Headers.GetValues("Content-Security-Policy").Single().ShouldNotBe(policy);
        page.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        page.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await page.Content.ReadAsStringAsync()).ShouldNotContain("CfDJ8");
    }

    [Fact]
    public async Task The_script_is_compressed_and_may_be_kept_for_ever()
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        visitor.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
        var html = await visitor.Http.GetStringAsync("/");
        var url = html.Split('"').Single(part => part.StartsWith("/webchat/chat.js?", StringComparison.Ordinal));
        using var script = await visitor.Http.GetAsync(url);
        script.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        script.Headers.CacheControl!.ToString().ShouldContain("immutable");
        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(script.Headers.ETag!);
        (await visitor.Http.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("pl,en;q=0.5", "pl")]
    [InlineData("de-DE,lt-LT;q=0.8,en;q=0.5", "lt")]
    [InlineData("de", "en")]
    [InlineData("", "en")]
    public async Task The_page_speaks_the_browsers_language(string accepts, string language)
    {
        await using var host = await WebChatHost.StartAsync();
        using var visitor = host.NewVisitor();
        if (accepts.Length > 0) visitor.Http.DefaultRequestHeaders.Add("Accept-Language", accepts);
        (await visitor.Http.GetStringAsync("/")).ShouldContain($"<html lang=\"{language}\">");
    }

    [Fact]
    public async Task A_missing_sentence_stops_the_start_and_is_named()
    {
        var texts = new WebChatTexts(new Dictionary<string, IReadOnlyDictionary<string, string>> { ["lt"] = new Dictionary<string, string> { ["name"] = "Tinklas" } });
        var fault = await Should.ThrowAsync<InvalidOperationException>(() => WebChatHost.StartAsync(texts: texts));
        fault.Message.ShouldContain("texts.lt.yaml: cofunded");
        fault.Message.ShouldContain("texts.pl.yaml: name");
        fault.Message.ShouldNotContain("texts.lt.yaml: name");
    }
}
