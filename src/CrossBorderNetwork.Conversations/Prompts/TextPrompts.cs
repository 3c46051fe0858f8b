using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrossBorderNetwork.Conversations;

/// <summary>Free text, cleaned of what cannot be seen, within the step's bounds.</summary>
internal sealed partial class TextPrompt : WrittenPrompt
{
    private const int DefaultMax = 500;

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var clean = Clean(text);
        var length = new StringInfo(clean).LengthInTextElements;
        if (length < (context.Step.Min ?? 1)) return ValueTask.FromResult(context.Retry());
        if (length > (context.Step.Max ?? DefaultMax)) return ValueTask.FromResult<PromptResult>(new PromptResult.Retry(context.Common("retry.too-long", ("max", context.Step.Max ?? DefaultMax), ("length", length))));
        var fits = context.Step.Format switch
        {
            "contact" => Email().IsMatch(clean) || Phone().IsMatch(clean) || Handle().IsMatch(clean),
            "url" => Uri.TryCreate(clean, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http",
            _ => true,
        };
        return ValueTask.FromResult(fits ? new PromptResult.Accepted(clean) : context.Retry(context.Content.Texts[context.Dialog.Name].Has(context.Step.Name + ".retry") ? null : context.Step.Format));
    }

    /// <summary>Without control and direction marks, in composed form, blanks collapsed, at most two line ends in a row.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n') clean.Append('\n');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse) clean.Append(rune.Value == 0x200D ? rune.ToString() : " ");
            else clean.Append(rune);
        }
        return LineEnds().Replace(Blanks().Replace(clean.ToString().Normalize(NormalizationForm.FormC), " "), "\n\n").Trim();
    }

    [GeneratedRegex(@"[^\S\n]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\s*\n\s*\n\s*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LineEnds();

    [GeneratedRegex(@"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+?[0-9 ()-]{7,20}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"^@[A-Za-z][A-Za-z0-9_]{3,31}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Handle();
}

/// <summary>A whole number, with or without blanks between its thousands; stored as a number.</summary>
internal sealed class NumberPrompt : WrittenPrompt
{
    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var typed = text.Length > LongestAnswer ? "" : string.Concat(text.Where(sign => !char.IsWhiteSpace(sign)));
        return ValueTask.FromResult(
            long.TryParse(typed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= (context.Step.Min ?? 0) && number <= (context.Step.Max ?? int.MaxValue)
                ? new PromptResult.Accepted(JsonValue.Create(number))
                : context.Retry());
    }
}
