using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>Checks the sentences of one folder: that each stands in every language, says the same, and is said by somebody.</summary>
internal sealed class TextCheck(DialogContent content, TextSet texts, List<ContentFault> faults)
{
    private const int LongestCommand = 256;

    private readonly Dialog? _dialog = content.Dialogs.GetValueOrDefault(texts.Name);

    public void Run()
    {
        var needed = Needed();
        foreach (var language in Languages.All)
        {
            var entries = texts.ByLanguage[language];
            // A file that is missing or unreadable is reported as such, once.
            if (entries.Count == 0) continue;
            var all = texts.ByLanguage.Values.SelectMany(other => other.Keys).Distinct();
            foreach (var key in all.Where(key => !IsForeign(key)).Union(needed.Keys).Where(key => !entries.ContainsKey(key)))
                faults.Add(new ContentFault($"{texts.Name}/texts.{language}.yaml", 0, $"the text '{key}' is missing{(needed.TryGetValue(key, out var why) ? $" ({why})" : "")}"));
            foreach (var (key, entry) in entries)
            {
                CheckUse(key, entry, needed);
                CheckParts(language, key, entry);
                CheckPlaceholders(language, key, entry);
                CheckLength(key, entry);
            }
        }
    }

    /// <summary>Texts that must exist, with what says them.</summary>
    private Dictionary<string, string> Needed()
    {
        if (texts.Name == EngineTexts.Set) return EngineTexts.Keys.ToDictionary(key => key, _ => "the program says it");
        var needed = new Dictionary<string, string>();
        if (_dialog is null) return needed;
        if (_dialog.Menu is not null) needed["command"] = "the line of the command in the menu";
        foreach (var step in _dialog.Steps.Values)
        {
            if (step is SayStep) needed[step.Name] = $"dialog.yaml, line {step.Line}, says it";
            if (step is not AskStep ask) continue;
            needed[ask.Name + ".ask"] = $"dialog.yaml, line {step.Line}, asks it";
            foreach (var option in ask.Options) needed[$"{ask.Name}.options.{option.Key}"] = $"the label of an option, dialog.yaml, line {option.Line}";
        }
        foreach (var (name, rows) in _dialog.Messages)
        {
            var line = _dialog.Lines.GetValueOrDefault("messages." + name);
            needed[$"messages.{name}.text"] = $"dialog.yaml, line {line}, says it";
            foreach (var entry in rows.SelectMany(row => row)) needed[$"messages.{name}.buttons.{entry}"] = $"the label of a button, dialog.yaml, line {line}";
        }
        return needed;
    }

    private void CheckUse(string key, TextEntry entry, Dictionary<string, string> needed)
    {
        if (entry.Source.Trim().Length == 0) Add(entry, $"the text '{key}' is empty");
        // Folders without a dialog hold what the program says.
        if (_dialog is null || needed.ContainsKey(key) || IsOptional(key)) return;
        if (_dialog.AlsoSays.Any(said => key == said || key.StartsWith(said + ".", StringComparison.Ordinal))) return;
        Add(entry, $"nothing says '{key}': remove it, or name it under 'also-says' in dialog.yaml if the program says it");
    }

    /// <summary>Names in capitals are those of another program, which has words of its own where one is missing.</summary>
    private static bool IsForeign(string key) => key.Any(char.IsAsciiLetterUpper);

    private bool IsOptional(string key) => _dialog!.Steps.Values.OfType<AskStep>().Any(ask =>
        key == ask.Name + ".retry" || (ask.Prompt == "confirm" && (key == ask.Name + ".options.yes" || key == ask.Name + ".options.no")));

    private void CheckParts(string language, string key, TextEntry entry) => Template.Visit(entry.Template.Parts, part =>
    {
        switch (part)
        {
            case Part.Choice { IsPlural: true } plural:
                var categories = Plural.Categories[language];
                var missing = categories.Except(plural.Cases.Keys).ToList();
                if (missing.Count > 0) Add(entry, $"'{key}': the plural of {{{plural.Name}}} lacks {string.Join(", ", missing)} ('{language}' needs {string.Join(", ", categories)})");
                foreach (var extra in plural.Cases.Keys.Where(name => !categories.Contains(name) && !name.StartsWith('=')))
                    Add(entry, $"'{key}': '{extra}' is no plural in '{language}' (it has {string.Join(", ", categories)})");
                break;
            case Part.Value { Format: { } format, Argument: { } zone } value when !Template.Formats[format]:
                if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) Add(entry, $"'{key}': {{{value.Name}}} is shown in the time zone '{zone}', which does not exist (as in Europe/Vilnius)");
                break;
            case Part.Value { Argument: { } argument } value:
                CheckLists(language, key, entry, value, argument.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                break;
        }
    });

    private void CheckLists(string language, string key, TextEntry entry, Part.Value value, string[] names)
    {
        foreach (var name in names.Where(name => !content.Lists.ContainsKey(name)))
            Add(entry, $"'{key}': {{{value.Name}}} takes its words from the list '{name}', which does not exist");
        if (value.Format == "ratings" && names.Length != 2) Add(entry, $"'{key}': 'ratings' needs two lists: {{{value.Name}, ratings, languages levels}}");
        if (value.Format == "adverbs" && content.Lists.GetValueOrDefault(names[0]) is { } list && list.Items.Any(item => !item.Attributes.ContainsKey("adverb_" + language)))
            Add(entry, $"'{key}': not every entry of the list '{list.Name}' has the attribute 'adverb_{language}'");
    }

    private void CheckPlaceholders(string language, string key, TextEntry entry)
    {
        if (language == "en" || !texts.ByLanguage["en"].TryGetValue(key, out var english)) return;
        // What could not be read is reported as such.
        if (entry.Template.IsEmpty || english.Template.IsEmpty) return;
        var (here, there) = (entry.Template.ValueNames(), english.Template.ValueNames());
        foreach (var name in here.Except(there)) Add(entry, $"'{key}' uses {{{name}}}, which the English text does not");
        foreach (var name in there.Except(here)) Add(entry, $"'{key}' leaves out {{{name}}}, which the English text uses");
    }

    private void CheckLength(string key, TextEntry entry)
    {
        var isLabel = key.Contains(".options.", StringComparison.Ordinal) || key.Contains("buttons.", StringComparison.Ordinal);
        var limit = isLabel ? ContentCheck.LongestLabel : key == "command" ? LongestCommand : int.MaxValue;
        var length = Length(entry.Template.Parts);
        if (length > limit) Add(entry, $"'{key}' has {length} characters, and {(isLabel ? "a button" : "a line of the menu")} holds {limit}");
    }

    /// <summary>Length of what is written in the file itself, with the longest case of each choice.</summary>
    private static int Length(IReadOnlyList<Part> parts) => parts.Sum(part => part switch
    {
        Part.Literal literal => literal.Text.Length,
        Part.Choice choice => choice.Cases.Values.Max(Length),
        Part.Link link => Length(link.Label),
        _ => 0,
    });

    private void Add(TextEntry entry, string sentence) => faults.Add(new ContentFault(entry.File, entry.Line, sentence));
}
