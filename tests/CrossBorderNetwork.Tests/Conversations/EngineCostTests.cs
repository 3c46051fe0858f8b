using System.Reflection;
using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.Data;
using CrossBorderNetwork.Messaging;
using CrossBorderNetwork.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Conversations;

/// <summary>A turn is what a network does most; what makes it cheap is kept by these tests.</summary>
public sealed class EngineCostTests
{
    private static readonly FieldInfo UsesDb = typeof(UnitOfWork).GetField("_usesDb", BindingFlags.Instance | BindingFlags.NonPublic)!;

    [Fact]
    public async Task A_turn_without_an_action_neither_touches_the_entities_nor_allocates_much()
    {
        var turns = new List<(bool UsesDb, long Bytes)>();
        await using var network = await TestDialogs.StartAsync(new TestNetworkOptions
        {
            Services = services => services.AddSingleton(provider =>
            {
                var bot = provider.GetRequiredService<DialogBot>();
                return new Bot(async (turn, ct) =>
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    await bot.OnTurnAsync(turn, ct);
                    turns.Add(((bool)UsesDb.GetValue(turn.Work)!, GC.GetAllocatedBytesForCurrentThread() - before));
                }, bot.OnFault, bot.OnFlood);
            }),
        });
        var ona = network.Person("Ona");
        await TestDialogs.GoToAsync(ona, "sure");
        await ona.Types("/help");
        await ona.Presses("‹ Back");

        turns.Count.ShouldBeGreaterThan(10);
        turns.ShouldAllBe(turn => !turn.UsesDb);
        turns.Select(turn => turn.Bytes).Order().ElementAt(turns.Count / 2).ShouldBeLessThan(64 * 1024);
    }

    [Fact]
    public async Task What_people_write_is_never_logged()
    {
        var deeds = new TestDeeds();
        deeds.Save.Does = context => throw new InvalidOperationException("note was " + context.Answers.Text("note"));
        await using var network = await TestDialogs.StartAsync(deeds: deeds);
        var ona = network.Person("Ona Petraitė");
        await TestDialogs.GoToAsync(ona, "note");
        await ona.Types("a very private note");
        await ona.Presses("Yes");
        ona.Sees("went wrong");

        network.Log.Lines.ShouldContain(line => line.StartsWith("Error"));
        network.Log.Lines.ShouldNotContain(line => line.Contains("private note") || line.Contains("Petraitė"));
    }
}
