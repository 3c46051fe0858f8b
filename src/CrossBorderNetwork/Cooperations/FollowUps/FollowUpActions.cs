using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Cooperations;

/// <summary>Keeps an answer to a follow-up of the introduction <c>id</c>: <c>with: { answer: met }</c>.</summary>
internal sealed class NoteFollowUp(AnswerFollowUp answer) : IDialogAction
{
    public string Name => "cooperations.follow-up";

    public IReadOnlyList<string> Outcomes => ["noted", "gone"];

    public async Task<string> RunAsync(ActionContext context, CancellationToken ct)
    {
        var said = Enum.Parse<FollowUpAnswer>(context.With("answer").Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        return context.Answers.Number("id") is { } id && await answer.RunAsync(context.Turn.Work, id, context.Turn.PersonId, said, ct) is not null ? "noted" : "gone";
    }
}
