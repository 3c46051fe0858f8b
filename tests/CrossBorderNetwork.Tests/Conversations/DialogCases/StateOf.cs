using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>Looks at, and spoils, what is stored of a conversation.</summary>
internal static class StateOf
{
    public static async Task SetAsync(TestNetwork network, ScriptedMember person, string state)
    {
        await using var work = await network.Services.GetRequiredService<Database>().BeginAsync(CancellationToken.None);
        work.Execute("UPDATE conversation SET state = @2 WHERE address = @1", person.Address, state).ShouldBe(1);
        await work.CommitAsync(CancellationToken.None);
    }

    public static async Task<(int Conversations, int Messages)> CountAsync(TestNetwork network)
    {
        await using var db = network.Read();
        return (await db.Conversations.CountAsync(), await db.Outbox.CountAsync());
    }
}
