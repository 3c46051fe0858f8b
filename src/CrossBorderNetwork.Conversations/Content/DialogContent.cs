using System.Text.Json.Nodes;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>
/// All content of the <c>dialogs/</c> folder, read once at start: dialogs, texts in every language, controlled lists.
/// </summary>
public sealed class DialogContent
{
    /// <summary>Longest id of what a button of a message is about.</summary>
    internal const int LongestId = 24;

    private DialogContent(
        IReadOnlyDictionary<string, Dialog> dialogs, IReadOnlyDictionary<string, TextSet> texts, IReadOnlyDictionary<string, ControlledList> lists, List<ContentFault> faults)
    {
        Dialogs = dialogs;
        Texts = texts;
        Lists = lists;
        ReadFaults = faults;
        ByCommand = dialogs.Values.SelectMany(dialog => dialog.Commands.Select(command => (command, dialog)))
            .DistinctBy(pair => pair.command).ToDictionary(pair => pair.command, pair => pair.dialog);
        ByLink = dialogs.Values.SelectMany(dialog => dialog.Links.Select(link => (link.Key, (dialog, link.Value))))
            .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Item2);
    }

    public IReadOnlyDictionary<string, Dialog> Dialogs { get; }

    public IReadOnlyDictionary<string, TextSet> Texts { get; }

    public IReadOnlyDictionary<string, ControlledList> Lists { get; }

    /// <summary>Faults met while reading; <see cref="ContentCheck"/> adds those of meaning.</summary>
    public IReadOnlyList<ContentFault> ReadFaults { get; }

    internal IReadOnlyDictionary<string, Dialog> ByCommand { get; }

    internal IReadOnlyDictionary<string, (Dialog Dialog, string Step)> ByLink { get; }

    /// <param name="root">The <c>dialogs/</c> folder. Folders without a dialog.yaml hold texts only; <c>lists</c> holds the lists.</param>
    public static DialogContent Load(string root)
    {
        var faults = new List<ContentFault>();
        var dialogs = new Dictionary<string, Dialog>();
        var texts = new Dictionary<string, TextSet>();
        foreach (var folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (name == "lists") continue;
            texts[name] = TextSet.Read(folder, root, faults);
            if (File.Exists(Path.Combine(folder, "dialog.yaml")) && DialogReader.Read(folder, root, faults) is { } dialog) dialogs[name] = dialog;
        }
        var lists = ListReader.ReadAll(Path.Combine(root, "lists"), root, faults).ToDictionary(list => list.Name);
        return new DialogContent(dialogs, texts, lists, faults);
    }

    /// <summary>Renders one sentence.</summary>
    /// <param name="set">Folder of <c>dialogs/</c>.</param>
    /// <param name="key">Key in its text files, nested keys joined by dots.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="values">What the sentence's placeholders stand for; instants as ISO 8601 in UTC, shown in <c>values["zone"]</c>.</param>
    public RichText Text(string set, string key, string language, JsonObject values) =>
        TextRenderer.Render(Texts[set].Get(language, key).Template, language, values, Lists);

    /// <summary>The label of a list entry, or the key itself where the entry is gone.</summary>
    public string Label(string list, string key, string language) => Lists[list].Find(key)?.Label(language) ?? key;

    /// <summary>
    /// Composes a proactive message: text <c>messages.&lt;name&gt;.text</c> and its buttons, each of which enters the dialog again.
    /// </summary>
    /// <param name="dialog">The dialog that owns the message.</param>
    /// <param name="name">Name under <c>messages</c> in its dialog.yaml.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="values">Values of the text.</param>
    /// <param name="id">What the buttons are about; comes back as the answer <c>id</c>. At most 24 characters.</param>
    public Message Compose(string dialog, string name, string language, JsonObject values, string id = "") => new()
    {
        Text = Text(dialog, $"messages.{name}.text", language, values),
        Buttons = [.. Dialogs[dialog].Messages[name].Select(row => (IReadOnlyList<Button>)[.. row.Select(entry =>
            new Button(Text(dialog, $"messages.{name}.buttons.{entry}", language, values).ToString(), EntryToken(dialog, entry, id)))])],
    };

    /// <summary>The token of a button that enters a dialog, for messages that are put together from several slices.</summary>
    public static string EntryToken(string dialog, string entry, string id) => ButtonToken.Entry(dialog, entry, id);
}
