using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>What came of an answer.</summary>
internal abstract record PromptResult
{
    /// <summary>Valid.</summary>
    public sealed record Accepted(JsonNode? Value) : PromptResult;

    /// <summary>Not valid; the sentence says what is expected.</summary>
    public sealed record Retry(RichText Reason) : PromptResult;

    /// <summary>The same question shown anew: a tick was set, a page turned. <paramref name="Brief"/> is what a channel says that cannot edit.</summary>
    public sealed record Redraw(RichText? Brief) : PromptResult;
}

/// <summary>A question as shown: the lines under its text, and its buttons.</summary>
internal sealed record PromptView(RichText? Extra, IReadOnlyList<IReadOnlyList<Button>> Buttons)
{
    public static readonly PromptView Bare = new(null, []);
}

/// <summary>One question to one person at one moment.</summary>
internal sealed record PromptContext(DialogContent Content, Dialog Dialog, AskStep Step, Frame Frame, string Language, DateTimeOffset Now, Func<string, Task<string>> Run)
{
    private const int LongestLabel = 60;

    public Answers Answers => new(Frame.Answers);

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Frame.Answers["zone"]?.ToString() ?? "Europe/Vilnius");

    /// <summary>A button of this question. Labels that people or registers made are cut to what a button shows.</summary>
    public Button Button(string label, string choice) => new(Shorten(label), ButtonToken.Step(Frame, choice));

    public RichText Common(string key, params (string Name, JsonNode? Value)[] values) =>
        Content.Text("common", key, Language, new JsonObject(values.Select(value => KeyValuePair.Create(value.Name, value.Value))));

    /// <summary>The sentence that says what is expected here: the step's own, or the one for its kind of question.</summary>
    public PromptResult Retry(string? kind = null) => new PromptResult.Retry(
        Content.Texts[Dialog.Name].Has(Step.Name + ".retry") && kind is null
            ? Content.Text(Dialog.Name, Step.Name + ".retry", Language, Frame.Answers)
            : Common("retry." + (kind ?? Step.Prompt), ("min", Step.Min ?? 1), ("max", Step.Max ?? 0)));

    /// <summary>The options of this question, in order.</summary>
    public IReadOnlyList<Option> Options()
    {
        if (Step.List is { } list) return [.. Content.Lists[list].Items.Where(IsWanted).Select(item => new Option(item.Key, item.Label(Language)))];
        var offered = Step.From is { } from ? Answers.Offered(from) : [];
        var written = Step.Options.Select(option => new Option(option.Key, Content.Text(Dialog.Name, $"{Step.Name}.options.{option.Key}", Language, Frame.Answers).ToString()));
        return [.. offered.Concat(written).DistinctBy(option => option.Key)];
    }

    /// <summary>Whether a list entry passes the step's <c>where</c>.</summary>
    public bool IsWanted(ListItem item) => Step.Where.Count == 0 || Step.Where.All(where => item.Attributes.GetValueOrDefault(where.Key) == Answers.Text(where.Value));

    private static string Shorten(string label)
    {
        if (label.Length <= LongestLabel) return label;
        var ends = StringInfo.ParseCombiningCharacters(label);
        return label[..ends.Last(end => end < LongestLabel)].TrimEnd() + "…";
    }
}

/// <summary>A kind of question: how it is shown, and how an answer to it is understood. Without state of its own.</summary>
internal abstract class Prompt
{
    private static readonly Dictionary<string, Prompt> ByName = new()
    {
        ["text"] = new TextPrompt(),
        ["choice"] = new ChoicePrompt(),
        ["choices"] = new MultiChoicePrompt(),
        ["ratings"] = new RatingsPrompt(),
        ["confirm"] = new ConfirmPrompt(),
        ["number"] = new NumberPrompt(),
        ["date"] = new DatePrompt(),
        ["time"] = new TimePrompt(),
        ["datetime"] = new DateTimePrompt(),
        ["place"] = new PlacePrompt(),
        ["lookup"] = new LookupPrompt(),
        ["file"] = new FilePrompt(),
    };

    public static Prompt For(AskStep step) => ByName[step.Prompt];

    /// <summary>Prepares the draft from an earlier answer when the question is asked.</summary>
    public virtual void Begin(PromptContext context)
    {
    }

    public abstract PromptView Show(PromptContext context);

    public abstract ValueTask<PromptResult> TypeAsync(PromptContext context, string text);

    /// <summary>A button of this question with the current revision. Unknown choices come from bad clients or changed lists.</summary>
    public virtual ValueTask<PromptResult> PressAsync(PromptContext context, string choice) => ValueTask.FromResult(context.Retry("gone"));

    /// <summary>Puts buttons into rows: short labels side by side.</summary>
    protected static IReadOnlyList<IReadOnlyList<Button>> Rows(IReadOnlyList<Button> buttons, int? columns)
    {
        var longest = buttons.Count == 0 ? 0 : buttons.Max(button => button.Label.Length);
        var perRow = columns ?? (longest <= 8 && buttons.Count > 4 ? 4 : longest <= 12 ? 3 : longest <= 18 && buttons.Count > 3 ? 2 : 1);
        return [.. buttons.Chunk(perRow)];
    }
}

/// <summary>A question that is answered in writing. The earlier answer, or one that an action proposes, is taken with one press.</summary>
internal abstract class WrittenPrompt : Prompt
{
    /// <summary>Longer than any answer to a question of these kinds; what is longer is not looked at.</summary>
    protected const int LongestAnswer = 80;

    public override PromptView Show(PromptContext context) =>
        Earlier(context) is { Length: > 0 } earlier ? new PromptView(null, [[context.Button("✓ " + earlier, "~keep")]]) : PromptView.Bare;

    /// <summary>A kept answer is checked as if it were written again: a day may have passed.</summary>
    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice) =>
        choice == "~keep" && Earlier(context) is { Length: > 0 } earlier ? TypeAsync(context, earlier) : base.PressAsync(context, choice);

    /// <summary>The earlier answer as the person would write it.</summary>
    protected virtual string Earlier(PromptContext context) => context.Frame.Answers[context.Step.Saves] is JsonValue ? context.Answers.Text(context.Step.Saves) : "";
}
