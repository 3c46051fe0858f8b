using System.Text;

namespace CrossBorderNetwork.TestKit.BotApi;

/// <summary>
/// MarkdownV2 as far as a bot that prefers HTML needs it: escapes, the simple markers, refusal of unescaped reserved characters.
/// Links, quotes and nested same-character markers are refused rather than guessed.
/// </summary>
internal static class MarkdownText
{
    private const string Reserved = "[]()>#+-=|{}.!";

    private static readonly (string Marker, string Entity)[] Markers =
    [
        ("```", "pre"), ("`", "code"), ("||", "spoiler"), ("__", "underline"), ("_", "italic"), ("*", "bold"),
        ("~", "strikethrough"),
    ];

    public static string Parse(string source, List<TextEntity> entities)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Marker, string Entity, int Offset)>();
        for (var at = 0; at < source.Length;)
        {
            if (source[at] == '\\' && at + 1 < source.Length && source[at + 1] is > ' ' and < (char)127)
            {
                text.Append(source[at + 1]);
                at += 2;
                continue;
            }
            var marker = Array.Find(Markers, candidate => StandsAt(source, at, candidate.Marker));
            var inCode = open.TryPeek(out var inner) && inner.Entity is "code" or "pre";
            if (marker.Marker is not null && (!inCode || inner.Marker == marker.Marker))
            {
                if (inner.Marker == marker.Marker)
                    entities.Add(new TextEntity(inner.Entity, inner.Offset, text.Length - open.Pop().Offset));
                else
                    open.Push((marker.Marker, marker.Entity, text.Length));
                at += marker.Marker.Length;
                continue;
            }
            if (!inCode && Reserved.Contains(source[at], StringComparison.Ordinal))
                throw Invalid($"Character '{source[at]}' is reserved and must be escaped with the preceding '\\'");
            text.Append(source[at]);
            at++;
        }
        return open.TryPeek(out var left)
            ? throw Invalid($"Can't find end of {char.ToUpperInvariant(left.Entity[0])}{left.Entity[1..]} entity")
            : text.ToString();
    }

    private static bool StandsAt(string source, int at, string marker) =>
        string.CompareOrdinal(source, at, marker, 0, marker.Length) == 0;

    private static ApiError Invalid(string what) => ApiError.BadRequest("can't parse entities: " + what);
}
