using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Introductions;

public sealed class TmpCheck
{
    [Fact]
    public async Task Check()
    {
        await using var network = await TestNetwork.StartAsync();
        string.Join('\n', ContentCheck.Run(network.Content, network.Services.GetRequiredService<ActionSet>()).Select(f => f.ToString())).ShouldBe("");
    }
}
