using CrossBorderNetwork.TestKit.BotApi;

namespace CrossBorderNetwork.TestKit;

/// <summary>A person at their Telegram client. <paramref name="around"/> may let things happen before and after each deed.</summary>
public sealed class TelegramTalker(Words words, EmulatedUser user, Func<Action, Task>? around = null) : Talker(words)
{
    private readonly Func<Action, Task> _around = around ?? (deed =>
    {
        deed();
        return Task.CompletedTask;
    });

    private readonly List<(ScreenMessage Message, Button Button)> _seen = [];

    public EmulatedUser User => user;

    public override string Screen => user.Screen;

    public override Task Types(string text) => _around(() => user.Says(text));

    public override Task Presses(string label) => _around(() => user.Presses(label));

    public override Task PressesOld(string label) => _around(() =>
    {
        var (message, button) = _seen.First(shown => shown.Button.Text.Contains(label, StringComparison.Ordinal));
        user.PressesData(message, button.Data!);
    });

    public override Task SendsFile() => _around(() => user.Sends(Attachment.Document));

    public override async Task<string> Sees(string fragment)
    {
        Remember();
        var message = await user.SeesNew(fragment, Patience);
        Remember();
        return message.Text;
    }

    /// <summary>Keeps the buttons that are shown now: the next deed may take them away.</summary>
    private void Remember() => _seen.AddRange(
        from message in user.Messages
        from row in message.Buttons
        from button in row
        where button.Data is not null && _seen.TrueForAll(known => known.Button.Data != button.Data)
        select (message, button));
}
