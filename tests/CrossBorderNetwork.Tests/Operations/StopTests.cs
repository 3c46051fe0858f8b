using System.Net;
using CrossBorderNetwork.TestKit.BotApi;
using CrossBorderNetwork.Tests.Channels.WebChat;

namespace CrossBorderNetwork.Tests.Operations;

/// <summary>A deploy, a reboot, <c>docker stop</c>: the word to end comes amid work and with open web chats.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task At_the_word_to_stop_turns_finish_and_what_is_on_the_wire_is_recorded()
    {
        await using var network = await OperatedNetwork.StartAsync();
        using var visitor = new Visitor(network.Server.Address, new CookieContainer());
        await visitor.OpenAsync();
        using var chat = await visitor.ListenAsync();
        var people = network.People.Take(8).ToList();
        network.Api.Faults.Add(Fault.RandomDelay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)) with { Method = "sendMessage" });
        foreach (var person in people) person.Says("/help");
        await OperatedNetwork.UntilAsync(() => Task.FromResult(network.Api.Truth.Requests.Count(request => request.Method == "sendMessage") >= people.Count));

        // All eight answers are on the wire now, and none has been heard of.
        (await network.Server.StopAsync()).ShouldBe(0, network.Server.Log);

        (await network.Server.SqlAsync("SELECT id FROM inbox WHERE state = 0")).ShouldBeEmpty();
        (await network.Server.SqlAsync("SELECT id FROM outbox WHERE state IN (0, 1, 6)")).ShouldBeEmpty();
        network.Server.Log.ShouldNotContain("fail:");
        network.Api.Faults.Clear();
        await network.Server.StartAsync();
        await network.SettleAsync();
        people.Select(person => network.Api.Truth.MessagesIn(person.Id).Count).ShouldAllBe(count => count == 1);
        network.Server.Log.ShouldNotContain("After an unclean stop");
    }

    [Fact]
    public async Task A_second_server_on_the_same_file_does_not_start()
    {
        await using var network = await OperatedNetwork.StartAsync();

        var second = await network.RunAsync();

        second.ExitCode.ShouldBe(1);
        second.Output.ShouldContain("Another server works on");
    }
}
