using System.Globalization;
using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>One of several. Long lists are paged; what is typed is compared with the labels, and a number picks by position.</summary>
internal class ChoicePrompt : Prompt
{
    private const int PageSize = 10;

    public override PromptView Show(PromptContext context)
    {
        var options = context.Options();
        var chosen = context.Answers.Text(context.Step.Saves);
        var buttons = Page(context, options.Count).Select(i => options[i])
            .Select(option => context.Button((option.Key == chosen ? "✓ " : "") + option.Label, "=" + option.Key)).ToList();
        return new PromptView(null, [.. Rows(buttons, context.Step.Columns), .. Pager(context, options.Count)]);
    }

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text) =>
        ValueTask.FromResult(Recognise(context.Options(), text) is { } match ? new PromptResult.Accepted(match.Key) : context.Retry());

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice)
    {
        if (TryTurnPage(context, choice)) return ValueTask.FromResult<PromptResult>(new PromptResult.Redraw(null));
        return ValueTask.FromResult(context.Options().FirstOrDefault(option => choice == "=" + option.Key) is { } match ? new PromptResult.Accepted(match.Key) : context.Retry("gone"));
    }

    protected static IEnumerable<int> Page(PromptContext context, int count)
    {
        var pages = Pages(count);
        var size = (count + pages - 1) / pages;
        var page = Math.Clamp(context.Frame.Page, 0, pages - 1);
        return Enumerable.Range(page * size, Math.Min(size, count - page * size));
    }

    protected static IEnumerable<IReadOnlyList<Button>> Pager(PromptContext context, int count)
    {
        var pages = Pages(count);
        if (pages == 1) yield break;
        var page = Math.Clamp(context.Frame.Page, 0, pages - 1);
        var before = (page + pages - 1) % pages;
        var after = (page + 1) % pages;
        yield return
        [
            context.Button(context.Common("buttons.page-back").ToString(), Invariant($"~p{before}")),
            context.Button(context.Common("buttons.page-next", ("page", page + 1), ("pages", pages)).ToString(), Invariant($"~p{after}")),
        ];
    }

    protected static bool TryTurnPage(PromptContext context, string choice)
    {
        if (!choice.StartsWith("~p", StringComparison.Ordinal) || !int.TryParse(choice.AsSpan(2), CultureInfo.InvariantCulture, out var page)) return false;
        context.Frame.Page = page;
        return true;
    }

    /// <summary>What was typed: a position, a label, or the beginning of exactly one label.</summary>
    protected static Option? Recognise(IReadOnlyList<Option> options, string text)
    {
        if (int.TryParse(text.Trim().TrimEnd('.'), CultureInfo.InvariantCulture, out var position) && position >= 1 && position <= options.Count)
        {
            // Where the options are numbers themselves (hours, counts), the number typed is meant.
            var literal = options.FirstOrDefault(option => option.Label == text.Trim());
            return literal ?? options[position - 1];
        }
        var typed = Folding.Fold(text);
        if (typed.Length == 0) return null;
        var exact = options.Where(option => Folding.Fold(option.Label) == typed).ToList();
        if (exact.Count == 1) return exact[0];
        var close = options.Where(option => Folding.Misfit(typed, Folding.Fold(option.Label)) is not null).ToList();
        return close.Count == 1 ? close[0] : null;
    }

    private static int Pages(int count) => count <= PageSize + 4 ? 1 : (count + PageSize - 1) / PageSize;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>Yes or no.</summary>
internal sealed class ConfirmPrompt : Prompt
{
    private static readonly string[] Keys = ["yes", "no"];

    public override PromptView Show(PromptContext context) =>
        new(null, Rows([.. Keys.Select(key => context.Button((key == context.Answers.Text(context.Step.Saves) ? "✓ " : "") + Label(context, key), "=" + key))], context.Step.Columns));

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var typed = Folding.Fold(text);
        var key = Keys.FirstOrDefault(key => Folding.Fold(Label(context, key)) == typed || context.Common("typed." + key).ToString().Split(' ').Contains(typed));
        return ValueTask.FromResult(key is null ? context.Retry() : new PromptResult.Accepted(key));
    }

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice) =>
        ValueTask.FromResult(Keys.FirstOrDefault(key => choice == "=" + key) is { } key ? new PromptResult.Accepted(key) : context.Retry("gone"));

    private static string Label(PromptContext context, string key)
    {
        var own = $"{context.Step.Name}.options.{key}";
        return context.Content.Texts[context.Dialog.Name].Has(own)
            ? context.Content.Text(context.Dialog.Name, own, context.Language, context.Frame.Answers).ToString()
            : context.Common("buttons." + key).ToString();
    }
}

/// <summary>Several of many, with tick marks. A button says "tick" or "untick", so pressing it twice changes nothing.</summary>
internal sealed class MultiChoicePrompt : ChoicePrompt
{
    public override void Begin(PromptContext context) =>
        context.Frame.Draft = context.Frame.Answers[context.Step.Saves] is JsonArray earlier ? earlier.DeepClone() : new JsonArray();

    public override PromptView Show(PromptContext context)
    {
        var options = context.Options();
        var ticked = Ticked(context);
        var buttons = Page(context, options.Count).Select(i => options[i])
            .Select(option => ticked.Contains(option.Key) ? context.Button("✓ " + option.Label, "-" + option.Key) : context.Button(option.Label, "+" + option.Key)).ToList();
        Button[] done = [context.Button(context.Common("buttons.done", ("count", ticked.Count)).ToString(), "~done")];
        return new PromptView(Chosen(context), [.. Rows(buttons, context.Step.Columns), .. Pager(context, options.Count), done]);
    }

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var options = context.Options();
        var typed = text.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var matches = typed.Select(part => Recognise(options, part)).ToList();
        if (matches.Count == 0 || matches.Any(match => match is null)) return ValueTask.FromResult(context.Retry());
        var ticked = Ticked(context).Union(matches.Select(match => match!.Key)).ToList();
        return ValueTask.FromResult(Tick(context, ticked));
    }

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice)
    {
        if (TryTurnPage(context, choice)) return ValueTask.FromResult<PromptResult>(new PromptResult.Redraw(null));
        var ticked = Ticked(context);
        if (choice == "~done")
        {
            return ValueTask.FromResult(ticked.Count < (context.Step.Min ?? 1) && !context.Step.Optional
                ? context.Retry()
                : new PromptResult.Accepted(new JsonArray([.. ticked.Select(key => (JsonNode)key)])));
        }
        if (choice.Length < 2 || context.Options().All(option => option.Key != choice[1..])) return ValueTask.FromResult(context.Retry("gone"));
        return ValueTask.FromResult(Tick(context, choice[0] == '-' ? [.. ticked.Where(key => key != choice[1..])] : [.. ticked.Union([choice[1..]])]));
    }

    private static PromptResult Tick(PromptContext context, List<string> ticked)
    {
        if (context.Step.Max is { } max && ticked.Count > max) return context.Retry("too-many");
        context.Frame.Draft = new JsonArray([.. ticked.Select(key => (JsonNode)key)]);
        return new PromptResult.Redraw(Chosen(context));
    }

    private static RichText Chosen(PromptContext context)
    {
        var labels = context.Options().ToDictionary(option => option.Key, option => option.Label);
        var chosen = string.Join(", ", Ticked(context).Select(key => labels.GetValueOrDefault(key, key)));
        return chosen.Length == 0 ? RichText.Empty : context.Common("chosen", ("items", chosen));
    }

    /// <summary>The ticks, without what is not offered any more.</summary>
    private static List<string> Ticked(PromptContext context) => context.Frame.Draft is JsonArray draft
        ? [.. draft.Select(key => key!.ToString()).Intersect(context.Options().Select(option => option.Key))]
        : [];
}

/// <summary>A level for each of several things, such as languages: each press raises the level by one, after the last it is taken away.</summary>
internal sealed class RatingsPrompt : Prompt
{
    public override void Begin(PromptContext context) =>
        context.Frame.Draft = context.Frame.Answers[context.Step.Saves] is JsonObject earlier ? earlier.DeepClone() : new JsonObject();

    public override PromptView Show(PromptContext context)
    {
        var buttons = context.Options().Select(option => Level(context, option.Key) is { } level
            ? context.Button($"✓ {option.Label}: {LevelLabel(context, level)}", $"={option.Key}:{Next(context, level)}")
            : context.Button(option.Label, $"={option.Key}:{Next(context, null)}")).ToList();
        Button[] done = [context.Button(context.Common("buttons.done", ("count", Draft(context).Count)).ToString(), "~done")];
        return new PromptView(null, [.. Rows(buttons, context.Step.Columns ?? 1), done]);
    }

    /// <summary>Typed: "lenkų 2, anglų 3" or just the names, which then get the middle level.</summary>
    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var parts = text.Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rated = parts.Select(part => Rate(context, part)).ToList();
        if (rated.Count == 0 || rated.Any(rating => rating is null)) return ValueTask.FromResult(context.Retry());
        foreach (var (key, level) in rated.OfType<(string, string)>()) Draft(context)[key] = level;
        return ValueTask.FromResult<PromptResult>(new PromptResult.Redraw(Brief(context)));
    }

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice)
    {
        var draft = Draft(context);
        if (choice == "~done")
            return ValueTask.FromResult(draft.Count < (context.Step.Min ?? 1) ? context.Retry() : new PromptResult.Accepted(draft.DeepClone()));
        var parts = choice.TrimStart('=').Split(':', 2);
        if (parts.Length != 2 || context.Options().All(option => option.Key != parts[0])) return ValueTask.FromResult(context.Retry("gone"));
        if (parts[1].Length == 0) draft.Remove(parts[0]);
        else if (Scale(context).Contains(parts[1])) draft[parts[0]] = parts[1];
        return ValueTask.FromResult<PromptResult>(new PromptResult.Redraw(Brief(context)));
    }

    private static (string Key, string Level)? Rate(PromptContext context, string part)
    {
        var words = part.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        var scale = Scale(context);
        var isRated = int.TryParse(words[^1], CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= scale.Count;
        var typed = Folding.Fold(words[0]);
        var matches = context.Options().Where(option => Folding.Misfit(typed, Folding.Fold(option.Label)) is not null).ToList();
        return matches.Count == 1 ? (matches[0].Key, isRated ? scale[number - 1] : scale[scale.Count / 2]) : null;
    }

    private static RichText Brief(PromptContext context)
    {
        var items = Draft(context).Select(entry => $"{context.Content.Label(context.Step.List!, entry.Key, context.Language)}: {LevelLabel(context, entry.Value!.ToString())}");
        return context.Common("chosen", ("items", string.Join(", ", items)));
    }

    private static JsonObject Draft(PromptContext context) => (JsonObject)(context.Frame.Draft = context.Frame.Draft as JsonObject ?? []);

    private static string? Level(PromptContext context, string key) => Draft(context)[key]?.ToString();

    private static string LevelLabel(PromptContext context, string level) => context.Content.Lists[context.Step.Scale!].LabelInside(level, context.Language);

    private static List<string> Scale(PromptContext context) => [.. context.Content.Lists[context.Step.Scale!].Items.Select(item => item.Key)];

    private static string Next(PromptContext context, string? level)
    {
        var scale = Scale(context);
        var next = level is null ? 0 : scale.IndexOf(level) + 1;
        return next < scale.Count ? scale[next] : "";
    }
}
