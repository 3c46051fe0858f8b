using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrossBorderNetwork.Conversations;

/// <summary>Free text, cleaned of what cannot be seen, within the step's bounds.</summary>
internal sealed partial class TextPrompt : Prompt
{
    private const int DefaultMax = 500;

    public override PromptView Show(PromptContext context)
    {
        // The answer given before, or one that an action proposes, is taken with one press.
        var proposal = context.Answers.Text(context.Step.Saves) is { Length: > 0 and <= 40 } earlier ? earlier : null;
        return proposal is null ? PromptView.Bare : new PromptView(null, [[context.Button("✓ " + proposal, "~keep")]]);
    }

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

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice) =>
        choice == "~keep" && context.Frame.Answers[context.Step.Saves] is { } earlier ? ValueTask.FromResult<PromptResult>(new PromptResult.Accepted(earlier.DeepClone())) : base.PressAsync(context, choice);

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

/// <summary>A number, written as people of the reader's language write it.</summary>
internal sealed class NumberPrompt : Prompt
{
    public override PromptView Show(PromptContext context) => PromptView.Bare;

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var typed = text.Trim().Replace(' ', ' ').Replace(" ", "", StringComparison.Ordinal).Replace(',', '.');
        return ValueTask.FromResult(
            decimal.TryParse(typed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= (context.Step.Min ?? 0) && number <= (context.Step.Max ?? int.MaxValue)
                ? new PromptResult.Accepted(JsonValue.Create(number))
                : context.Retry());
    }
}
