using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations;

/// <summary>The small dialogs beside this file, on which the engine is tried.</summary>
internal static class TestDialogs
{
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Conversations", "dialogs");

    public static Task<TestNetwork> StartAsync(TestNetworkOptions? options = null, TestDeeds? deeds = null) =>
        TestNetwork.StartAsync((options ?? new TestNetworkOptions()) with { DialogsFolder = Folder, Actions = (deeds ?? new TestDeeds()).All });

    /// <summary>Opens the trip and answers up to the named question.</summary>
    public static async Task GoToAsync(ScriptedMember person, string step)
    {
        await person.Types("/trip");
        foreach (var (name, answers) in TripAnswers)
        {
            if (name == step) return;
            foreach (var answer in answers)
            {
                if (answer is ['[', .. var label, ']']) await person.Presses(label);
                else await person.Types(answer);
            }
        }
    }

    /// <summary>Valid answers to the questions of the trip, in order.</summary>
    public static readonly IReadOnlyList<(string Step, string[] Answers)> TripAnswers =
    [
        ("place", ["birstonas"]), ("seats", ["12"]), ("day", ["2026-12-05"]), ("start", ["5 December 17:00"]),
        ("topics", ["[Inclusion]", "[Done]"]), ("speaks", ["[English]", "[Done]"]), ("note", ["With bread"]), ("sure", ["[Yes]"]),
    ];
}

/// <summary>The actions of the test dialogs; each test says what they do.</summary>
internal sealed class TestDeeds
{
    public TestAction Save { get; } = new("test.save", "saved", "full");

    public TestAction Offer { get; } = new("test.offer", "offered") { ChangesSomething = false };

    public TestAction Take { get; } = new("test.take", "taken", "gone");

    public TestAction Inner { get; } = new("test.inner", "fine", "wrong");

    public TestAction Erase { get; } = new("test.erase", "erased");

    public TestAction Guard { get; } = new("test.guard", "member", "stranger") { ChangesSomething = false };

    public IReadOnlyList<IDialogAction> All => [Save, Offer, Take, Inner, Erase, Guard];
}
