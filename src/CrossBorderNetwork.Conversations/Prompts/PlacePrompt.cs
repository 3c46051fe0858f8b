using System.Text.Json.Nodes;

namespace CrossBorderNetwork.Conversations;

/// <summary>An entry of a long list, found by typing its beginning; one that fits alone is taken at once.</summary>
internal sealed class PlacePrompt : Prompt
{
    private const int Shown = 6;

    public override PromptView Show(PromptContext context)
    {
        var found = context.Frame.Draft is JsonArray draft ? draft.Select(key => key!.ToString()).ToList() : [];
        var earlier = context.Answers.Text(context.Step.Saves);
        // An earlier answer is offered again, unless what it depended on has changed.
        if (found.Count == 0 && context.Content.Lists[context.Step.List!].Find(earlier) is { } item && context.IsWanted(item)) found = [earlier];
        var hint = context.Frame.Draft is null ? null : context.Common("which");
        return new PromptView(hint, Rows([.. found.Select(key =>
            context.Button((key == earlier ? "✓ " : "") + context.Content.Label(context.Step.List!, key, context.Language), "=" + key))], 1));
    }

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var found = context.Content.Lists[context.Step.List!].Search(text, context.IsWanted, Shown);
        if (found.Count == 0) return ValueTask.FromResult(context.Retry());
        if (found.Count == 1) return ValueTask.FromResult<PromptResult>(new PromptResult.Accepted(found[0].Key));
        context.Frame.Draft = new JsonArray([.. found.Select(item => (JsonNode)item.Key)]);
        return ValueTask.FromResult<PromptResult>(new PromptResult.Redraw(context.Common("which")));
    }

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice) => ValueTask.FromResult(
        context.Content.Lists[context.Step.List!].Find(choice.TrimStart('=')) is { } item && context.IsWanted(item)
            ? new PromptResult.Accepted(item.Key)
            : context.Retry("gone"));
}

/// <summary>
/// Something from a register that grows, found by an action: it reads the answer <c>query</c> and leaves options under the
/// step's own name. Where allowed, what was typed can be added; it is then stored with a plus before it.
/// </summary>
internal sealed class LookupPrompt : Prompt
{
    public override PromptView Show(PromptContext context)
    {
        var buttons = context.Answers.Offered(Found(context)).Select(option => context.Button(option.Label, "=" + option.Key)).ToList();
        var query = context.Answers.Text("query");
        if (context.Step.Addable && query.Length > 0)
        {
            var shortened = query.Length > 30 ? query[..30] + "…" : query;
            buttons.Add(context.Button(context.Common("buttons.add", ("name", shortened)).ToString(), "~add"));
        }
        var hint = query.Length == 0 ? null : context.Common(context.Answers.Offered(Found(context)).Count == 0 ? "none-found" : "which");
        return new PromptView(hint, Rows(buttons, 1));
    }

    public override void Begin(PromptContext context)
    {
        context.Answers.Remove("query");
        context.Answers.Remove(Found(context));
    }

    public override async ValueTask<PromptResult> TypeAsync(PromptContext context, string text)
    {
        var query = TextPrompt.Clean(text);
        if (query.Length < (context.Step.Min ?? 2) || query.Length > (context.Step.Max ?? 120)) return context.Retry();
        context.Answers.Set("query", query);
        await context.Run(context.Step.Lookup!);
        var found = context.Answers.Offered(Found(context));
        if (found.Count == 0 && !context.Step.Addable) return context.Retry();
        return new PromptResult.Redraw(context.Common(found.Count == 0 ? "none-found" : "which"));
    }

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice)
    {
        var query = context.Answers.Text("query");
        if (choice == "~add" && context.Step.Addable && query.Length > 0) return ValueTask.FromResult<PromptResult>(new PromptResult.Accepted("+" + query));
        return ValueTask.FromResult(context.Answers.Offered(Found(context)).Any(option => choice == "=" + option.Key)
            ? new PromptResult.Accepted(choice[1..])
            : context.Retry("gone"));
    }

    private static string Found(PromptContext context) => context.Step.Name + "-found";
}
