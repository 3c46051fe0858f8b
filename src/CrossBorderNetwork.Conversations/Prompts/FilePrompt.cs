using System.Text.Json;
using CrossBorderNetwork.Messaging;

namespace CrossBorderNetwork.Conversations;

/// <summary>A photo or a document, of the kinds that every reader can open, and small enough for every channel.</summary>
internal sealed class FilePrompt : Prompt
{
    public const string Name = "file";

    private const int LargestMegabytes = 5;
    private const int LongestName = 80;

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".txt", ".csv", ".ics",
    };

    public override PromptView Show(PromptContext context) =>
        context.Answers.File(context.Step.Saves) is { } earlier ? new PromptView(null, [[context.Button("✓ " + earlier.Name, "~keep")]]) : PromptView.Bare;

    public override ValueTask<PromptResult> TypeAsync(PromptContext context, string text) => ValueTask.FromResult(context.Retry());

    public override ValueTask<PromptResult> PressAsync(PromptContext context, string choice) => choice == "~keep" && context.Answers.File(context.Step.Saves) is { } earlier
        ? ValueTask.FromResult<PromptResult>(new PromptResult.Accepted(JsonSerializer.SerializeToNode(earlier)))
        : base.PressAsync(context, choice);

    /// <param name="context">The question.</param>
    /// <param name="received">What was sent instead of words.</param>
    /// <param name="keep">Keeps it.</param>
    public static PromptResult Take(PromptContext context, ReceivedMedia received, Func<ReceivedMedia, MediaRef> keep)
    {
        var name = NameOf(received);
        if (!Extensions.Contains(Path.GetExtension(name))) return context.Retry("file-kind");
        if (received.Size > LargestMegabytes * 1024 * 1024) return new PromptResult.Retry(context.Common("retry.file-size", ("max", LargestMegabytes)));
        return new PromptResult.Accepted(JsonSerializer.SerializeToNode(keep(received with { Name = name })));
    }

    /// <summary>Names of files are as hostile as any text: without paths and signs that cannot be seen.</summary>
    private static string NameOf(ReceivedMedia received)
    {
        var name = TextPrompt.Clean(received.Name.Split('/', '\\')[^1]).ReplaceLineEndings(" ");
        var extension = Path.GetExtension(name);
        return name.Length <= LongestName || extension.Length > LongestName ? name : name[..(LongestName - extension.Length)].TrimEnd() + extension;
    }
}
