using System.Net;
using CrossBorderNetwork.TestKit;
using CrossBorderNetwork.Tests.Channels.WebChat;

namespace CrossBorderNetwork.Tests.Nodes;

/// <summary>Two of our servers on one PostgreSQL, as behind a load balancer that sends each request to whichever it likes.</summary>
public sealed class TwoServersTests
{
    [Fact]
    public async Task A_visitor_who_writes_at_one_server_is_answered_on_the_line_to_the_other()
    {
        Assert.SkipUnless(PostgresCluster.IsInstalled, PostgresCluster.Missing);
        var cluster = await PostgresCluster.SharedAsync();
        var settings = cluster.SettingsFor(await cluster.CreateAsync()).ToList();
        await using var first = await ServerProcess.StartAsync(settings);
        await using var second = await ServerProcess.StartAsync(settings);
        var cookies = new CookieContainer();
        using var here = new Visitor(first.Address, cookies);
        using var there = new Visitor(second.Address, cookies);
        (await here.OpenAsync()).ShouldBe(HttpStatusCode.Created);
        await there.OpenAsync();
        there.Conversation.ShouldBe(here.Conversation, "the other server knows the visitor by the same cookie");

        using var line = await there.ListenAsync();
        using (var said = await here.SayAsync("/help")) said.StatusCode.ShouldBe(HttpStatusCode.OK);

        var (hasSaid, answer) = (false, "");
        while (answer.Length == 0 && await line.NextAsync() is { } activity)
        {
            var text = activity.GetProperty("text").GetString()!;
            if (activity.GetProperty("from").GetProperty("id").GetString() != "bot") hasSaid = text == "/help";
            else if (hasSaid) answer = text;
        }
        answer.ShouldNotBeEmpty();
    }
}
