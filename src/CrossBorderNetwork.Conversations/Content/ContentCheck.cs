using System.Text.RegularExpressions;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// Finds what would go wrong in a conversation before anybody holds it, and says it to the person who edits the files. What an
/// action leaves in the answers is not known here, so a misspelt placeholder shows only in the examples.
/// </summary>
public static partial class ContentCheck
{
    internal const int LongestLabel = 40;

    private static readonly string[] Audiences = ["everyone", "members", "coordinators"];

    /// <returns>All faults, those of reading included, in the order of files and lines; empty when the content is sound.</returns>
    public static IReadOnlyList<ContentFault> Run(DialogContent content, ActionSet actions)
    {
        var faults = new List<ContentFault>(content.ReadFaults);
        foreach (var dialog in content.Dialogs.Values)
        {
            CheckEntrances(dialog, faults);
            if (dialog.Examples.Count == 0) faults.Add(new ContentFault(dialog.File, 0, "there is no example: add a conversation as examples/<name>.txt, which then runs as a test"));
            new StepCheck(content, actions, dialog, faults).Run();
        }
        foreach (var texts in content.Texts.Values) new TextCheck(content, texts, faults).Run();
        CheckUnique(content, faults);
        CheckLists(content, faults);
        return [.. faults.OrderBy(fault => fault.File, StringComparer.Ordinal).ThenBy(fault => fault.Line)];
    }

    private static void CheckEntrances(Dialog dialog, List<ContentFault> faults)
    {
        foreach (var command in dialog.Commands.Where(command => !CommandName().IsMatch(command)))
            Add("commands", $"'/{command}' cannot be a command: use 1 to 32 small Latin letters, digits and _");
        if (dialog.Menu is { } menu)
        {
            if (!Audiences.Contains(menu)) Add("menu", $"'{menu}' is nobody to show the command to (known: {string.Join(", ", Audiences)})");
            if (dialog.Commands.Count == 0) Add("menu", "the menu shows commands, and there is no command here: add 'commands: [...]'");
        }
        foreach (var link in dialog.Links.Keys.Where(link => !LinkName().IsMatch(link)))
            Add("links." + link, $"'{link}' cannot begin a link: use 1 to 20 small Latin letters and digits, without a dash");
        foreach (var (message, rows) in dialog.Messages)
        {
            foreach (var entry in rows.SelectMany(row => row).Where(entry => !dialog.Entries.ContainsKey(entry)))
                Add("messages." + message, $"the button '{entry}' of the message '{message}' leads nowhere: name it under 'entries'");
        }
        foreach (var entry in dialog.Entries.Keys.Where(entry => ButtonToken.Entry(dialog.Name, entry, "").Length + DialogContent.LongestId > ButtonToken.MaxBytes))
            Add("entries." + entry, $"the names '{dialog.Name}' and '{entry}' together are too long for a button: shorten one of them");

        void Add(string place, string sentence) => faults.Add(new ContentFault(dialog.File, dialog.Lines.GetValueOrDefault(place), sentence));
    }

    /// <summary>What must exist once among all dialogs.</summary>
    private static void CheckUnique(DialogContent content, List<ContentFault> faults)
    {
        var commands = new Dictionary<string, Dialog>();
        var links = new Dictionary<string, Dialog>();
        foreach (var dialog in content.Dialogs.Values)
        {
            foreach (var command in dialog.Commands)
            {
                if (command == DialogBot.CancelCommand) Add(dialog, "commands", "'/cancel' is understood everywhere already and cannot start a dialog");
                else if (!commands.TryAdd(command, dialog)) Add(dialog, "commands", $"the command '/{command}' starts the dialog '{commands[command].Name}' already");
            }
            foreach (var link in dialog.Links.Keys)
            {
                if (!links.TryAdd(link, dialog)) Add(dialog, "links." + link, $"the link '{link}' leads to the dialog '{links[link].Name}' already");
            }
        }
        if (content.Dialogs.Count > 0 && !commands.ContainsKey(DialogBot.StartCommand))
            faults.Add(new ContentFault("dialogs", 0, "no dialog has the command 'start', with which every conversation begins"));

        void Add(Dialog dialog, string place, string sentence) => faults.Add(new ContentFault(dialog.File, dialog.Lines.GetValueOrDefault(place), sentence));
    }

    private static void CheckLists(DialogContent content, List<ContentFault> faults)
    {
        foreach (var list in content.Lists.Values)
        {
            foreach (var (item, language) in list.Items.SelectMany(item => Languages.All.Select(language => (item, language))).Where(pair => pair.item.Label(pair.language).Length > LongestLabel))
                faults.Add(new ContentFault($"lists/{list.Name}.yaml", item.Line, $"the label of '{item.Key}' in '{language}' has {item.Label(language).Length} characters, and a button holds {LongestLabel}"));
        }
    }

    [GeneratedRegex("^[a-z0-9_]{1,32}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommandName();

    [GeneratedRegex("^[a-z0-9]{1,20}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkName();
}
