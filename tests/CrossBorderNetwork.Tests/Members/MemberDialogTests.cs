using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Members;

public sealed class MemberDialogTests
{
    [Fact]
    public async Task The_dialogs_of_members_are_sound()
    {
        await using var network = await TestNetwork.StartAsync();

        ContentCheck.Run(network.Content, network.Services.GetRequiredService<ActionSet>()).Select(fault => fault.ToString()).ShouldBeEmpty();
    }
}
