using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Tests.Conversations;

/// <summary>An action that answers with the outcome that the test sets, its first one unless told otherwise.</summary>
internal sealed class TestAction(string name, params string[] outcomes) : IDialogAction
{
    public string Name => name;

    public IReadOnlyList<string> Outcomes => outcomes;

    public bool ChangesSomething { get; init; } = true;

    public Func<ActionContext, string>? Does { get; set; }

    public int Runs { get; private set; }

    public Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        Runs++;
        return Task.FromResult(Does?.Invoke(context) ?? outcomes[0]);
    }
}
