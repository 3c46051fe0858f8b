namespace CrossBorderNetwork.Conversations;

/// <summary>The sentences of <c>dialogs/common</c> that the engine says, so that a missing one is found before it is needed.</summary>
internal static class EngineTexts
{
    public const string Set = "common";

    public static readonly IReadOnlyList<string> Keys =
    [
        "buttons.back", "buttons.skip", "buttons.yes", "buttons.no", "buttons.done", "buttons.page-back", "buttons.page-next", "buttons.add",
        "typed.done", "typed.yes", "typed.no",
        "chosen", "which", "none-found", "at-first-step", "resumed", "cancelled", "nothing-to-cancel", "expired",
        "answered-already", "finished-already", "unknown-button", "unknown-command", "unreadable", "edited", "private-only", "offer-help", "fault", "flood",
        .. DialogReader.Prompts.Select(prompt => "retry." + prompt),
        "retry.too-long", "retry.too-many", "retry.past", "retry.future", "retry.contact", "retry.url", "retry.gone",
    ];
}
