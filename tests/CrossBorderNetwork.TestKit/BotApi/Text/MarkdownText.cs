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
        ("```", "pre"), ("`", "code"), ("||", "spoiler"), ("__", "underline"), ("_", "italic"), ("*", "bold"), ("~", "strikethrough"),
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
            var rest = source.AsSpan(at);
            var marker = Array.Find(Markers, candidate => source.AsSpan(at).StartsWith(candidate.Marker, StringComparison.Ordinal));
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
            if (!inCode && Reserved.Contains(rest[0], StringComparison.Ordinal))
                throw Invalid($"Character '{rest[0]}' is reserved and must be escaped with the preceding '\\'");
            text.Append(rest[0]);
            at++;
        }
        return open.TryPeek(out var left)
            ? throw Invalid($"Can't find end of {char.ToUpperInvariant(left.Entity[0])}{left.Entity[1..]} entity")
            : text.ToString();
    }

    private static ApiError Invalid(string what) => ApiError.BadRequest("can't parse entities: " + what);
}
