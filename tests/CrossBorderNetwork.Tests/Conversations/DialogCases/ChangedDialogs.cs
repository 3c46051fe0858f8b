using CrossBorderNetwork.TestKit;

namespace CrossBorderNetwork.Tests.Conversations.DialogCases;

/// <summary>A copy of the test dialogs as a later deployment brings them.</summary>
internal sealed class ChangedDialogs : IDisposable
{
    public ChangedDialogs() => TestFolders.Copy(TestDialogs.Folder, Folder);

    public string Folder { get; } = TestFolders.Create();

    public void Change(string file, string old, string @new)
    {
        var path = Path.Combine(Folder, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(old);
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    public void RemoveText(string dialog, string step)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(Folder, dialog), "texts.*"))
        {
            var lines = File.ReadAllLines(path).ToList();
            var first = lines.IndexOf(step + ":");
            var next = lines.FindIndex(first + 1, line => !line.StartsWith(' '));
            lines.RemoveRange(first, next - first);
            File.WriteAllLines(path, lines);
        }
    }

    public void Delete(string dialog) => Directory.Delete(Path.Combine(Folder, dialog), recursive: true);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
