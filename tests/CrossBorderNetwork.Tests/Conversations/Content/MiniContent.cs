using CrossBorderNetwork.Conversations;
using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.Content;

/// <summary>A sound dialog in a folder of its own, to be made faulty in one place.</summary>
internal sealed class MiniContent : IDisposable
{
    private const string Dialog =
        """
        commands: [start, mini]
        menu: everyone
        links: { mini: pick }
        entries: { again: pick }
        messages:
          hello: { buttons: [[again]] }
        guard: { do: test.guard, on: { ok: enter, no: end } }
        also-says: [part]
        steps:
          pick:
            ask: choice
            options: [a, { b: deed }]
            next:
              - { when: { pick: a }, to: deed }
              - end
          deed:
            do: test.deed
            on: { done: told, failed: end }
          told:
            say: true
            next: many
          many:
            ask: choices
            list: colours
            where: { kind: pick }
            next: end
        """;

    private const string Texts =
        """
        command: Begin
        pick:
          ask: Which one?
          options: { a: The first, b: The second }
        told: "{n, plural, one {# day} other {# days}} of {many, labels, colours}"
        many:
          ask: Which colours?
        part:
          one: Said by the program
        messages:
          hello:
            text: Hello {name}
            buttons: { again: Once more }
        """;

    private const string Colours =
        """
        items:
          - { key: red, en: Red, lt: Raudona, pl: Czerwony, attributes: { kind: a } }
          - { key: blue, en: Blue, lt: Mėlyna, pl: Niebieski, attributes: { kind: b } }
        """;

    private readonly string _root = TestFolders.Create();

    public MiniContent()
    {
        TestFolders.Copy(Path.Combine(TestFolders.Dialogs, "common"), Path.Combine(_root, "common"));
        Write("mini/dialog.yaml", Dialog);
        Write("mini/texts.en.yaml", Texts);
        var slavic = Texts.Replace("one {# day} other", "one {# day} few {# days} many {# days} other", StringComparison.Ordinal);
        Write("mini/texts.lt.yaml", slavic);
        Write("mini/texts.pl.yaml", slavic);
        Write("mini/examples/one.txt", "> /start");
        Write("lists/colours.yaml", Colours);
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Delete(string file) => File.Delete(Path.Combine(_root, file));

    public void Change(string file, string old, string @new)
    {
        var text = File.ReadAllText(Path.Combine(_root, file));
        text.ShouldContain(old);
        Write(file, text.Replace(old, @new, StringComparison.Ordinal));
    }

    public DialogContent Load() => DialogContent.Load(_root);

    public IReadOnlyList<ContentFault> Check() => ContentCheck.Run(Load(), new ActionSet([new TestAction("test.guard", "ok", "no"), new TestAction("test.deed", "done", "failed")]));

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
