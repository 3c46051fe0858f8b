using System.Text;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// A chat in the notation of dialog examples: <c>&gt; said</c>, <c>[pressed]</c>, <c>&lt; answered</c>, buttons below
/// their message.
/// </summary>
internal sealed class Transcript
{
    private readonly List<string> lines = [];

    public void Add(string line) => lines.Add(line);

    public void Add(EffectKind kind, string text, IReadOnlyList<IReadOnlyList<Button>> buttons)
    {
        switch (kind)
        {
            case EffectKind.Sent:
                lines.Add(Shown("< ", text, buttons));
                break;
            case EffectKind.Edited or EffectKind.KeyboardEdited:
                lines.Add(Shown("< edited: ", text, buttons));
                break;
            case EffectKind.Deleted:
                lines.Add("< deleted: " + text);
                break;
            case EffectKind.CallbackAnswered when text.Length > 0:
                lines.Add("< notice: " + text);
                break;
            default:
                // Typing… and silent acknowledgements leave no trace on the screen.
                break;
        }
    }

    public static string Shown(string prefix, string text, IReadOnlyList<IReadOnlyList<Button>> buttons)
    {
        var shown = new StringBuilder(prefix).Append(text);
        foreach (var row in buttons)
            shown.Append("\n  ").AppendJoin(' ', row.Select(button => $"[{button.Text}]"));
        return shown.ToString();
    }

    public override string ToString() => string.Join('\n', lines);
}
