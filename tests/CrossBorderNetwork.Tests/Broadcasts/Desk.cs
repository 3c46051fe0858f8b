using CrossBorderNetwork.Broadcasts;
using CrossBorderNetwork.Members;
using CrossBorderNetwork.Scheduling;
using CrossBorderNetwork.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrossBorderNetwork.Tests.Broadcasts;

/// <summary>What the tests of the desk have in common: a coordinator who writes and sends, and the clock that lets it go.</summary>
internal static class Desk
{
    public const string Lithuanian = "Kviečiame į *susitikimą* Birštone.";
    public const string Polish = "Zapraszamy na spotkanie w Birsztanach.";

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<TestNetwork> StartAsync(int secondYesAbove = 200, bool canEdit = true) => TestNetwork.StartAsync(new TestNetworkOptions
    {
        CanEdit = canEdit,
        Settings = new Dictionary<string, string?>
        {
            ["Network:CoFundingLine:lt"] = "Bendrai finansuoja Europos Sąjunga",
            ["Network:CoFundingLine:pl"] = "Współfinansowane przez Unię Europejską",
            ["Broadcasts:SecondYesAbove"] = $"{secondYesAbove}",
        },
    });

    public static async Task<ScriptedMember> CoordinatorAsync(this TestNetwork network, string name = "Rasa", string side = "LT", bool wantsAnnouncements = true)
    {
        var person = await network.MemberAsync(name, side, wantsAnnouncements: wantsAnnouncements);
        await network.AppointAsync(person, side);
        return person;
    }

    /// <summary>Writes the texts, an empty one is skipped, and comes to the question of who gets it.</summary>
    public static async Task Writes(this ScriptedMember rasa, string lithuanian, string polish = "", string english = "", string kind = "Tinklo naujienos")
    {
        await rasa.Types("/announce");
        foreach (var text in new[] { lithuanian, polish, english }) await (text.Length > 0 ? rasa.Types(text) : rasa.Presses("Praleisti"));
        await rasa.Presses(kind);
    }

    /// <summary>To all who are chosen, without buttons: comes to the last question.</summary>
    public static async Task Previews(this ScriptedMember rasa)
    {
        await rasa.Presses("Toliau");
        await rasa.Presses("Baigta");
    }

    /// <summary>Writes to everyone and says that it should go.</summary>
    public static async Task Sends(this ScriptedMember rasa, string lithuanian, string polish = "", string english = "")
    {
        await rasa.Writes(lithuanian, polish, english);
        await rasa.Previews();
        await rasa.Presses("Siųsti dabar");
    }

    /// <summary>The minute for taking back is over, and the job has come.</summary>
    public static async Task GoesOutAsync(this TestNetwork network)
    {
        await network.AdvanceAsync(TimeSpan.FromSeconds(61));
        await network.RunJobAsync("broadcasts");
    }

    /// <summary>The job comes, and what it sends may still be on the wire.</summary>
    public static Task StartJobAsync(this TestNetwork network) =>
        network.Services.GetServices<IScheduledJob>().Single(job => job.Name == "broadcasts").RunAsync(Ct);

    /// <summary>Moves the clock and lets the job come without waiting for what it sends.</summary>
    public static Task AdvanceQuietlyAsync(this TestNetwork network, TimeSpan by)
    {
        network.Clock.Advance(by);
        return network.StartJobAsync();
    }

    public static async Task WithdrawRightsAsync(this TestNetwork network, ScriptedMember person)
    {
        var id = await person.PersonIdAsync();
        await using var db = network.Read();
        await db.Coordinators.Where(c => c.PersonId == id).ExecuteDeleteAsync(Ct);
    }

    public static async Task<Broadcast> OnlyBroadcastAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Broadcasts.AsNoTracking().SingleAsync(Ct);
    }

    public static async Task<IReadOnlyList<string>> ActsAsync(this TestNetwork network)
    {
        await using var db = network.Read();
        return await db.Audit.OrderBy(entry => entry.Id).Select(entry => entry.Act).ToListAsync(Ct);
    }

    /// <summary>Holds back what is sent to anybody but one person, until it is set.</summary>
    public static TaskCompletionSource HoldTheWire(this TestNetwork network, ScriptedMember but)
    {
        var wire = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        network.Channel.Before = envelope => envelope.Address == but.Address ? Task.CompletedTask : wire.Task;
        return wire;
    }

    public static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}
