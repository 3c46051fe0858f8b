using System.Text;

namespace CrossBorderNetwork.Conversations;

/// <summary>Checks the steps of one dialog: where they lead, what they refer to, whether anybody gets there and away again.</summary>
internal sealed class StepCheck(DialogContent content, ActionSet actions, Dialog dialog, List<ContentFault> faults)
{
    /// <summary>Frame and revision of a button, eight hexadecimal digits each with their dots, and the sign before the key.</summary>
    private const int TokenFrame = 19;

    private static readonly string[] Reserved = ["end", "cancel", "enter", "command", "messages"];
    private static readonly string[] NeedOptions = ["choice", "choices"];

    public void Run()
    {
        CheckTarget(dialog.Start, dialog.Lines.GetValueOrDefault("start"), mayLeave: false);
        foreach (var (name, target) in dialog.Links) CheckTarget(target, dialog.Lines.GetValueOrDefault("links." + name), mayLeave: false);
        foreach (var (name, target) in dialog.Entries) CheckTarget(target, dialog.Lines.GetValueOrDefault("entries." + name), mayLeave: false);
        if (dialog.Guard is { } guard)
        {
            CheckAction(guard);
            foreach (var target in guard.Outcomes.Values.Where(IsRun).Where(target => !content.Dialogs.ContainsKey(target[4..]))) Add(guard.Line, $"there is no dialog '{target[4..]}' to run");
            if (!guard.Outcomes.Values.Contains("enter")) Add(guard.Line, "nobody can enter: one outcome of the guard must lead to 'enter'");
        }
        foreach (var step in dialog.Steps.Values)
        {
            if (Reserved.Contains(step.Name)) Add(step.Line, $"a step cannot be called '{step.Name}': the word has a meaning of its own");
            foreach (var (target, line) in Targets(step)) CheckTarget(target, line, mayLeave: true);
            if (step is ActionStep action) CheckAction(action);
            if (step is RunStep run && !content.Dialogs.ContainsKey(run.Dialog)) Add(run.Line, $"there is no dialog '{run.Dialog}' to run");
            if (step is AskStep ask) CheckAsk(ask);
            if (RouteOf(step) is { } route) CheckConditions(route);
        }
        CheckReachable();
        CheckCircles();
    }

    private static IEnumerable<(string Target, long Line)> Targets(Step step)
    {
        if (step is ActionStep action) return action.Outcomes.Values.Select(target => (target, action.Line));
        var routed = RouteOf(step)!.Branches.Select(branch => (branch.Target, branch.Line));
        return step is AskStep ask ? AskTargets(ask, routed) : routed;
    }

    /// <summary>A question whose options all go their own way never takes its route.</summary>
    private static IEnumerable<(string, long)> AskTargets(AskStep ask, IEnumerable<(string, long)> routed)
    {
        var own = ask.Options.Where(option => option.Target is not null).Select(option => (option.Target!, option.Line)).ToList();
        return own.Count > 0 && own.Count == ask.Options.Count && ask is { From: null, List: null } ? own : own.Concat(routed);
    }

    private static Route? RouteOf(Step step) => step switch { SayStep say => say.Next, RunStep run => run.Next, AskStep ask => ask.Next, _ => null };

    private void CheckTarget(string target, long line, bool mayLeave)
    {
        if (dialog.Steps.ContainsKey(target) || (mayLeave && target is "end" or "cancel")) return;
        if (!mayLeave || !target.StartsWith("start ", StringComparison.Ordinal))
        {
            Add(line, $"there is no step '{target}' (a target is a step{(mayLeave ? ", end, cancel, start <dialog> or start <dialog>/<entry>" : " of this dialog")})");
            return;
        }
        var words = target[6..].Split('/');
        if (!content.Dialogs.TryGetValue(words[0], out var next)) Add(line, $"there is no dialog '{words[0]}' to start");
        else if (words.Length > 1 && !next.Entries.ContainsKey(words[1])) Add(line, $"the dialog '{words[0]}' has no entry '{words[1]}'");
    }

    private void CheckAction(ActionStep step)
    {
        foreach (var target in step == dialog.Guard ? step.Outcomes.Values.Where(target => target != "enter" && !IsRun(target)) : []) CheckTarget(target, step.Line, mayLeave: true);
        if (step.Action.Length == 0) return;
        if (actions.Find(step.Action) is not { } action)
        {
            Add(step.Line, $"there is no action '{step.Action}' (known: {string.Join(", ", actions.All.Select(known => known.Name).Order(StringComparer.Ordinal))})");
            return;
        }
        foreach (var outcome in action.Outcomes.Except(step.Outcomes.Keys)) Add(step.Line, $"the outcome '{outcome}' of '{action.Name}' leads nowhere: add it under 'on'");
        foreach (var outcome in step.Outcomes.Keys.Except(action.Outcomes)) Add(step.Line, $"'{action.Name}' has no outcome '{outcome}' (it has: {string.Join(", ", action.Outcomes)})");
    }

    private static bool IsRun(string target) => target.StartsWith("run ", StringComparison.Ordinal);

    private void CheckAsk(AskStep ask)
    {
        foreach (var list in new[] { ask.List, ask.Scale }.OfType<string>().Where(list => !content.Lists.ContainsKey(list)))
            Add(ask.Line, $"there is no list '{list}' (known: {string.Join(", ", content.Lists.Keys)})");
        if (NeedOptions.Contains(ask.Prompt) && ask.List is null && ask.From is null && ask.Options.Count == 0)
            Add(ask.Line, $"there is nothing to choose in '{ask.Name}': add options, list or from");
        if (ask.Prompt is "place" or "ratings" && ask.List is null) Add(ask.Line, $"'{ask.Prompt}' needs a list");
        if (ask.Prompt == "ratings" && ask.Scale is null) Add(ask.Line, "'ratings' needs a scale: the list of its levels");
        if (ask.Prompt == "lookup" && ask.Lookup is null) Add(ask.Line, "'lookup' needs the name of the action that looks up: lookup: <action>");
        if (ask.Lookup is { } lookup && actions.Find(lookup) is null) Add(ask.Line, $"there is no action '{lookup}' to look up with");
        if (ask.Format is { } format && format is not ("contact" or "url")) Add(ask.Line, $"'{format}' is not a format (known: contact, url)");
        if (ask is { Past: true, Prompt: not "date" }) Add(ask.Line, "'past' is said of a date only");
        if (ask.Min > ask.Max) Add(ask.Line, $"'min' ({ask.Min}) is greater than 'max' ({ask.Max})");
        foreach (var twice in ask.Options.GroupBy(option => option.Key).Where(group => group.Count() > 1)) Add(twice.Last().Line, $"the option '{twice.Key}' stands twice");
        foreach (var option in ask.Options.Where(option => TokenFrame + Encoding.UTF8.GetByteCount(option.Key) > ButtonToken.MaxBytes))
            Add(option.Line, $"the option '{option.Key}' is too long for a button's key ({ButtonToken.MaxBytes - TokenFrame} Latin letters at most)");
        if (ask.List is null || !content.Lists.TryGetValue(ask.List, out var items)) return;
        foreach (var attribute in ask.Where.Keys.Where(attribute => !items.Items.Any(item => item.Attributes.ContainsKey(attribute))))
            Add(ask.Line, $"no entry of the list '{ask.List}' has the attribute '{attribute}'");
    }

    /// <summary>A condition on an answer that a question of this dialog gives must name something that can be answered.</summary>
    private void CheckConditions(Route route)
    {
        foreach (var branch in route.Branches)
        {
            foreach (var (answer, wanted) in branch.When)
            {
                if (PossibleAnswers(answer) is not { } possible) continue;
                foreach (var value in wanted.Where(value => value != "none" && !possible.Contains(value)))
                    Add(branch.Line, $"'{answer}' is never '{value}' (it can be: {string.Join(", ", possible.Take(12))}, none)");
            }
        }
    }

    private HashSet<string>? PossibleAnswers(string answer)
    {
        var asks = dialog.Steps.Values.OfType<AskStep>().Where(ask => ask.Saves == answer).ToList();
        if (asks.Count == 0 || asks.Any(ask => ask.From is not null || ask.Prompt is not ("choice" or "choices" or "confirm" or "place"))) return null;
        var possible = new HashSet<string>();
        foreach (var ask in asks)
        {
            if (ask.Prompt == "confirm") possible.UnionWith(["yes", "no"]);
            possible.UnionWith(ask.Options.Select(option => option.Key));
            if (ask.List is { } list && content.Lists.TryGetValue(list, out var items)) possible.UnionWith(items.Items.Select(item => item.Key));
        }
        return possible;
    }

    private void CheckReachable()
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>([dialog.Start, .. dialog.Links.Values, .. dialog.Entries.Values, .. dialog.Guard?.Outcomes.Values ?? []]);
        while (open.TryPop(out var name))
        {
            if (!dialog.Steps.TryGetValue(name, out var step) || !reached.Add(name)) continue;
            foreach (var (target, _) in Targets(step)) open.Push(target);
        }
        foreach (var step in dialog.Steps.Values.Where(step => !reached.Contains(step.Name))) Add(step.Line, $"nothing leads to the step '{step.Name}'");
    }

    /// <summary>A circle of steps that ask nothing would never let go of the conversation.</summary>
    private void CheckCircles()
    {
        var settled = new HashSet<string>();
        foreach (var step in dialog.Steps.Values)
        {
            if (Circle(step.Name, [], settled) is not { } circle) continue;
            Add(dialog.Steps[circle[0]].Line, $"the dialog goes round in circles without a question: {string.Join(" → ", circle)} → {circle[0]}");
            return;
        }
    }

    private List<string>? Circle(string name, List<string> path, HashSet<string> settled)
    {
        if (path.IndexOf(name) is >= 0 and var start) return path[start..];
        if (!dialog.Steps.TryGetValue(name, out var step) || step is AskStep or RunStep || !settled.Add(name)) return null;
        path.Add(name);
        var circle = Targets(step).Select(next => Circle(next.Target, path, settled)).FirstOrDefault(found => found is not null);
        path.RemoveAt(path.Count - 1);
        return circle;
    }

    private void Add(long line, string sentence) => faults.Add(new ContentFault(dialog.File, line, sentence));
}
