using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.TestKit;

/// <summary>The words of <c>dialogs/</c> as a reader of one language meets them, so that one script can be played in every language.</summary>
public sealed class Words(DialogContent content, string language)
{
    public string Language => language;

    /// <summary>The longest piece of a sentence's line that stands in it whatever its placeholders hold.</summary>
    public string Of(string dialog, string key)
    {
        var lines = Constant(content.Texts[dialog].Get(language, key).Source).Split('\n');
        return lines.SelectMany(line => line.Split('\0')).Where(piece => !piece.Contains('[', StringComparison.Ordinal))
            .Select(piece => piece.Replace("**", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Trim())
            .MaxBy(piece => piece.Length) is { Length: > 1 } longest ? longest : throw new ArgumentException($"'{dialog}' says nothing constant as '{key}'.", nameof(key));
    }

    /// <summary>The label of a list entry.</summary>
    public string Label(string list, string key) => content.Label(list, key, language);

    /// <summary>The text with a break for each placeholder.</summary>
    private static string Constant(string source)
    {
        var depth = 0;
        return string.Concat(source.Select(letter =>
        {
            if (letter == '{' && depth++ == 0) return "\0";
            if (letter == '}') depth--;
            return depth > 0 || letter == '}' ? "" : letter.ToString();
        }));
    }
}
