using System.CommandLine;
using CrossBorderNetwork.Conversations;

namespace CrossBorderNetwork.Server.Commands;

/// <summary><c>dialogs check</c> names every fault of the content; <c>dialogs preview FILE</c> writes all of it as one page.</summary>
internal static class DialogsCommand
{
    public static Command Create()
    {
        var check = new Command("check", "Names every fault in dialogs/ with file and line.");
        check.SetAction((_, _) => CheckAsync());
        var file = new Argument<FileInfo>("file") { Description = "The HTML file to write.", DefaultValueFactory = _ => new FileInfo("dialogs-preview.html") };
        var preview = new Command("preview", "Writes one HTML page with every step of every dialog in every language.") { file };
        preview.SetAction(parsed => Preview(parsed.GetValue(file)!));
        return new Command("dialogs", "Checks and shows the content of dialogs/.") { check, preview };
    }

    private static async Task<int> CheckAsync()
    {
        await using var network = Surroundings.Read().BuildNetwork();
        var content = network.GetRequiredService<DialogContent>();
        var faults = ContentCheck.Run(content, network.GetRequiredService<ActionSet>());
        foreach (var fault in faults) Console.Error.WriteLine("dialogs/" + fault);
        Console.WriteLine(faults.Count == 0 ? $"{content.Dialogs.Count} dialogs are sound." : $"{faults.Count} faults.");
        return faults.Count == 0 ? 0 : 1;
    }

    private static int Preview(FileInfo file)
    {
        File.WriteAllText(file.FullName, DialogPreview.Render(Load()));
        Console.WriteLine($"Open {file.FullName} in a browser.");
        return 0;
    }

    private static DialogContent Load() => DialogContent.Load(ContentRoot.Dialogs(ContentRoot.Find()));
}
