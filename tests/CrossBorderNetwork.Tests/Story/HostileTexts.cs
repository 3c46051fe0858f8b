using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.Tests.Story;

/// <summary>Texts that try to be more than text. Each carries a word of its own, by which it is found wherever it comes out again.</summary>
internal static class HostileTexts
{
    /// <summary>Stands in every one: where this is in a log, a log quotes people.</summary>
    public const string Canary = "Kanarek";

    /// <summary>What is before the word, the word, what is behind it. Before and behind must come out as they went in.</summary>
    private static readonly (string Before, string Word, string Behind)[] Literal =
    [
        ("<b>", "KanarekA", "</b>"),
        ("<a href=\"https://evil.example/\">", "KanarekB", "</a>"),
        ("*", "KanarekC", "*"),
        ("**", "KanarekD", "**"),
        ("[", "KanarekE", "](https://evil.example/)"),
        ("||", "KanarekF", "||"),
        ("`", "KanarekG", "`"),
        ("<script>alert('", "KanarekH", "')</script>"),
        ("'; DROP TABLE member; --", "KanarekI", ""),
        ("{name}{", "KanarekJ", ", select, other {x}}"),
        ("&lt;i&gt;", "KanarekK", "&lt;/i&gt;"),
        ("%s{0}$(id)", "KanarekL", "\\"),
        ("_", "KanarekM", "_"),
    ];

    private static readonly string[] Free =
    [
        "\u202E\u2066KanarekN\u202C\u200F", "Z\u0338\u0322\u031B\u0353a\u0336\u0334\u0321l\u0337\u0360g\u0335o\u0338 KanarekO", "👩‍👩‍👧‍👦🇱🇹🏳️‍🌈 KanarekP", "\u200B\uFEFF\u00AD KanarekQ\u0007",
        "KanarekR\n\n\n\n\n\n\nx", "𝕂𝕒𝕟𝕒𝕣𝕖𝕜 KanarekS ﷽", "مرحبا KanarekT שלום", "\u0000KanarekU", "👍",
    ];

    public static string Pick(Random random)
    {
        if (random.Next(6) == 0) return Long(random, 4096);
        if (random.Next(3) == 0) return Free[random.Next(Free.Length)];
        var (before, word, behind) = Literal[random.Next(Literal.Length)];
        return before + word + behind;
    }

    public static string Long(Random random, int length)
    {
        var (before, word, behind) = Literal[random.Next(Literal.Length)];
        var one = before + word + behind + (random.Next(2) == 0 ? " " : "");
        return string.Concat(Enumerable.Repeat(one, length / one.Length));
    }

    /// <summary>What of a message is more than the text that somebody typed: a lost neighbour of a word, or formatting on it.</summary>
    public static IEnumerable<string> Injections(Effect message)
    {
        foreach (var (before, word, _) in Literal)
        {
            for (var at = message.Text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = message.Text.IndexOf(word, at + 1, StringComparison.Ordinal))
            {
                if (!message.Text[..at].EndsWith(before, StringComparison.Ordinal)) yield return $"“{word}” lost its “{before}” in: {message.Text}";
            }
            foreach (var part in message.Formatting.Where(part => part.Text.Contains(word, StringComparison.Ordinal) && !part.Text.Contains(before + word, StringComparison.Ordinal)))
                yield return $"“{part.Text}” became {part.Kind} in: {message.Text}";
        }
        foreach (var link in message.Formatting.Where(part => part.Url?.Contains("evil.example", StringComparison.Ordinal) == true)) yield return $"a link to {link.Url} in: {message.Text}";
    }
}
